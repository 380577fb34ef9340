// The course's 5,000 digits, 400-25-15-10: seeds 0 to 4, none left out, fall into the bands that
// real Keras shows over 48 seeds (epoch 1: 1.35 to 1.73, epoch 40: 0.022 to 0.054, 8 to 47 errors).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "antler/core/random.h"
#include "antler/data/npy.h"
#include "antler/layers/dense.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/ops/arg_extrema.h"
#include "antler/optimizers/adam.h"
#include "tests/support/gzip.h"

namespace antler {
namespace {

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

TEST(Course, DigitsTrainAsInKeras) {
  const char* data = std::getenv("ANTLER_DATA");
  if (data == nullptr) {
    GTEST_SKIP() << "ANTLER_DATA is not set: the course's digits lie in $ANTLER_DATA/course";
  }
  if (!testing::kReadsGzip) GTEST_SKIP() << "this build unpacks no .gz";
  const std::string folder = std::string(data) + "/course/";
  const Tensor x = read_npy(folder + "X_reconstructed.npy.gz").astype(DType::float32);
  const Tensor y = read_npy(folder + "y.npy");
  std::vector<double> last_losses;
  std::vector<double> errors;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    set_random_seed(seed);
    Sequential model({Input({400}), Dense(25, {.activation = "relu"}),
                      Dense(15, {.activation = "relu"}), Dense(10)});
    model.compile({.optimizer = Adam({.learning_rate = 1e-3}),
                   .loss = SparseCategoricalCrossentropy({.from_logits = true})});
    const History history = model.fit(x, y, {.epochs = 40, .verbose = 0});
    const Tensor predicted = ops::argmax(model.predict(x), {.axis = -1});
    double wrong = 0;
    for (std::int64_t i = 0; i < y.size(); ++i) {
      wrong += predicted.item<std::int64_t>(i) != y.item<std::int64_t>(i) ? 1 : 0;
    }
    const double first = history["loss"].front();
    const double last = history["loss"].back();
    std::printf("seed %d: epoch 1 %.3f, epoch 40 %.4f, %.0f errors\n", static_cast<int>(seed),
                first, last, wrong);
    EXPECT_GE(first, 1.25);
    EXPECT_LE(first, 1.9);
    EXPECT_GE(last, 0.012);
    EXPECT_LE(last, 0.08);
    EXPECT_LE(wrong, 70);
    last_losses.push_back(last);
    errors.push_back(wrong);
  }
  EXPECT_LE(median(last_losses), 0.045);
  EXPECT_LE(median(errors), 40);
}

}  // namespace
}  // namespace antler
