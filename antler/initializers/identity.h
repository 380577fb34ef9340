#pragma once

#include "antler/core/named_only.h"
#include "antler/initializers/initializer.h"

namespace antler::initializers {

struct IdentityOptions {
  NamedOnly named_only = NamedOnly();
  double gain = 1.0;
  static void visit(auto& self, auto&& field) { field("gain", self.gain); }
};

/// `gain` on the diagonal of a matrix (which need not be square), 0 elsewhere.
///
/// Errors  ShapeError unless the rank is 2.  Source  keras.initializers.Identity.
class Identity : public Initializer {
 public:
  Identity(const IdentityOptions& options = {});
};

}  // namespace antler::initializers
