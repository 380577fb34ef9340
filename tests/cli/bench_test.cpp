#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

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

double sum_of(const Config& rows, const char* key) {
  double sum = 0;
  for (const Config& row : rows.as_list()) sum += row.at(key).as_number();
  return sum;
}

TEST(Bench, ProfilesAStep) {
  const TemporaryFolder folder;
  const Environment cache("XDG_CACHE_HOME", folder.path("cache"));
  const CommandResult result = bench({"A", "--profile", "--json"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const Config profile = result.json().at("profile");
  const Config& total = profile.at("total");
  for (const char* key : {"us", "calls", "flops", "bytes"}) {
    const double whole = total.at(key).as_number();
    EXPECT_GT(whole, 0) << key;
    EXPECT_NEAR(sum_of(profile.at("layers"), key), whole, 1e-6 * whole) << key;
    EXPECT_NEAR(sum_of(profile.at("kernels"), key), whole, 1e-6 * whole) << key;
  }
  std::vector<std::string> layers;
  for (const Config& row : profile.at("layers").as_list()) {
    layers.push_back(row.at("name").as_string());
  }
  for (const char* layer : {"dense", "dense_1", "dense_2", "loss", "optimizer"}) {
    EXPECT_EQ(std::count(layers.begin(), layers.end(), layer), 1) << layer;
  }
  // Products of 32 rows: forward, by the kernel, and but for the first layer by the input.
  const double products = 2.0 * 32 * (3 * (400 * 25 + 25 * 15 + 15 * 10) - 400 * 25);
  double found = 0;
  for (const Config& row : profile.at("kernels").as_list()) {
    if (row.at("name").as_string().find("matmul") == std::string::npos) continue;
    found += row.at("flops").as_number();
  }
  EXPECT_EQ(found, products);
  EXPECT_GT(profile.at("arena_bytes").as_integer(), 0);
}

TEST(Bench, MeasuresTheMachineOnce) {
  const TemporaryFolder folder;
  const Environment cache("XDG_CACHE_HOME", folder.path("cache"));
  const auto machine = [&] {
    return bench({"I", "--profile", "--json"}).json().at("profile").at("machine");
  };
  const Config measured = machine();
  EXPECT_TRUE(measured == machine());
  // Another processor's file does not count, nor does a damaged one.
  const std::string kept = folder.path("cache/antler/roofline-1.json");
  ASSERT_TRUE(std::filesystem::exists(kept));
  for (const char* text : {"{\"processor\": \"abacus\", \"flops\": 1e9, \"cache_bytes\": 1e9, "
                           "\"memory_bytes\": 1e9}",
                           "{"}) {
    folder.write("cache/antler/roofline-1.json", text);
    EXPECT_NE(machine().at("gflops").as_number(), 1.0) << text;
  }
  const CommandResult shown = bench({"I", "--profile"});
  EXPECT_NE(shown.out.find("fused_matmul bias relu"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find(kept), std::string::npos) << shown.out;
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
