#include "antler/backends/cpu/gradient_source.h"

#include <array>

namespace antler::cpu {
namespace {

constexpr std::int64_t kRowFloats = 4096;  // 16 KB: half of the L1 cache
constexpr std::int64_t kMostUnits = 4;
// Multiply-adds, which count two, and updates, some twenty each, that are worth another thread.
constexpr std::int64_t kUnitFlops = 2'000'000;

std::int64_t whole_lines(std::int64_t floats) { return (floats + 15) / 16 * 16; }

}  // namespace

GradientSource::GradientSource(const FusedMatmul& op, const TensorSpec& a, const TensorSpec& b) {
  const Shape c = op.infer(std::array{a, b}).shape;
  Product p{};
  p.shape = {c[0], c[1], a.shape[op.transpose_a ? 0 : 1]};
  p.flags = {.transpose_a = op.transpose_a, .transpose_b = op.transpose_b};
  p.lda = op.transpose_a ? p.shape.m : p.shape.k;
  p.ldb = op.transpose_b ? p.shape.k : p.shape.n;
  // Eight rows are whole vectors of elements.
  p.rows = std::max<std::int64_t>(8, kRowFloats / std::max<std::int64_t>(1, p.shape.n) / 8 * 8);
  p.units = std::clamp<std::int64_t>(c.size() * (2 * p.shape.k + 20) / kUnitFlops, 1, kMostUnits);
  const std::int64_t even = (p.shape.m + p.units - 1) / p.units;
  p.unit_rows = (even + 7) / 8 * 8;
  p.rows = std::min(p.rows, p.unit_rows);
  p.made = whole_lines(p.rows * p.shape.n);
  p.scratch = p.made + whole_lines(gemm_scratch_floats({p.rows, p.shape.n, p.shape.k}, p.flags));
  product_ = p;
}

std::size_t GradientSource::scratch_bytes() const {
  return product_ ? static_cast<std::size_t>(product_->units * product_->scratch) * sizeof(float)
                  : 0;
}

}  // namespace antler::cpu
