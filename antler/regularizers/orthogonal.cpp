#include "antler/regularizers/orthogonal.h"

#include <cmath>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/creation.h"
#include "antler/ops/extrema.h"
#include "antler/ops/matmul.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"

namespace antler::regularizers {
namespace {

constexpr double kLongestInverse = 1e7;  // of a norm: Keras' epsilon

class Orthogonality final : public RegularizerBase {
 public:
  explicit Orthogonality(const OrthogonalRegularizerOptions& options) : options_(options) {
    if (!(options.factor >= 0) || std::isinf(options.factor)) {
      throw ValueError("OrthogonalRegularizer: expected factor >= 0, got " +
                       Config(options.factor).to_string());
    }
    if (options.mode != "rows" && options.mode != "columns") {
      throw ValueError("OrthogonalRegularizer: expected mode \"rows\" or \"columns\", got \"" +
                       options.mode + "\"");
    }
  }

  std::string_view class_name() const override { return "OrthogonalRegularizer"; }
  Config get_config() const override { return options_to_config(options_); }

  Value call(const Value& x) const override {
    if (x.rank() != 2) {
      throw ShapeError("OrthogonalRegularizer: expected a matrix, got " + x.shape().to_string());
    }
    const auto number = [&](double v) { return ops::detail::number_like(x, v); };
    const Value rows = options_.mode == "rows" ? x : ops::transpose(x);
    const std::int64_t count = rows.shape().dim(0);
    if (count < 2) {
      throw ShapeError("OrthogonalRegularizer: expected at least two " + options_.mode + ", got " +
                       x.shape().to_string());
    }
    const Value inverse = ops::rsqrt(ops::sum(rows * rows, {.axis = {1}, .keepdims = true}));
    const Value directions = rows * ops::minimum(inverse, number(kLongestInverse));
    const Value cosines = ops::matmul(directions, ops::transpose(directions));
    const Value others = number(1) - ops::eye(count, {.dtype = x.dtype()});
    const double pairs = static_cast<double>(count) * (static_cast<double>(count) - 1) / 2;
    return number(options_.factor) * number(0.5) * ops::sum(ops::abs(cosines * others)) /
           number(pairs);
  }

 private:
  OrthogonalRegularizerOptions options_;
};

}  // namespace

OrthogonalRegularizer::OrthogonalRegularizer(const OrthogonalRegularizerOptions& options)
    : Regularizer(std::make_shared<Orthogonality>(options)) {}

}  // namespace antler::regularizers
