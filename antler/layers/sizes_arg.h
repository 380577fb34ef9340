#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/core/config.h"

namespace antler {

/// An argument that Keras takes as an integer or a tuple, a size for each spatial axis
/// (kernel_size, strides, pool_size, dilation_rate, size): 3 for all axes, {3, 2} for each, {} for
/// Python's None.
class SizesArg {
 public:
  SizesArg() = default;
  SizesArg(int size);
  SizesArg(std::int64_t size);
  SizesArg(std::initializer_list<std::int64_t> sizes);
  SizesArg(std::vector<std::int64_t> sizes);

  const std::vector<std::int64_t>& get() const { return sizes_; }
  bool is_none() const { return sizes_.empty(); }
  bool is_single() const { return is_single_; }
  /// One size for each of `rank` axes. Errors: ValueError, opened by `argument`, for another number
  /// of sizes or one below `minimum`.
  std::vector<std::int64_t> resolve(std::string_view argument, int rank,
                                    std::int64_t minimum = 1) const;
  bool operator==(const SizesArg&) const = default;

 private:
  std::vector<std::int64_t> sizes_;
  bool is_single_ = false;
};

/// An integer, a list, or null.
Config to_config(const SizesArg& sizes);
void from_config(const Config& config, SizesArg& sizes);

}  // namespace antler
