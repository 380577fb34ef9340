#pragma once

#include <cstdint>
#include <vector>

#include "antler/graph/rewrite.h"

namespace antler::passes {

/// How often each value is read: by nodes and as a root.
class Readers {
 public:
  explicit Readers(const std::vector<Value>& roots);
  std::int64_t count(const Value& value) const;

 private:
  ValueTable<std::int64_t> counts_;
};

}  // namespace antler::passes
