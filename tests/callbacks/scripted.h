#pragma once

#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "antler/callbacks/lambda_callback.h"
#include "antler/layers/dense.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/sgd.h"

namespace antler::testing {

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

inline Tensor four_rows() { return Tensor{{0, 1}, {1, 0}, {1, 1}, {2, 1}}; }
inline Tensor four_targets() { return Tensor{{1}, {2}, {3}, {5}}; }

/// A compiled model of one Dense layer that learns four_rows().
inline Sequential small_model(double learning_rate = 0.01) {
  Sequential model({Input({2}), Dense(1, {.kernel_initializer = "ones"})});
  model.compile({.optimizer = SGD({.learning_rate = learning_rate}), .loss = "mse"});
  return model;
}

/// Writes values into the logs, one an epoch, before the callbacks after it see them.
inline Callback scripted(std::string name, std::vector<double> values) {
  return LambdaCallback({.on_epoch_end = [=](int epoch, Logs& logs) {
    logs.set(name, values.at(static_cast<std::size_t>(epoch)));
  }});
}

/// Runs as many epochs as there are values, on four rows in one batch.
inline History fit_scripted(const Model& model, const std::string& name,
                            const std::vector<double>& values, const Callback& callback) {
  return model.fit(four_rows(), four_targets(),
                   {.epochs = static_cast<int>(values.size()),
                    .verbose = 0,
                    .callbacks = {scripted(name, values), callback}});
}

/// An empty folder of its own, gone at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "antler_XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::string text_of(const std::string& path) {
  const std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
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
