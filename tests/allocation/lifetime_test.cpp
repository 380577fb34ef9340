// What models leave behind when they are gone: nothing.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "antler/layers/dense.h"
#include "antler/layers/input.h"
#include "antler/models/sequential.h"

namespace antler {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

// Resident memory of this process in kB; 0 where the system does not say.
long resident_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
  }
  return 0;
}

void build_fit_destroy() {
  const Sequential model(
      {Input({20}), Dense(16, {.activation = "relu"}), Dense(3, {.activation = "softmax"})});
  model.compile({.optimizer = "adam", .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  const Tensor x = Tensor::ones({40, 20}), y = Tensor::full({40, 3}, 1.0 / 3);
  model.fit(x, y, {.batch_size = 16, .epochs = 1, .verbose = 0});
  model.predict(x);
}

// A model that stayed would keep some 100 kB: weights, slots, programs and their memory.
TEST(Lifetime, MemoryStaysFlatOverAThousandModels) {
  if (kIsSanitized) GTEST_SKIP() << "a sanitizer keeps what was freed";
  if (resident_kb() == 0) GTEST_SKIP() << "/proc/self/status has no VmRSS";
  for (int i = 0; i < 100; ++i) build_fit_destroy();
  const long before = resident_kb();
  for (int i = 0; i < 1000; ++i) build_fit_destroy();
  EXPECT_LT(resident_kb() - before, 1024);
}

}  // namespace
}  // namespace antler
