#include "antler/regularizers/l1_l2.h"

#include <cmath>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/operands.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sum.h"

namespace antler::regularizers {
namespace {

template <class Options>
class Penalty final : public RegularizerBase {
 public:
  Penalty(std::string_view class_name, const Options& options)
      : class_name_(class_name), options_(options) {
    Options::visit(options, [&](std::string_view key, double factor) {
      if (!(factor >= 0) || std::isinf(factor)) {
        throw ValueError(std::string(class_name) + ": expected " + std::string(key) +
                         " >= 0, got " + Config(factor).to_string());
      }
      (key == "l1" ? l1_ : l2_) = factor;
    });
  }

  std::string_view class_name() const override { return class_name_; }
  Config get_config() const override { return options_to_config(options_); }
  Value call(const Value& x) const override {
    const auto term = [&](double factor, const Value& sizes) {
      return ops::detail::number_like(x, factor) * ops::sum(sizes);
    };
    if (l1_ != 0 && l2_ != 0) return term(l1_, ops::abs(x)) + term(l2_, x * x);
    if (l1_ != 0) return term(l1_, ops::abs(x));
    if (l2_ != 0) return term(l2_, x * x);
    return ops::detail::number_like(x, 0.0);
  }

 private:
  std::string_view class_name_;
  Options options_;
  double l1_ = 0;
  double l2_ = 0;
};

template <class Options>
std::shared_ptr<const RegularizerBase> penalty(std::string_view class_name,
                                               const Options& options) {
  return std::make_shared<Penalty<Options>>(class_name, options);
}

}  // namespace

L1::L1(double l1) : L1(L1Options{.l1 = l1}) {}
L1::L1(const L1Options& options) : Regularizer(penalty("L1", options)) {}

L2::L2(double l2) : L2(L2Options{.l2 = l2}) {}
L2::L2(const L2Options& options) : Regularizer(penalty("L2", options)) {}

L1L2::L1L2(const L1L2Options& options) : Regularizer(penalty("L1L2", options)) {}

}  // namespace antler::regularizers
