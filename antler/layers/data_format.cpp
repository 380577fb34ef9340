#include "antler/layers/data_format.h"

#include <algorithm>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

constexpr std::string_view kFirst = "channels_first";

}  // namespace

std::string checked_choice(std::string_view argument, std::string_view value,
                           std::initializer_list<std::string_view> known) {
  std::string lower(value);
  for (char& c : lower) c = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (std::find(known.begin(), known.end(), lower) == known.end()) {
    throw ValueError(unknown_name(argument, value, std::vector<std::string_view>(known)));
  }
  return lower;
}

std::string checked_data_format(const std::optional<std::string>& data_format) {
  return checked_choice("data_format", data_format.value_or("channels_last"),
                        {"channels_last", kFirst});
}

Value to_channels_last(const Value& x, std::string_view data_format) {
  return data_format == kFirst && x.rank() > 2 ? ops::moveaxis(x, 1, -1) : x;
}

Value from_channels_last(const Value& x, std::string_view data_format) {
  return data_format == kFirst && x.rank() > 2 ? ops::moveaxis(x, -1, 1) : x;
}

Shape to_channels_last(const Shape& shape, std::string_view data_format) {
  if (data_format != kFirst || shape.rank() <= 2) return shape;
  return shape.erased(1).inserted(shape.rank() - 1, shape[1]);
}

}  // namespace antler
