#include "antler/ops/comparison.h"

namespace antler::ops {
namespace {

template <class Op>
Value compare(const Value& a, const Value& b) {
  auto [x, y] = detail::promote_operands(a, b);
  return apply(Op{}, {x, y});
}

}  // namespace

Value equal(const Value& a, const Value& b) { return compare<Equal>(a, b); }
Value not_equal(const Value& a, const Value& b) { return compare<NotEqual>(a, b); }
Value less(const Value& a, const Value& b) { return compare<Less>(a, b); }
Value less_equal(const Value& a, const Value& b) { return compare<LessEqual>(a, b); }
Value greater(const Value& a, const Value& b) { return compare<Greater>(a, b); }
Value greater_equal(const Value& a, const Value& b) { return compare<GreaterEqual>(a, b); }

}  // namespace antler::ops
