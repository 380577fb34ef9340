#include "antler/ops/random.h"
#include "antler/ops/reshape.h"
#include "antler/ops/slice.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

// A number follows from its position alone, not from how many are drawn or in which shape.
RC_GTEST_PROP(RandomProperty, FewNumbersAreTheFirstOfMany, ()) {
  const auto kind = *rc::gen::elementOf(
      std::vector<Random::Kind>{Random::Kind::uniform, Random::Kind::normal,
                                Random::Kind::truncated_normal, Random::Kind::bernoulli});
  const auto stream = static_cast<std::uint32_t>(any_number(0, 1000));
  const Value seed = Tensor(any_number(0, 1000));
  const Value step = Tensor(any_number(0, 1000));
  const DType dtype = any_float();
  const auto draw = [&](const Shape& shape) {
    return apply(Random{.kind = kind, .shape = shape, .dtype = dtype, .a = 0.5, .stream = stream},
                 {seed, step});
  };
  const Shape shape = any_shape(0, 3);
  const std::int64_t more = any_number(0, 40);
  require_near(reshape(draw(shape), {shape.size()}),
               slice_axis(draw({shape.size() + more}), 0, 0, shape.size()));
}

}  // namespace
}  // namespace antler::testing
