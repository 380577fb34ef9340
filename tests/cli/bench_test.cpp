#include <gtest/gtest.h>

#include "antler/layers/dense.h"
#include "antler/layers/embedding.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "antler/models/sequential.h"
#include "antler/saving/saving.h"
#include "tests/data/files.h"
#include "tests/support/command.h"

namespace antler::testing {
namespace {

// `antler bench` with what keeps it short.
CommandResult bench(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "bench");
  for (const char* more : {"--seconds", "0.01", "--threads", "1"}) arguments.emplace_back(more);
  return run_antler(arguments);
}

void expect_timings(const CommandResult& result, const std::string& name) {
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const Config timings = result.json();
  std::vector<std::string> keys;
  for (const Config::Entry& entry : timings.as_map()) keys.push_back(entry.first);
  EXPECT_EQ(keys, (std::vector<std::string>{"workload", "threads", "step_us", "predict_us",
                                            "first_step_ms", "memory_mb"}));
  EXPECT_EQ(timings.at("workload").as_string(), name);
  EXPECT_EQ(timings.at("threads").as_integer(), 1);
  for (const char* key : {"step_us", "predict_us", "first_step_ms", "memory_mb"}) {
    EXPECT_GT(timings.at(key).as_number(), 0) << key;
  }
}

Sequential digits() { return Sequential({Input({6}), Dense(4, {.activation = "relu"}), Dense(3)}); }

TEST(Bench, TimesEveryWorkload) {
  for (const char* name : {"A", "B", "C", "D", "E", "F", "G", "H", "I"}) {
    SCOPED_TRACE(name);
    expect_timings(bench({name, "--json"}), name);
  }
}

TEST(Bench, TimesTheModelOfAFile) {
  const TemporaryFolder folder;
  const std::string path = folder.path("m.keras");
  const Sequential model = digits();
  model.compile({.optimizer = "sgd", .loss = "mse"});
  model.save(path);
  expect_timings(bench({path, "--json", "--batch-size", "5"}), path);
  const CommandResult shown = bench({path, "--batch-size", "5"});
  EXPECT_NE(shown.out.find("batch 5, 1 thread\n"), std::string::npos) << shown.out;
}

TEST(Bench, FeedsAnEmbeddingWithIndicesThatItHas) {
  const TemporaryFolder folder;
  const std::string path = folder.path("m.keras");
  const Sequential model({Input({4}), Embedding(7, 2), Flatten(), Dense(1)});
  model.compile({.optimizer = "sgd", .loss = "mse"});
  model.save(path);
  expect_timings(bench({path, "--json"}), path);
}

TEST(Bench, WantsAModelThatWasCompiled) {
  const TemporaryFolder folder;
  const std::string path = folder.path("m.keras");
  digits().save(path);
  const CommandResult result = bench({path});
  EXPECT_EQ(result.exit_code, kWorkFailed);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "antler: " + path +
                            ": expected a model that was compiled with a loss, which a training "
                            "step needs; call compile() before save()\n");
}

TEST(Bench, NamesTheNearestWorkload) {
  const CommandResult lower = bench({"c"});
  EXPECT_EQ(lower.exit_code, kWrongUse);
  EXPECT_NE(lower.err.find("unknown workload \"c\"; did you mean \"C\"?\n"), std::string::npos)
      << lower.err;
  const CommandResult far = bench({"convnet"});
  EXPECT_EQ(far.exit_code, kWrongUse);
  EXPECT_NE(far.err.find("a model's file ends in .keras"), std::string::npos) << far.err;
  EXPECT_EQ(bench({"nowhere.keras"}).exit_code, kWorkFailed);
}

}  // namespace
}  // namespace antler::testing
