#include "antler/layers/sizes_arg.h"

#include <algorithm>
#include <string>

#include "antler/core/error.h"

namespace antler {

SizesArg::SizesArg(int size) : sizes_{size}, is_single_(true) {}
SizesArg::SizesArg(std::int64_t size) : sizes_{size}, is_single_(true) {}
SizesArg::SizesArg(std::initializer_list<std::int64_t> sizes) : sizes_(sizes) {}
SizesArg::SizesArg(std::vector<std::int64_t> sizes) : sizes_(std::move(sizes)) {}

std::vector<std::int64_t> SizesArg::resolve(std::string_view argument, int rank,
                                            std::int64_t minimum) const {
  std::vector<std::int64_t> sizes = sizes_;
  if (is_single_) sizes.resize(static_cast<std::size_t>(rank), sizes_.front());
  const bool fits = static_cast<int>(sizes.size()) == rank;
  if (fits && std::all_of(sizes.begin(), sizes.end(), [&](auto s) { return s >= minimum; })) {
    return sizes;
  }
  const std::string each = "of at least " + std::to_string(minimum);
  throw ValueError("expected " + std::string(argument) + " to be an integer " + each +
                   (rank == 1 ? std::string() : " or " + std::to_string(rank) + " of them") +
                   ", got " + to_config(*this).to_string());
}

Config to_config(const SizesArg& sizes) {
  if (sizes.is_none()) return {};
  if (sizes.is_single()) return sizes.get().front();
  Config list = Config::list();
  for (const std::int64_t size : sizes.get()) list.push_back(size);
  return list;
}

void from_config(const Config& config, SizesArg& sizes) {
  if (config.is_null()) {
    sizes = SizesArg();
  } else if (!config.is_list()) {
    sizes = SizesArg(config.as_integer());
  } else {
    std::vector<std::int64_t> list;
    for (const Config& size : config.as_list()) list.push_back(size.as_integer());
    sizes = SizesArg(std::move(list));
  }
}

}  // namespace antler
