#pragma once

#include <string>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/graph/updates.h"

namespace antler {

/// What the body of an update is made from; the weight, states[0], has its decay taken off.
struct UpdateInputs {
  Value gradient;
  std::vector<Value> states;
  std::vector<Value> scalars;
};

/// The update of one variable as a Composite, which a backend may run as one kernel:
///
///   inputs      gradient, states..., scalars..., and decay if there is one
///   outputs     the states' new values
///   attributes  the optimizer's constants, and "weight_decay": whether the last input is decay
///
/// The kernel's own formula starts with w -= w decay.
struct UpdateComposite {
  using Body = Callable<std::vector<Value>(const UpdateInputs&)>;

  Value gradient;
  std::vector<Variable> states;  // the weight, then its slots
  std::vector<Value> scalars;    // of the weight's type
  Value decay;                   // may be empty

  /// Applies it and assigns the new values.
  void apply(std::string kernel, Config attributes, Body body, Updates& updates) const;
};

}  // namespace antler
