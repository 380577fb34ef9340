#include "antler/core/dtype.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {
namespace {

constexpr std::array<std::string_view, 7> kNames = {"float32", "float64", "int32", "int64",
                                                    "uint8",   "bool",    "string"};
constexpr std::array<std::int64_t, 7> kSizes = {4, 8, 4, 8, 1, 1, sizeof(std::string)};

// Order of promotion among types of one kind.
int rank_of(DType dtype) {
  switch (dtype) {
    case DType::boolean:
      return 0;
    case DType::uint8:
      return 1;
    case DType::int32:
      return 2;
    case DType::int64:
      return 3;
    case DType::float32:
      return 4;
    case DType::float64:
      return 5;
    case DType::string:
      break;
  }
  refuse_strings();
}

}  // namespace

std::string_view name(DType dtype) { return kNames[static_cast<std::size_t>(dtype)]; }

DType dtype_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<DType>(i);
  }
  throw ValueError(unknown_name("dtype", name, {kNames.begin(), kNames.end()}));
}

std::int64_t item_size(DType dtype) { return kSizes[static_cast<std::size_t>(dtype)]; }

void refuse_strings() {
  throw TypeError(
      "expected numbers, got strings, which stay outside of computations; put a StringLookup, "
      "TextVectorization or Hashing in front");
}

DType promote(DType a, DType b) { return rank_of(a) >= rank_of(b) ? a : b; }

}  // namespace antler
