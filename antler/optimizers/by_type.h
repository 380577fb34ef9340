#pragma once

#include <utility>

#include "antler/core/dtype.h"
#include "antler/core/flat_map.h"
#include "antler/graph/value.h"

namespace antler {

/// A value that is made once for each element type it is asked for: a scalar that all variables of
/// a step share.
template <class Make>
class ByType {
 public:
  explicit ByType(Make make) : make_(std::move(make)) {}
  const Value& operator()(DType type) {
    Value& value = values_[type];
    if (!value) value = make_(type);
    return value;
  }

 private:
  Make make_;
  FlatMap<DType, Value> values_;
};

}  // namespace antler
