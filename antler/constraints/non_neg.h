#pragma once

#include "antler/constraints/constraint.h"

namespace antler::constraints {

/// max(w, 0).  Source  keras.constraints.NonNeg.
class NonNeg : public Constraint {
 public:
  NonNeg();
};

}  // namespace antler::constraints
