#include "antler/backends/cpu/normalization_kernels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/normalization.h"

namespace antler::cpu {
namespace {

constexpr std::int64_t kBlock = 1 << 14;   // elements a block, about
constexpr std::int64_t kRowWork = 4;       // passes over an element of a row
constexpr std::int64_t kShortSum = 256;    // floats added one after the other, at most
constexpr std::int64_t kFewColumns = 512;  // below it rows are joined until vectors are full
constexpr std::int64_t kLanes = 16;        // the widest vector's
constexpr std::int64_t kShortRow = 8;      // below it the ops are faster than a kernel by rows

struct Attributes {
  float epsilon;
  bool scale, center;
  explicit Attributes(const ops::Composite& composite)
      : epsilon(static_cast<float>(composite.attributes.at("epsilon").as_number())),
        scale(composite.attributes.at("scale").as_bool()),
        center(composite.attributes.at("center").as_bool()) {}
};

// Adds `count` arrays of n floats, one behind the other, in double and in order.
void add_up(const float* parts, std::int64_t count, std::int64_t n, float* sums) {
  for (std::int64_t j = 0; j < n; ++j) {
    double sum = 0;
    for (std::int64_t i = 0; i < count; ++i) sum += static_cast<double>(parts[i * n + j]);
    sums[j] = static_cast<float>(sum);
  }
}

// ---------------------------------------------------------------------------- rows

KernelPtr rows_kernel(const Attributes& attributes, const Shape& shape) {
  const std::int64_t rows = shape[0], n = shape[1];
  return make_kernel([=](const KernelArguments& arguments) {
    const float* gamma = attributes.scale ? arguments.input<float>(1) : nullptr;
    const float* beta =
        attributes.center ? arguments.input<float>(attributes.scale ? 2 : 1) : nullptr;
    for_blocks(rows, std::max<std::int64_t>(1, kBlock / n), n * kRowWork,
               [&](std::int64_t begin, std::int64_t end) {
                 normalize_rows(arguments.input<float>(0), gamma, beta, n, attributes.epsilon,
                                arguments.output<float>(0), begin, end);
               });
  });
}

// Each block of rows adds up its part of the weights' gradients; the parts are added in order.
KernelPtr rows_gradient_kernel(const Attributes& attributes, const Shape& shape) {
  const std::int64_t rows = shape[0], n = shape[1];
  const std::int64_t block = std::clamp<std::int64_t>(kBlock / n, 1, kShortSum);
  const std::int64_t blocks = (rows + block - 1) / block;
  const int sums = (attributes.scale ? 1 : 0) + (attributes.center ? 1 : 0);
  const auto scratch = static_cast<std::size_t>(sums * blocks * n) * sizeof(float);
  return make_kernel(
      [=](const KernelArguments& arguments) {
        const float* gamma = attributes.scale ? arguments.input<float>(1) : nullptr;
        const float* g = arguments.input<float>(attributes.scale ? 2 : 1);
        auto* parts = reinterpret_cast<float*>(arguments.scratch);
        float* gamma_parts = attributes.scale ? parts : nullptr;
        float* beta_parts = attributes.center ? parts + (sums - 1) * blocks * n : nullptr;
        const auto run = [&](std::int64_t i) {
          float* gamma_sum = gamma_parts ? gamma_parts + i * n : nullptr;
          float* beta_sum = beta_parts ? beta_parts + i * n : nullptr;
          if (gamma_sum) std::fill(gamma_sum, gamma_sum + n, 0.0F);
          if (beta_sum) std::fill(beta_sum, beta_sum + n, 0.0F);
          normalize_rows_gradient(arguments.input<float>(0), gamma, g, n, attributes.epsilon,
                                  arguments.output<float>(0), gamma_sum, beta_sum, i * block,
                                  std::min(rows, (i + 1) * block));
        };
        for_blocks(blocks, 1, block * n * kRowWork * 2, [&](std::int64_t begin, std::int64_t end) {
          for (std::int64_t i = begin; i < end; ++i) run(i);
        });
        if (gamma_parts) add_up(gamma_parts, blocks, n, arguments.output<float>(1));
        if (beta_parts) {
          add_up(beta_parts, blocks, n, arguments.output<float>(attributes.scale ? 2 : 1));
        }
      },
      {.scratch_bytes = scratch});
}

// ---------------------------------------------------------------------------- columns

// How x [rows, n] is cut: into joined rows of `width` columns, and into blocks of those.
struct Cut {
  std::int64_t rows, n, width, size, block, blocks;

  explicit Cut(const Shape& shape) : rows(shape[0]), n(shape[1]), width(n), size(rows * n) {
    if (n < kFewColumns && n % kLanes != 0) width = n * (kLanes / std::gcd(n, kLanes));
    while (width < 4 * kLanes) width *= 2;
    block = width * std::clamp<std::int64_t>(kBlock / width, 1, kShortSum);
    blocks = (size + block - 1) / block;
  }
  // f(index, begin, end) for each block.
  template <class F>
  void each(F&& f) const {
    for_blocks(blocks, 1, block * 2, [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t i = first; i < last; ++i) f(i, i * block, std::min(size, (i + 1) * block));
    });
  }
  // The sums by column of the sums by joined column of all blocks.
  double sum(const float* parts, std::int64_t column) const {
    double total = 0;
    for (std::int64_t i = 0; i < blocks; ++i) {
      for (std::int64_t j = column; j < width; j += n) {
        total += static_cast<double>(parts[i * width + j]);
      }
    }
    return total;
  }
  // Sets array[j], and its copies in the other joined rows.
  void set(float* array, std::int64_t column, float value) const {
    for (std::int64_t j = column; j < width; j += n) array[j] = value;
  }
};

KernelPtr columns_kernel(const Attributes& attributes, const Shape& shape) {
  const Cut cut(shape);
  const auto scratch = static_cast<std::size_t>(cut.width * (3 + cut.blocks)) * sizeof(float);
  return make_kernel(
      [=](const KernelArguments& arguments) {
        const float* x = arguments.input<float>(0);
        const float* gamma = attributes.scale ? arguments.input<float>(1) : nullptr;
        const float* beta =
            attributes.center ? arguments.input<float>(attributes.scale ? 2 : 1) : nullptr;
        float* y = arguments.output<float>(0);
        auto* mean = reinterpret_cast<float*>(arguments.scratch);
        float* scale = mean + cut.width;
        float* shift = scale + cut.width;
        float* parts = shift + cut.width;
        const auto count = static_cast<double>(cut.rows);
        const auto sums = [&](const float* center) {
          cut.each([&](std::int64_t i, std::int64_t begin, std::int64_t end) {
            column_sums(x, center, cut.width, parts + i * cut.width, begin, end);
          });
        };
        sums(nullptr);
        for (std::int64_t j = 0; j < cut.n; ++j) {
          const auto average = static_cast<float>(cut.sum(parts, j) / count);
          arguments.output<float>(1)[j] = average;
          cut.set(mean, j, average);
        }
        sums(mean);
        for (std::int64_t j = 0; j < cut.n; ++j) {
          const auto variance = static_cast<float>(cut.sum(parts, j) / count);
          arguments.output<float>(2)[j] = variance;
          const float inverse = 1 / std::sqrt(variance + attributes.epsilon);
          cut.set(scale, j, gamma ? inverse * gamma[j] : inverse);
          cut.set(shift, j, beta ? beta[j] : 0.0F);
        }
        cut.each([&](std::int64_t, std::int64_t begin, std::int64_t end) {
          scale_columns(x, mean, scale, shift, cut.width, y, begin, end);
        });
      },
      {.scratch_bytes = scratch});
}

KernelPtr columns_gradient_kernel(const Attributes& attributes, const Shape& shape) {
  const Cut cut(shape);
  const auto scratch = static_cast<std::size_t>(cut.width * (4 + 2 * cut.blocks)) * sizeof(float);
  return make_kernel(
      [=](const KernelArguments& arguments) {
        const float* x = arguments.input<float>(0);
        const float* variance = arguments.input<float>(2);
        const float* gamma = attributes.scale ? arguments.input<float>(3) : nullptr;
        const float* g = arguments.input<float>(attributes.scale ? 4 : 3);
        float* gamma_gradient = attributes.scale ? arguments.output<float>(1) : nullptr;
        float* beta_gradient =
            attributes.center ? arguments.output<float>(attributes.scale ? 2 : 1) : nullptr;
        auto* mean = reinterpret_cast<float*>(arguments.scratch);
        float* scale = mean + cut.width;
        float* slope = scale + cut.width;
        float* center = slope + cut.width;
        float* parts = center + cut.width;
        float* products = parts + cut.width * cut.blocks;
        for (std::int64_t j = 0; j < cut.n; ++j) cut.set(mean, j, arguments.input<float>(1)[j]);
        cut.each([&](std::int64_t i, std::int64_t begin, std::int64_t end) {
          column_products(x, g, mean, cut.width, parts + i * cut.width, products + i * cut.width,
                          begin, end);
        });
        const auto count = static_cast<double>(cut.rows);
        for (std::int64_t j = 0; j < cut.n; ++j) {
          const double inverse = 1 / std::sqrt(static_cast<double>(variance[j]) +
                                               static_cast<double>(attributes.epsilon));
          const double weight = gamma ? inverse * static_cast<double>(gamma[j]) : inverse;
          const double sum = cut.sum(parts, j);
          const double product = cut.sum(products, j);
          cut.set(scale, j, static_cast<float>(weight));
          cut.set(slope, j, static_cast<float>(-inverse * inverse * product / count));
          cut.set(center, j, static_cast<float>(sum / count));
          if (gamma_gradient) gamma_gradient[j] = static_cast<float>(product * inverse);
          if (beta_gradient) beta_gradient[j] = static_cast<float>(sum);
        }
        cut.each([&](std::int64_t, std::int64_t begin, std::int64_t end) {
          combine_columns(x, g, mean, scale, slope, center, cut.width, arguments.output<float>(0),
                          begin, end);
        });
      },
      {.scratch_bytes = scratch});
}

bool are_floats(const KernelSpecs& specs) {
  return std::all_of(specs.inputs.begin(), specs.inputs.end(),
                     [](const TensorSpec& spec) { return spec.dtype == DType::float32; });
}

}  // namespace

KernelPtr normalization_kernel(const ops::Composite& composite, const KernelSpecs& specs) {
  const std::string& name = composite.kernel;
  if (name.substr(0, 10) != "normalize_" || !are_floats(specs)) return nullptr;
  const Shape& shape = specs.inputs[0].shape;
  if (shape.size() == 0) return nullptr;
  const Attributes attributes(composite);
  const bool by_rows = name.rfind("normalize_rows", 0) == 0;
  if (by_rows && shape[1] < kShortRow) return nullptr;
  if (name == "normalize_rows") return rows_kernel(attributes, shape);
  if (name == "normalize_rows_gradient") return rows_gradient_kernel(attributes, shape);
  if (name == "normalize_columns") return columns_kernel(attributes, shape);
  if (name == "normalize_columns_gradient") return columns_gradient_kernel(attributes, shape);
  return nullptr;
}

}  // namespace antler::cpu
