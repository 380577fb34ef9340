#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/compiler/computation.h"
#include "antler/core/config.h"
#include "antler/core/tensor.h"

// How values stand in a golden case, and how they are compared.
namespace antler::golden {

inline constexpr double kTolerance = 1e-5;
inline constexpr double kGradientTolerance = 1e-4;

/// {"shape", "dtype", "data"} (of dtype "string": JSON strings), or a number (a float32 scalar);
/// "NaN", "Infinity" and "-Infinity" are numbers. Errors: Error for any other form.
Tensor read_tensor(const Config& value);

/// Keras' numbers: the stable rewrites are off.
ProgramOptions program_options();

/// Collects what is wrong with one case.
class Failures {
 public:
  /// "value max error 3.1e-3 > 1e-4 at (0,2)" when some element is off by more than `tolerance`
  /// times max(1, |expected|); NaN equals NaN, infinities equal themselves.
  /// Of strings the first that differs: `value at (0,2): "a", expected "b"`.
  void compare(std::string_view what, const Tensor& got, const Tensor& expected, double tolerance);
  /// Compares with the tensor of a key, if the case has it.
  void compare_with(const Config& golden_case, std::string_view key, const Tensor& got,
                    double tolerance);
  void add(std::string text) { texts_.push_back(std::move(text)); }
  /// A text for each key of the case that is not listed and not null.
  void expect_keys(const Config& golden_case, const std::vector<std::string_view>& known);

  const std::vector<std::string>& texts() const { return texts_; }

 private:
  void compare_texts(const std::string& prefix, const Tensor& got, const Tensor& expected);

  std::vector<std::string> texts_;
};

/// Runs `check(case, failures)`; what it throws is a failure too.
template <class Check>
std::vector<std::string> run_check(const Config& golden_case, Check check) {
  Failures failures;
  try {
    check(golden_case, failures);
  } catch (const std::exception& e) {
    failures.add(e.what());
  }
  return failures.texts();
}

}  // namespace antler::golden
