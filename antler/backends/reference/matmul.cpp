#include "antler/ops/matmul.h"

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"

namespace antler {
namespace {

// Element (i, j) of a matrix that may be stored transposed lies at i * row + j * column.
struct MatrixView {
  std::int64_t rows, columns, row, column;
  MatrixView(const Shape& shape, bool transposed)
      : rows(shape.dim(transposed ? -1 : -2)),
        columns(shape.dim(transposed ? -2 : -1)),
        row(transposed ? 1 : shape.dim(-1)),
        column(transposed ? shape.dim(-1) : 1) {}
};

Shape batch_of(const Shape& shape) { return shape.subshape(0, shape.rank() - 2); }

}  // namespace

// Sums of float32 are carried in float64; integers wrap around, as unsigned ones.
template <>
KernelPtr reference_kernel(const ops::Matmul& op, const KernelSpecs& specs) {
  const MatrixView a(specs.inputs[0].shape, op.transpose_a);
  const MatrixView b(specs.inputs[1].shape, op.transpose_b);
  const Shape batch = batch_of(specs.outputs[0].shape);
  const reference::Broadcast a_plan(batch_of(specs.inputs[0].shape), batch);
  const reference::Broadcast b_plan(batch_of(specs.inputs[1].shape), batch);
  return visit_dtype(specs.outputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    using Total = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;
    return make_kernel(
        [a, b, a_plan, b_plan, batches = batch.size()](const KernelArguments& arguments) {
          T* y = arguments.output<T>(0);
          for (std::int64_t n = 0; n < batches; ++n) {
            const T* left = arguments.input<T>(0) + a_plan.position(n) * a.rows * a.columns;
            const T* right = arguments.input<T>(1) + b_plan.position(n) * b.rows * b.columns;
            for (std::int64_t i = 0; i < a.rows; ++i) {
              for (std::int64_t j = 0; j < b.columns; ++j) {
                Total total = 0;
                for (std::int64_t k = 0; k < a.columns; ++k) {
                  total += static_cast<Total>(left[i * a.row + k * a.column]) *
                           static_cast<Total>(right[k * b.row + j * b.column]);
                }
                *y++ = static_cast<T>(total);
              }
            }
          }
        });
  });
}

}  // namespace antler
