#include "antler/ops/finite.h"

namespace antler::ops {
Value isfinite(const Value& x) { return apply(IsFinite{}, {detail::as_floating(x)}); }
Value isnan(const Value& x) { return apply(IsNan{}, {detail::as_floating(x)}); }

}  // namespace antler::ops
