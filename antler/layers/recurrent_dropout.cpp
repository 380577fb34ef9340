#include "antler/layers/recurrent_dropout.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/matmul.h"
#include "antler/ops/operands.h"
#include "antler/ops/slice.h"
#include "antler/ops/where.h"

namespace antler {

Value recurrent_dropout_mask(const Value& x, double rate, std::optional<std::int64_t> seed,
                             CallContext& context) {
  using ops::detail::number_like;
  const Value drawn = context.random_uniform(x.shape(), seed);
  // At rate 1 nothing is kept, and the scale must not be infinite.
  return ops::where(drawn >= number_like(drawn, rate),
                    number_like(x, rate < 1 ? 1 / (1 - rate) : 0), number_like(x, 0));
}

Value product_with_dropout(const Value& x, const Value& kernel, int parts, double rate,
                           std::optional<std::int64_t> seed, CallContext& context) {
  std::vector<Value> products;
  for (const Value& part : ops::split(kernel, parts, 1)) {
    products.push_back(ops::matmul(x * recurrent_dropout_mask(x, rate, seed, context), part));
  }
  return ops::concatenate(products);
}

}  // namespace antler
