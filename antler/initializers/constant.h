#pragma once

#include "antler/core/named_only.h"
#include "antler/initializers/initializer.h"

namespace antler::initializers {

/// All zeros.  Source  keras.initializers.Zeros.
class Zeros : public Initializer {
 public:
  Zeros();
};

/// All ones.  Source  keras.initializers.Ones.
class Ones : public Initializer {
 public:
  Ones();
};

struct ConstantOptions {
  NamedOnly named_only = NamedOnly();
  double value = 0.0;
  static void visit(auto& self, auto&& field) { field("value", self.value); }
};

/// The same number everywhere.  Source  keras.initializers.Constant.
class Constant : public Initializer {
 public:
  Constant(double value);
  Constant(const ConstantOptions& options = {});
};

}  // namespace antler::initializers
