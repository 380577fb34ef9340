// What must hold for products, exactly: the factors are whole numbers.
#include <string>

#include "antler/ops/arithmetic.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/einsum.h"
#include "antler/ops/matmul.h"
#include "antler/ops/reshape.h"
#include "antler/ops/tensordot.h"
#include "antler/ops/transpose.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

Shape followed_by(const Shape& shape, std::int64_t rows, std::int64_t columns) {
  return shape.inserted(shape.rank(), rows).inserted(shape.rank() + 1, columns);
}

DType any_factor() {
  return any_type({DType::float32, DType::float64, DType::int32, DType::int64});
}

RC_GTEST_PROP(MatmulProperty, IsLinearInBothFactors, ()) {
  const DType dtype = any_factor();
  const Shape batch = any_shape(0, 2);
  const std::int64_t m = any_number(0, 5), n = any_number(0, 5), k = any_number(0, 5);
  const Value a = any_whole(followed_by(batch, m, k), dtype);
  const Value b = any_whole(followed_by(batch, m, k), dtype);
  const Value c = any_whole(followed_by(batch, k, n), dtype);
  const Value d = any_whole(followed_by(batch, k, n), dtype);
  const std::int64_t s = any_number(-5, 5);
  require_near(matmul(a * s + b, c), matmul(a, c) * s + matmul(b, c));
  require_near(matmul(a, c - d * s), matmul(a, c) - matmul(a, d) * s);
}

RC_GTEST_PROP(MatmulProperty, TurnsOverWithItsFactors, ()) {
  const DType dtype = any_factor();
  const std::int64_t m = any_number(0, 20), n = any_number(0, 20), k = any_number(0, 20);
  const Value a = any_whole({m, k}, dtype);
  const Value b = any_whole({k, n}, dtype);
  require_near(transpose(matmul(a, b)), matmul(transpose(b), transpose(a)));
}

RC_GTEST_PROP(MatmulProperty, IsAssociative, ()) {
  const DType dtype = any_factor();
  const std::int64_t m = any_number(1, 6), n = any_number(1, 6), k = any_number(1, 6);
  const Value a = any_whole({m, k}, dtype);
  const Value b = any_whole({k, n}, dtype);
  const Value c = any_whole({n, m}, dtype);
  require_near(matmul(matmul(a, b), c), matmul(a, matmul(b, c)));
}

RC_GTEST_PROP(MatmulProperty, OfABatchIsThatOfEachMember, ()) {
  const DType dtype = any_factor();
  const std::int64_t count = any_number(1, 3);
  const std::int64_t m = any_number(1, 5), n = any_number(1, 5), k = any_number(0, 5);
  const Tensor a = any_whole({count, m, k}, dtype);
  const Tensor b = any_whole({count, k, n}, dtype);
  std::vector<Value> members;
  for (std::int64_t i = 0; i < count; ++i) members.push_back(matmul(a[i], b[i]));
  require_near(matmul(a, b), stack(members));
  require_near(matmul(a, b[0]), matmul(a, stack(std::vector<Value>(members.size(), b[0]))));
}

RC_GTEST_PROP(MatmulProperty, HasItsAdjoints, ()) {
  const DType dtype = any_float();
  const std::int64_t m = any_number(0, 6), n = any_number(0, 6), k = any_number(0, 6);
  const Tensor a = any_whole(followed_by(any_shape(0, 1), m, k), dtype);
  const Tensor b = any_whole({k, n}, dtype);
  require_adjoint([&](const Value& v) { return matmul(v, b); }, a);
  require_adjoint([&](const Value& v) { return matmul(a, v); }, b);
}

// Letters a to d with sizes 1 to 3; the sum by its definition.
class Einstein {
 public:
  Einstein() {
    for (std::int64_t& size : sizes_) size = any_number(1, 3);
    left_ = any_letters("abcd");
    right_ = any_letters("abcd");
    std::string known;
    for (const char c : std::string("abcd")) {
      if ((left_ + right_).find(c) != std::string::npos) known += c;
    }
    output_ = any_letters(known);
  }

  std::string equation() const { return left_ + "," + right_ + "->" + output_; }
  Shape left() const { return shape_of(left_); }
  Shape right() const { return shape_of(right_); }

  Tensor sum(const Tensor& x, const Tensor& y) const {
    Tensor out(DType::float64, shape_of(output_));
    const auto elements = out.mutable_data<double>();
    std::int64_t index[4];
    for (index[0] = 0; index[0] < sizes_[0]; ++index[0]) {
      for (index[1] = 0; index[1] < sizes_[1]; ++index[1]) {
        for (index[2] = 0; index[2] < sizes_[2]; ++index[2]) {
          for (index[3] = 0; index[3] < sizes_[3]; ++index[3]) {
            if (counts_twice(index)) continue;
            elements[static_cast<std::size_t>(position(output_, index))] +=
                x.item(position(left_, index)) * y.item(position(right_, index));
          }
        }
      }
    }
    return out;
  }

 private:
  static std::string any_letters(const std::string& from) {
    std::string letters;
    for (const int i : any_permutation(static_cast<int>(from.size()))) {
      if (any_number(0, 2) > 0) letters += from[static_cast<std::size_t>(i)];
    }
    return letters;
  }
  Shape shape_of(const std::string& letters) const {
    std::vector<std::int64_t> sizes;
    for (const char c : letters) sizes.push_back(sizes_[c - 'a']);
    return Shape(sizes);
  }
  std::int64_t position(const std::string& letters, const std::int64_t* index) const {
    std::int64_t at = 0;
    for (const char c : letters) at = at * sizes_[c - 'a'] + index[c - 'a'];
    return at;
  }
  // A letter that neither operand has is no index at all.
  bool counts_twice(const std::int64_t* index) const {
    for (const char c : std::string("abcd")) {
      if ((left_ + right_).find(c) == std::string::npos && index[c - 'a'] > 0) return true;
    }
    return false;
  }

  std::int64_t sizes_[4];
  std::string left_, right_, output_;
};

RC_GTEST_PROP(EinsumProperty, IsTheSumByItsDefinition, ()) {
  const Einstein einstein;
  const std::string equation = einstein.equation();
  RC_LOG() << equation << std::endl;
  const DType dtype = any_factor();
  const Tensor x = any_whole(einstein.left(), dtype);
  const Tensor y = any_whole(einstein.right(), dtype);
  require_near(einsum(equation, {x, y}), einstein.sum(x, y).astype(dtype));
}

RC_GTEST_PROP(EinsumProperty, HasItsAdjoints, ()) {
  const Einstein einstein;
  const std::string equation = einstein.equation();
  RC_LOG() << equation << std::endl;
  const DType dtype = any_float();
  const Tensor x = any_whole(einstein.left(), dtype);
  const Tensor y = any_whole(einstein.right(), dtype);
  require_adjoint([&](const Value& v) { return einsum(equation, {v, y}); }, x);
  require_adjoint([&](const Value& v) { return einsum(equation, {x, v}); }, y);
}

RC_GTEST_PROP(EinsumProperty, MakesProductsAndTranspositions, ()) {
  const DType dtype = any_factor();
  const Shape batch = any_shape(0, 2);
  const std::int64_t m = any_number(1, 4), n = any_number(1, 4), k = any_number(1, 4);
  const Value a = any_whole(followed_by(batch, m, k), dtype);
  const Value b = any_whole(followed_by(batch, k, n), dtype);
  require_near(einsum("...ij,...jk->...ik", {a, b}), matmul(a, b));
  require_near(einsum("...ij->...ji", {a}), swapaxes(a, -1, -2));
}

RC_GTEST_PROP(TensordotProperty, IsTheSumOverTheNamedAxes, ()) {
  const DType dtype = any_factor();
  const Value a = any_whole({2, 3, 4}, dtype);
  const Value b = any_whole({4, 3, 5}, dtype);
  require_near(tensordot(a, b, {1, 2}, {1, 0}), einsum("ijk,kjl->il", {a, b}));
  require_near(outer(a, b), einsum("i,j->ij", {reshape(a, {24}), reshape(b, {60})}));
}

}  // namespace
}  // namespace antler::testing
