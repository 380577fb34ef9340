#include "tests/golden/case.h"

#include <cmath>
#include <cstdio>
#include <limits>
#include <span>

#include "antler/core/convert_element.h"
#include "antler/core/error.h"
#include "antler/core/visit_dtype.h"

namespace antler::golden {
namespace {

double read_number(const Config& value) {
  if (!value.is_string()) return value.is_bool() ? (value.as_bool() ? 1 : 0) : value.as_number();
  const std::string& text = value.as_string();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  throw ValueError("expected a number, \"NaN\", \"Infinity\" or \"-Infinity\", got \"" + text +
                   "\"");
}

// Integers of 64 bits do not all fit a double.
template <class T>
T read_element(const Config& value) {
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    return static_cast<T>(value.as_integer());
  } else {
    return convert_element<T>(read_number(value));
  }
}

std::string position_text(std::int64_t position, const Shape& shape) {
  std::string text;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    text = std::to_string(position % shape[axis]) + (text.empty() ? "" : ",") + text;
    position /= shape[axis];
  }
  return "(" + text + ")";
}

// 3.1e-4, 1e-5, inf.
std::string short_number(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1e", value);
  std::string text = buffer;
  if (const std::size_t zero = text.find(".0e"); zero != std::string::npos) text.erase(zero, 2);
  const std::size_t exponent = text.find('e');
  while (exponent != std::string::npos && exponent + 3 < text.size() && text[exponent + 2] == '0')
    text.erase(exponent + 2, 1);
  return text;
}

// Relative to max(1, |expected|); 0 where both are the same infinity or NaN.
double error_of(double got, double expected) {
  if (std::isnan(expected) || std::isnan(got)) {
    return std::isnan(expected) == std::isnan(got) ? 0 : std::numeric_limits<double>::infinity();
  }
  if (got == expected) return 0;
  if (std::isinf(expected)) return std::numeric_limits<double>::infinity();
  return std::abs(got - expected) / std::max(1.0, std::abs(expected));
}

}  // namespace

Tensor read_tensor(const Config& value) {
  if (!value.is_map()) return Tensor(read_number(value));
  std::vector<std::int64_t> dims;
  for (const Config& d : value.at("shape").as_list()) dims.push_back(d.as_integer());
  const Config::List& data = value.at("data").as_list();
  Tensor tensor(dtype_from_name(value.at("dtype").as_string()), Shape(dims));
  if (static_cast<std::int64_t>(data.size()) != tensor.size()) {
    throw ValueError("expected " + std::to_string(tensor.size()) + " elements for shape " +
                     tensor.shape().to_string() + ", got " + std::to_string(data.size()));
  }
  if (tensor.dtype() == DType::string) {
    const std::span<std::string> texts = tensor.mutable_data<std::string>();
    for (std::size_t i = 0; i < data.size(); ++i) texts[i] = data[i].as_string();
    return tensor;
  }
  visit_dtype(tensor.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const std::span<T> elements = tensor.mutable_data<T>();
    for (std::size_t i = 0; i < data.size(); ++i) elements[i] = read_element<T>(data[i]);
  });
  return tensor;
}

ProgramOptions program_options() { return {.stable_rewrites = false}; }

void Failures::compare(std::string_view what, const Tensor& got, const Tensor& expected,
                       double tolerance) {
  const std::string prefix = std::string(what) + " ";
  if (got.shape() != expected.shape()) {
    return add(prefix + "shape " + got.shape().to_string() + ", expected " +
               expected.shape().to_string());
  }
  if (expected.dtype() == DType::string) return compare_texts(prefix, got, expected);
  double worst = 0;
  std::int64_t where = 0;
  for (std::int64_t i = 0; i < got.size(); ++i) {
    const double error = error_of(got.item<double>(i), expected.item<double>(i));
    if (error <= worst) continue;
    worst = error;
    where = i;
  }
  if (worst > tolerance) {
    add(prefix + "max error " + short_number(worst) + " > " + short_number(tolerance) + " at " +
        position_text(where, got.shape()) + ": " + std::to_string(got.item<double>(where)) +
        ", expected " + std::to_string(expected.item<double>(where)));
  }
}

void Failures::compare_texts(const std::string& prefix, const Tensor& got, const Tensor& expected) {
  const std::span<const std::string> texts = got.data<std::string>();
  const std::span<const std::string> wanted = expected.data<std::string>();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i] == wanted[i]) continue;
    return add(prefix + "at " + position_text(static_cast<std::int64_t>(i), got.shape()) + ": \"" +
               texts[i] + "\", expected \"" + wanted[i] + "\"");
  }
}

void Failures::compare_with(const Config& golden_case, std::string_view key, const Tensor& got,
                            double tolerance) {
  const Config* expected = golden_case.find(key);
  if (expected == nullptr || expected->is_null()) return;
  compare(key, got, read_tensor(*expected), tolerance);
}

void Failures::expect_keys(const Config& golden_case, const std::vector<std::string_view>& known) {
  for (const auto& [key, value] : golden_case.as_map()) {
    bool is_known = value.is_null();
    for (const std::string_view name : known) is_known = is_known || name == key;
    if (!is_known) add("unknown key \"" + key + "\"");
  }
}

}  // namespace antler::golden
