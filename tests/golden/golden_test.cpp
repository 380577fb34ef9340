// The golden cases of this folder, and that the runner sees what is wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "antler/saving/json.h"
#include "tests/golden/cases.h"
#include "tests/golden/check_fit.h"
#include "tests/support/paths.h"

namespace antler::golden {
namespace {

Config read_golden(const std::string& name) {
  const std::string path = testing::source_path("tests/golden/" + name);
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return parse_json(text, path);
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, AsKeras) {
  const CasesReport report = run_cases(read_golden(GetParam() + ".json"));
  EXPECT_GT(report.passed, 0);
  for (const std::string& failure : report.failures) ADD_FAILURE() << GetParam() << " " << failure;
}

std::vector<std::string> golden_files() {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(testing::source_path("tests/golden"))) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, ::testing::ValuesIn(golden_files()),
                         [](const auto& info) { return info.param; });

TEST(GoldenFit, AgreesWithTheStableRewritesToo) {
  for (const char* name : {"fit.json", "fit_callbacks.json"}) {
    const Config document = read_golden(name);
    for (const Config& golden_case : document.at("cases").as_list()) {
      for (const std::string& text : check_fit_rewritten(golden_case)) {
        ADD_FAILURE() << golden_case.at("name").as_string() << ": " << text;
      }
    }
  }
}

// The named case of layers.json with one key changed.
std::string failure_with(const std::string& name, const std::string& key, const Config& value) {
  const Config document = read_golden("layers.json");
  for (Config golden_case : document.at("cases").as_list()) {
    if (golden_case.at("name") != Config(name)) continue;
    golden_case.set(key, value);
    const CasesReport report = run_cases(Config(Config::List{golden_case}));
    return report.failures.empty() ? "passed" : report.failures.at(0);
  }
  return "no such case";
}

Config matrix(Config::List data) {
  return Config::map(
      {{"shape", Config::List{1, 2}}, {"dtype", "float32"}, {"data", Config(std::move(data))}});
}

TEST(GoldenRunner, SeesWhatIsWrong) {
  EXPECT_EQ(failure_with("dense_linear", "training", false), "passed");
  EXPECT_EQ(failure_with("dense_linear", "outputs", Config(Config::List{matrix({1.0, 2.0})})),
            "dense_linear: outputs[0] shape (4, 3), expected (1, 2)");
  EXPECT_EQ(failure_with("dense_linear", "losses", Config(Config::List{1.0})),
            "dense_linear: losses: got 0, expected 1");
  EXPECT_EQ(failure_with("dense_kernel_l2", "losses", Config(Config::List{0.5})).substr(0, 53),
            "dense_kernel_l2: losses[0] max error 3.8e-1 > 1e-5 at");
  EXPECT_EQ(failure_with("dense_linear", "call_kwargs", Config::map({{"speed", 3}})).substr(0, 44),
            "dense_linear: unknown call argument \"speed\";");
  EXPECT_EQ(failure_with("dense_linear", "lairs", 3), "dense_linear: unknown key \"lairs\"");
  EXPECT_EQ(failure_with("dense_linear", "layer", Config::map({{"class_name", "Dens"}})),
            "dense_linear: unknown layer \"Dens\"; did you mean \"Dense\"?");
}

TEST(GoldenRunner, SeesWrongListsOfWeights) {
  const auto failure = [](const std::string& key, const Config::List& list) {
    return failure_with("dense_kernel_l2", key, Config(list));
  };
  EXPECT_EQ(failure("constrained", {nullptr, nullptr}), "passed");
  EXPECT_EQ(failure("constrained", {nullptr}), "dense_kernel_l2: constrained: got 2, expected 1");
  EXPECT_EQ(failure("constrained", {nullptr, matrix({1.0, 2.0})}),
            "dense_kernel_l2: constrained[1]: got none");
  EXPECT_EQ(failure("initial", {nullptr, nullptr}),
            "dense_kernel_l2: initial[0]: got a value, expected none; "
            "initial[1]: got a value, expected none");
  EXPECT_EQ(failure("initial", {matrix({1.0, 2.0}), matrix({0.0, 0.0})}).substr(0, 35),
            "dense_kernel_l2: initial[0] shape (");
}

TEST(GoldenRunner, CallsBeforeLeaveTheirStates) {
  const Config document = read_golden("arguments.json");
  int tried = 0;
  for (Config golden_case : document.at("cases").as_list()) {
    if (!golden_case.contains("earlier")) continue;
    golden_case.set("earlier", Config(Config::List{}));
    const CasesReport report = run_cases(Config(Config::List{golden_case}));
    ASSERT_EQ(report.failures.size(), 1U) << golden_case.at("name").as_string();
    EXPECT_NE(report.failures[0].find("outputs[0] max error"), std::string::npos);
    ++tried;
  }
  EXPECT_GT(tried, 0);
}

TEST(GoldenRunner, SeesWrongArgumentsOfActivations) {
  const auto failures = [](const std::string& name, const Config::Map& arguments) {
    const Config x = matrix({1.0, 2.0});
    const Config c = Config::map({{"name", name},
                                  {"x", x},
                                  {"y", x},
                                  {"cot", x},
                                  {"grad", x},
                                  {"arguments", Config::map(arguments)}});
    return run_cases(Config(Config::List{c})).failures;
  };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(failures("relu", {{"threshold", 0.5}}), Texts());
  EXPECT_EQ(failures("relu", {{"speed", 3}}), Texts{"relu: unknown key \"speed\""});
  EXPECT_EQ(failures("relu", {{"max_value", 1.5}}).at(0).substr(0, 24), "relu: y max error 2.5e-1");
  EXPECT_EQ(failures("relu6", {{"max_value", 1.5}}), Texts{"relu6: \"relu6\" takes no arguments"});
}

TEST(GoldenRunner, SeesAWrongRate) {
  const auto failures = [](double rate) {
    const Config schedule = Config::map(
        {{"class_name", "InverseTimeDecay"},
         {"config",
          Config::map({{"initial_learning_rate", 1.0}, {"decay_steps", 2}, {"decay_rate", 0.5}})}});
    const Config values = Config::List{Config::List{0, 1.0}, Config::List{4, rate}};
    return run_cases(
               Config(Config::List{Config::map({{"schedule", schedule}, {"values", values}})}))
        .failures;
  };
  EXPECT_EQ(failures(0.5), std::vector<std::string>());
  EXPECT_EQ(
      failures(0.50001),
      std::vector<std::string>{"#0 InverseTimeDecay: step 4 max error 1e-5 > 1e-6 at (): 0.500000, "
                               "expected 0.500010"});
}

TEST(GoldenRunner, NamesCasesOfUnknownKind) {
  const Config regularizer =
      Config::map({{"regularizer", Config::map({{"class_name", "OrthogonalRegularizer"}})}});
  const CasesReport report = run_cases(Config(Config::List{Config::map({{"x", 1}}), regularizer}));
  EXPECT_EQ(report.passed, 0);
  ASSERT_EQ(report.failures.size(), 2U);
  EXPECT_EQ(report.failures[0], "#0: a case of unknown kind, with the keys x");
  EXPECT_EQ(report.failures[1],
            "#1 OrthogonalRegularizer: a case of unknown kind, with the keys regularizer");
}

}  // namespace
}  // namespace antler::golden
