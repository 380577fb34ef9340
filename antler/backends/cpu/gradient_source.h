#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "antler/backends/cpu/kernels/gemm.h"
#include "antler/backends/fused_ops.h"
#include "antler/backends/kernel.h"
#include "antler/core/thread_pool.h"

namespace antler::cpu {

/// Where an optimizer's update finds the gradient of its weight: in a tensor, the kernel's first
/// input, or in the rows of a product, whose matrices are its first two. How the elements are cut
/// follows from shapes.
class GradientSource {
 public:
  explicit GradientSource(const TensorSpec& gradient) : size_(gradient.shape.size()) {}
  GradientSource(const FusedMatmul& op, const TensorSpec& a, const TensorSpec& b);

  int inputs() const { return product_ ? 2 : 1; }
  std::size_t scratch_bytes() const;

  /// Calls f(gradient, first element, elements) for each part of the weight, some of them at once;
  /// `gradient` begins at the part.
  template <class F>
  void for_each_part(const KernelArguments& arguments, const F& f) const {
    if (product_) {
      share(product_->units, [&](std::int64_t unit) { product_->run(arguments, unit, f); });
      return;
    }
    const auto* gradient = arguments.input<float>(0);
    const std::int64_t parts = size_ < 2 * kPart ? 1 : (size_ + kPart - 1) / kPart;
    share(parts, [&](std::int64_t part) {
      const std::int64_t begin = part * kPart;
      f(gradient + begin, begin, parts == 1 ? size_ : std::min(kPart, size_ - begin));
    });
  }

 private:
  static constexpr std::int64_t kPart = 16384;  // elements of one thread's turn

  struct Product {
    GemmShape shape;
    GemmFlags flags;
    std::int64_t lda, ldb;
    std::int64_t rows;              // made at once: they stay in the L1 cache
    std::int64_t units, unit_rows;  // a unit may run beside others
    std::int64_t made, scratch;     // floats of the rows made, and with what gemm needs, a unit

    template <class F>
    void run(const KernelArguments& arguments, std::int64_t unit, const F& f) const {
      float* gradient = reinterpret_cast<float*>(arguments.scratch) + unit * scratch;
      const std::int64_t end = std::min(shape.m, (unit + 1) * unit_rows);
      for (std::int64_t row = unit * unit_rows; row < end; row += rows) {
        const GemmShape part{std::min(rows, end - row), shape.n, shape.k};
        gemm(part, flags, arguments.input<float>(0) + row * (flags.transpose_a ? 1 : lda), lda,
             arguments.input<float>(1), ldb, gradient, shape.n, {}, gradient + made, 0, part.m);
        f(gradient, row * shape.n, part.m * shape.n);
      }
    }
  };

  template <class F>
  static void share(std::int64_t count, const F& f) {
    if (count == 1) {
      f(std::int64_t{0});
    } else {
      parallel_for(count, f);
    }
  }

  std::int64_t size_ = 0;
  std::optional<Product> product_;
};

}  // namespace antler::cpu
