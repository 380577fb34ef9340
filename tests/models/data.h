#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "antler/layers/dense.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/sgd.h"

namespace antler::testing {

// The data and models with which the numbers of these tests were made by Keras 3.15.
inline Tensor seven_rows() {
  return Tensor{{0, 1}, {1, 0}, {1, 1}, {2, 1}, {3, 0}, {0, 2}, {1, 2}};
}
inline Tensor seven_targets() { return Tensor{{1}, {2}, {3}, {5}, {6}, {2}, {4}}; }

inline Sequential line_model(const CompileOptions& options, const RegularizerArg& penalty = {}) {
  Sequential model(
      {Input({2}), Dense(1, {.kernel_initializer = "ones", .kernel_regularizer = penalty})});
  model.compile(options);
  return model;
}

/// The values of one name are `expected` within 1e-5.
inline void expect_values(const History& history, const std::string& name,
                          const std::vector<double>& expected) {
  const std::vector<double>& got = history[name];
  ASSERT_EQ(got.size(), expected.size()) << name;
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(got[i], expected[i], 1e-5 * (1 + expected[i])) << name << ", epoch " << i;
  }
}

inline std::vector<std::string> names_in(const Logs& logs) {
  std::vector<std::string> names;
  for (const auto& [name, value] : logs) names.push_back(name);
  return names;
}

inline std::vector<std::string> names_in(const History& history) {
  std::vector<std::string> names;
  for (const auto& [name, values] : history.history()) names.push_back(name);
  return names;
}

/// The text of the Error that `body` throws; empty when it throws none.
template <class E, class F>
std::string error_of(F&& body) {
  try {
    body();
  } catch (const E& error) {
    return error.what();
  }
  return "";
}

}  // namespace antler::testing
