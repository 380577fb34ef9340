// The examples on real data: seeds 0 to 4, none left out, are as good as real Keras'. The convnet
// on MNIST takes too long for here: `build/bin/examples/mnist_convnet 6 5` runs by hand.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/run_example.h"

namespace antler::testing {
namespace {

class RealData : public ::testing::Test {
 protected:
  void SetUp() override {
    if (data_folder().empty() || !has_examples()) {
      GTEST_SKIP() << "ANTLER_DATA is not set, or the examples are not built";
    }
  }
  // The five results of an example, each on a line that begins with `word`.
  std::vector<double> results(const std::string& command, const std::string& word) {
    if (run_.out.empty()) run_ = run_example(command);
    EXPECT_EQ(run_.status, 0) << run_.out;
    std::vector<double> numbers = numbers_after(run_.out, word);
    EXPECT_EQ(numbers.size(), 5U) << run_.out;
    if (numbers.empty()) numbers = {0};
    return numbers;
  }
  const std::string data_ = data_folder();
  Finished run_;
};

double least(const std::vector<double>& numbers) {
  return *std::min_element(numbers.begin(), numbers.end());
}
double most(const std::vector<double>& numbers) {
  return *std::max_element(numbers.begin(), numbers.end());
}

// Keras: 0.165 to 0.183 and 0.163 to 0.170.
TEST_F(RealData, ForecastsElectricity) {
  const std::string command = "transformer_blocks " + data_ + "/timeseries/ETTh1.csv";
  EXPECT_LE(most(results(command, "Transformer")), 0.19) << run_.out;
  EXPECT_LE(most(results(command, "LSTM")), 0.18) << run_.out;
  EXPECT_GT(least(results(command, "LSTM")), 0.1) << run_.out;
}

// Keras: 81 to 86 %.
TEST_F(RealData, TellsInfarctions) {
  const std::string ecg = data_ + "/ecg/ECG200_";
  const auto accuracy = results("heartbeats " + ecg + "TRAIN.txt " + ecg + "TEST.txt", "accuracy");
  EXPECT_GE(least(accuracy), 79) << run_.out;
  EXPECT_LE(most(accuracy), 95) << run_.out;
}

TEST_F(RealData, ReadsDrawnSentences) {
  EXPECT_GE(least(results("drawn_sentences", "accuracy")), 97) << run_.out;
}

}  // namespace
}  // namespace antler::testing
