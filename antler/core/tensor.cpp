#include "antler/core/tensor.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include "antler/core/convert_element.h"
#include "antler/core/error.h"
#include "antler/core/visit_dtype.h"

namespace antler {
namespace {

constexpr std::size_t kAlignment = 64;

template <class T>
void fill(Tensor& tensor, T value) {
  for (T& element : tensor.mutable_data<T>()) element = value;
}

// `count` empty strings, which end with their buffer.
std::shared_ptr<std::byte[]> allocate_strings(std::size_t count) {
  const std::shared_ptr<std::byte[]> storage = allocate_aligned(count * sizeof(std::string), false);
  auto* strings = reinterpret_cast<std::string*>(storage.get());
  std::uninitialized_value_construct_n(strings, count);
  return {storage.get(), [storage, strings, count](std::byte*) { std::destroy_n(strings, count); }};
}

}  // namespace

Tensor Tensor::strings(const std::vector<std::string>& values) { return from(values); }

std::shared_ptr<std::byte[]> allocate_aligned(std::size_t bytes, bool zeroed) {
  const std::size_t rounded = std::max((bytes + kAlignment - 1) / kAlignment, std::size_t{1});
  auto* p =
      static_cast<std::byte*>(::operator new[](rounded* kAlignment, std::align_val_t{kAlignment}));
  if (zeroed) std::memset(p, 0, rounded * kAlignment);
  return {p, [](std::byte* q) { ::operator delete[](q, std::align_val_t{kAlignment}); }};
}

// All empty tensors share one buffer, so that a default Tensor allocates nothing.
Tensor::Tensor() {
  static const std::shared_ptr<std::byte[]> empty = allocate_aligned(0, true);
  buffer_ = empty;
}

Tensor::Tensor(DType dtype, const Shape& shape) : Tensor(uninitialized(dtype, shape)) {
  if (dtype == DType::string) return;
  std::memset(buffer_.get(), 0, static_cast<std::size_t>(byte_size()));
}

Tensor::Tensor(std::initializer_list<Number> values)
    : Tensor(uninitialized(DType::float32, {static_cast<std::int64_t>(values.size())})) {
  float* out = mutable_data<float>().data();
  for (const Number& v : values) *out++ = v.value;
}

Tensor::Tensor(std::initializer_list<std::initializer_list<double>> rows)
    : Tensor(
          uninitialized(DType::float32,
                        {static_cast<std::int64_t>(rows.size()),
                         rows.size() == 0 ? 0 : static_cast<std::int64_t>(rows.begin()->size())})) {
  float* out = mutable_data<float>().data();
  for (const auto& row : rows) {
    if (static_cast<std::int64_t>(row.size()) != shape_.back()) {
      throw ShapeError("Tensor: expected rows of one length, got " + std::to_string(row.size()) +
                       " after " + std::to_string(shape_.back()));
    }
    for (const double v : row) *out++ = static_cast<float>(v);
  }
}

Tensor::Tensor(std::initializer_list<std::initializer_list<std::initializer_list<double>>> planes) {
  std::vector<float> values;
  Shape plane_shape;
  for (const auto& plane : planes) {
    const Tensor matrix(plane);
    if (&plane != planes.begin() && matrix.shape() != plane_shape) {
      throw ShapeError("Tensor: expected planes of one shape, got " + matrix.shape().to_string() +
                       " after " + plane_shape.to_string());
    }
    plane_shape = matrix.shape();
    const auto elements = matrix.data<float>();
    values.insert(values.end(), elements.begin(), elements.end());
  }
  *this = from(values, plane_shape.with_batch(static_cast<std::int64_t>(planes.size())));
}

Tensor Tensor::zeros(const Shape& shape, DType dtype) { return Tensor(dtype, shape); }

Tensor Tensor::ones(const Shape& shape, DType dtype) { return full(shape, 1.0, dtype); }

Tensor Tensor::full(const Shape& shape, double value, DType dtype) {
  Tensor out = uninitialized(dtype, shape);
  visit_dtype(dtype, [&](auto zero) { fill(out, convert_element<decltype(zero)>(value)); });
  return out;
}

Tensor Tensor::uninitialized(DType dtype, const Shape& shape) {
  Tensor out;
  out.dtype_ = dtype;
  out.shape_ = shape;
  out.size_ = shape.size();
  if (out.size_ > INT64_MAX / item_size(dtype)) {
    throw ShapeError("Tensor: " + shape.to_string() + " does not fit the address space");
  }
  if (out.size_ > 0) {
    out.buffer_ = dtype == DType::string
                      ? allocate_strings(static_cast<std::size_t>(out.size_))
                      : allocate_aligned(static_cast<std::size_t>(out.byte_size()), false);
  }
  return out;
}

void Tensor::require_dtype(DType wanted) const {
  if (wanted == dtype_) return;
  throw TypeError("Tensor: expected elements of type " + std::string(name(wanted)) + ", got " +
                  std::string(name(dtype_)) + "; convert with astype()");
}

void Tensor::require_position(std::int64_t position) const {
  if (position >= 0 && position < size_) return;
  throw ShapeError("Tensor: expected a position in [0, " + std::to_string(size_) + "), got " +
                   std::to_string(position));
}

std::byte* Tensor::mutable_raw() {
  if (size_ > 0 && buffer_.use_count() > 1) *this = clone();
  return buffer_.get() + offset_;
}

Tensor Tensor::operator[](std::int64_t i) const {
  if (rank() == 0) throw ShapeError("Tensor: a scalar has no axis to index");
  if (i < 0 || i >= length()) {
    throw ShapeError("Tensor: expected an index in [0, " + std::to_string(length()) + "), got " +
                     std::to_string(i));
  }
  Tensor out = slice(i, i + 1);
  out.shape_ = shape_.erased(0);
  return out;
}

Tensor Tensor::slice(std::int64_t begin, std::int64_t end) const {
  if (rank() == 0) throw ShapeError("Tensor: a scalar has no axis to slice");
  if (begin < 0 || end < begin || end > length()) {
    throw ShapeError("Tensor: expected 0 <= begin <= end <= " + std::to_string(length()) +
                     ", got [" + std::to_string(begin) + ", " + std::to_string(end) + ")");
  }
  Tensor out = *this;
  out.shape_.set(0, end - begin);
  out.size_ = out.shape_.size();
  const std::int64_t row = length() == 0 ? 0 : size_ / length();
  out.offset_ += static_cast<std::size_t>(begin * row * item_size(dtype_));
  return out;
}

Tensor Tensor::reshape(const Shape& shape) const {
  Shape target = shape;
  int unknown = -1;
  std::int64_t known = 1;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (shape.dim(axis) != None) {
      known *= shape.dim(axis);
    } else if (unknown >= 0) {
      throw ShapeError("Tensor: expected at most one None in " + shape.to_string());
    } else {
      unknown = axis;
    }
  }
  if (unknown >= 0 && known > 0) target.set(unknown, size_ / known);
  if (!target.is_known() || target.size() != size_) {
    throw ShapeError("Tensor: expected a shape of " + std::to_string(size_) + " elements, got " +
                     shape.to_string() + " for " + shape_.to_string());
  }
  Tensor out = *this;
  out.shape_ = target;
  return out;
}

Tensor Tensor::astype(DType dtype) const {
  if (dtype == dtype_) return *this;
  Tensor out = uninitialized(dtype, shape_);
  visit_dtype(dtype_, [&](auto from_zero) {
    using From = decltype(from_zero);
    visit_dtype(dtype, [&](auto to_zero) {
      using To = decltype(to_zero);
      const auto in = data<From>();
      const auto to = out.mutable_data<To>();
      for (std::size_t i = 0; i < in.size(); ++i) to[i] = convert_element<To>(in[i]);
    });
  });
  return out;
}

Tensor Tensor::clone() const {
  if (dtype_ == DType::string) {
    const auto elements = data<std::string>();
    return from(std::vector<std::string>(elements.begin(), elements.end()), shape_);
  }
  Tensor out = uninitialized(dtype_, shape_);
  if (size_ > 0) std::memcpy(out.buffer_.get(), raw(), static_cast<std::size_t>(byte_size()));
  return out;
}

bool identical(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype() || a.shape() != b.shape()) return false;
  if (a.dtype() == DType::string) {
    const auto left = a.data<std::string>();
    const auto right = b.data<std::string>();
    return std::equal(left.begin(), left.end(), right.begin());
  }
  return a.size() == 0 ||
         std::memcmp(a.raw(), b.raw(), static_cast<std::size_t>(a.byte_size())) == 0;
}

template <class T>
T Tensor::item(std::int64_t position) const {
  require_position(position);
  if constexpr (std::is_same_v<T, std::string>) {
    return data<std::string>()[static_cast<std::size_t>(position)];
  } else {
    return visit_dtype(dtype_, [&](auto zero) {
      using E = decltype(zero);
      return convert_element<T>(reinterpret_cast<const E*>(raw())[position]);
    });
  }
}

// All that a caller may ask for, here: the conversions would cost every program that includes this.
template bool Tensor::item(std::int64_t) const;
template char Tensor::item(std::int64_t) const;
template signed char Tensor::item(std::int64_t) const;
template unsigned char Tensor::item(std::int64_t) const;
template short Tensor::item(std::int64_t) const;
template unsigned short Tensor::item(std::int64_t) const;
template int Tensor::item(std::int64_t) const;
template unsigned Tensor::item(std::int64_t) const;
template long Tensor::item(std::int64_t) const;
template unsigned long Tensor::item(std::int64_t) const;
template long long Tensor::item(std::int64_t) const;
template unsigned long long Tensor::item(std::int64_t) const;
template float Tensor::item(std::int64_t) const;
template double Tensor::item(std::int64_t) const;
template std::string Tensor::item(std::int64_t) const;

}  // namespace antler
