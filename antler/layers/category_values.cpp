#include "antler/layers/category_values.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/max_min.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/sum.h"

namespace antler {

Value encode_categories(const Value& x, OutputMode mode, std::int64_t depth, DType dtype,
                        const Value& weights) {
  if (mode == OutputMode::integer) return x;
  const Value numbers = x.rank() == 0 ? ops::expand_dims(x, 0) : x;
  if (mode == OutputMode::one_hot) {
    const bool is_column = numbers.rank() > 1 && numbers.shape()[-1] == 1;
    return ops::one_hot(is_column ? ops::squeeze(numbers, -1) : numbers, depth, {.dtype = dtype});
  }
  const Value hot = ops::one_hot(numbers, depth, {.dtype = dtype});
  const int axis = numbers.rank() > 1 ? 1 : 0;  // of an example's categories
  if (mode == OutputMode::multi_hot) return ops::max(hot, {.axis = axis});
  return ops::sum(weights ? hot * ops::expand_dims(weights, -1) : hot, {.axis = axis});
}

}  // namespace antler
