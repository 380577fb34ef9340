#include "antler/backends/cpu/kernels/transpose.h"

#include <numeric>

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

class TransposeTest : public KernelTest {};

TEST_P(TransposeTest, MovesEachValueAndNothingElse) {
  constexpr int64_t kSizes[] = {1, 3, 4, 8, 17, 25, 64, 127};
  for (const int64_t rows : kSizes) {
    for (const int64_t columns : kSizes) {
      for (const int64_t gap : {0, 5}) {
        const int64_t x_stride = columns + gap;
        const int64_t y_stride = rows + gap;
        std::vector<float> x((rows - 1) * x_stride + columns);
        std::iota(x.begin(), x.end(), 1.0f);
        std::vector<float> y((columns - 1) * y_stride + rows, -1.0f);
        const int64_t cut = below(rows);
        transpose(x.data(), columns, x_stride, y.data(), y_stride, cut, rows);
        transpose(x.data(), columns, x_stride, y.data(), y_stride, 0, cut);
        for (int64_t i = 0; i < static_cast<int64_t>(y.size()); ++i) {
          const int64_t row = i % y_stride;
          ASSERT_EQ(y[i], row < rows ? x[row * x_stride + i / y_stride] : -1.0f);
        }
      }
    }
  }
}

ANTLER_ON_EVERY_TARGET(TransposeTest);

}  // namespace
}  // namespace antler::cpu
