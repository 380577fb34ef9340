#include "antler/constraints/non_neg.h"

#include "antler/ops/extrema.h"

namespace antler::constraints {
namespace {

class NonNegConstraint final : public ConstraintBase {
 public:
  std::string_view class_name() const override { return "NonNeg"; }
  Config get_config() const override { return Config::map(); }
  Value call(const Value& x) const override { return ops::maximum(x, 0); }
};

}  // namespace

NonNeg::NonNeg() : Constraint(std::make_shared<NonNegConstraint>()) {}

}  // namespace antler::constraints
