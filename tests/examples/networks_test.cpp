// The examples that train networks run, in a small form, and learn. Their full form with five seeds
// is in tests/slow.
#include <gtest/gtest.h>

#include "tests/support/run_example.h"

namespace antler::testing {
namespace {

TEST(Examples, ConvnetLearnsDigits) {
  if (!has_examples()) GTEST_SKIP() << "the examples are not built";
  const Finished run = run_example("mnist_convnet 2 1 4000");
  EXPECT_EQ(run.status, 0) << run.out;
  for (const char* name : {"convnet", "with Dense 128"}) {
    const std::vector<double> accuracy = numbers_after(run.out, name);
    ASSERT_EQ(accuracy.size(), 1U) << run.out;
    EXPECT_GE(accuracy[0], 75) << run.out;
  }
}

TEST(Examples, EmbeddingLearnsWordsThatCount) {
  if (!has_examples()) GTEST_SKIP() << "the examples are not built";
  const Finished run = run_example("drawn_sentences 5 1");
  EXPECT_EQ(run.status, 0) << run.out;
  const std::vector<double> accuracy = numbers_after(run.out, "accuracy");
  ASSERT_EQ(accuracy.size(), 1U) << run.out;
  EXPECT_GE(accuracy[0], 95) << run.out;
}

// Each line is "name first -> last".
TEST(Examples, AutoencoderLearnsToDraw) {
  if (!has_examples()) GTEST_SKIP() << "the examples are not built";
  const Finished run = run_example("variational_autoencoder 3 2000");
  EXPECT_EQ(run.status, 0) << run.out;
  const std::size_t arrow = run.out.find("-> ");
  ASSERT_NE(arrow, std::string::npos) << run.out;
  const double first = numbers_after(run.out, "loss").at(0);
  EXPECT_LT(std::stod(run.out.substr(arrow + 3)), 0.8 * first) << run.out;
  EXPECT_GT(numbers_after(run.out, "divergence").at(0), 0) << run.out;
}

// Both must keep up with the other: a critic that is never wrong has a loss of 0.
TEST(Examples, AdversariesStayInBalance) {
  if (!has_examples()) GTEST_SKIP() << "the examples are not built";
  const Finished run = run_example("generative_adversarial_network 15 4000");
  EXPECT_EQ(run.status, 0) << run.out;
  const auto ink = [&](const std::string& name) {
    return numbers_after(run.out, name + ": ink").at(0);
  };
  const double drawn = ink("drawn");
  EXPECT_LT(std::abs(ink("made after training") - drawn),
            std::abs(ink("made before training") - drawn) / 2)
      << run.out;
  EXPECT_GT(numbers_after(run.out, "loss").at(0), 0.1) << run.out;
}

TEST(Examples, SayHowTheyAreUsed) {
  if (!has_examples()) GTEST_SKIP() << "the examples are not built";
  EXPECT_EQ(run_example("heartbeats 2>&1").status, 2);
}

}  // namespace
}  // namespace antler::testing
