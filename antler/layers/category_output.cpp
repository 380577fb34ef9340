#include "antler/layers/category_output.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/core/visit_dtype.h"

namespace antler {
namespace {

constexpr std::pair<std::string_view, OutputMode> kModes[] = {{"int", OutputMode::integer},
                                                              {"one_hot", OutputMode::one_hot},
                                                              {"multi_hot", OutputMode::multi_hot},
                                                              {"count", OutputMode::count},
                                                              {"tf_idf", OutputMode::tf_idf}};

// For each axis of the samples' output: where a category goes.
struct SampleRows {
  explicit SampleRows(const Shape& shape) {
    if (shape.rank() < 2) return;
    length = shape[1];
    for (int axis = 2; axis < shape.rank(); ++axis) inner *= shape[axis];
  }
  std::int64_t row_of(std::int64_t position) const {
    if (length < 0) return 0;
    return position / (length * inner) * inner + position % inner;
  }
  std::int64_t length = -1;  // of the sample axis, when there is an axis before it
  std::int64_t inner = 1;
};

template <class T>
void encode_into(std::span<T> out, std::span<const std::int64_t> categories, const Shape& shape,
                 OutputMode mode, std::int64_t depth) {
  const bool is_sample = mode != OutputMode::one_hot;
  const bool adds = mode == OutputMode::count || mode == OutputMode::tf_idf;
  const SampleRows samples(shape);
  for (std::size_t i = 0; i < categories.size(); ++i) {
    if (categories[i] < 0 || categories[i] >= depth) continue;
    const auto position = static_cast<std::int64_t>(i);
    const std::int64_t row = is_sample ? samples.row_of(position) : position;
    T& element = out[static_cast<std::size_t>(row * depth + categories[i])];
    element = adds ? static_cast<T>(element + T{1}) : T{1};
  }
}

}  // namespace

OutputMode output_mode_from_name(std::string_view name, std::initializer_list<OutputMode> allowed) {
  const std::string_view wanted = name == "binary"   ? "multi_hot"
                                  : name == "tf-idf" ? "tf_idf"
                                                     : name;
  std::vector<std::string_view> names;
  for (const auto& [known, mode] : kModes) {
    if (std::find(allowed.begin(), allowed.end(), mode) == allowed.end()) continue;
    if (known == wanted) return mode;
    names.push_back(known);
  }
  throw ValueError(unknown_name("output_mode", name, names));
}

std::string_view name(OutputMode mode) { return kModes[static_cast<std::size_t>(mode)].first; }

Shape encoded_shape(const Shape& categories, OutputMode mode, std::int64_t depth) {
  if (mode == OutputMode::integer) return categories;
  const int rank = categories.rank();
  Shape shape;
  for (int axis = 0; axis < rank; ++axis) {
    const bool is_one = rank > 1 && axis == rank - 1 && categories[axis] == 1;
    const bool is_sample = rank == 1 || axis == 1;
    if (mode == OutputMode::one_hot ? is_one : is_sample) continue;
    shape = shape.inserted(shape.rank(), categories[axis]);
  }
  if (mode == OutputMode::one_hot && rank == 0) shape = Shape{1};
  return shape.inserted(shape.rank(), depth);
}

Tensor encode_categories(std::span<const std::int64_t> categories, const Shape& shape,
                         OutputMode mode, std::int64_t depth, DType dtype,
                         std::span<const float> weights) {
  if (mode == OutputMode::integer) {
    const std::vector<std::int64_t> values(categories.begin(), categories.end());
    return Tensor::from(values, shape).astype(dtype);
  }
  Tensor out(mode == OutputMode::tf_idf ? DType::float32 : dtype,
             encoded_shape(shape, mode, depth));
  visit_dtype(out.dtype(), [&](auto zero) {
    using T = decltype(zero);
    encode_into(out.mutable_data<T>(), categories, shape, mode, depth);
  });
  if (mode == OutputMode::tf_idf) {
    const std::span<float> elements = out.mutable_data<float>();
    for (std::size_t i = 0; i < elements.size(); ++i) elements[i] *= weights[i % weights.size()];
  }
  return out;
}

}  // namespace antler
