#include "tests/support/command.h"

#include <gtest/gtest.h>

#include "antler/saving/saving.h"
#include "tests/data/files.h"

namespace antler::testing {
namespace {

TEST(Command, SaysItsVersion) {
  const CommandResult result = run_antler({"--version"});
  EXPECT_EQ(result.exit_code, kSuccess);
  EXPECT_EQ(result.out.substr(0, 7), "antler ");
  EXPECT_EQ(result.err, "");
}

TEST(Command, HelpListsTheCommands) {
  const CommandResult result = run_antler({"--help"});
  EXPECT_EQ(result.exit_code, kSuccess);
  for (const std::string name : {"train", "evaluate", "predict", "summary", "gradcheck", "bench",
                                 "explain", "doctor", "datasets", "demo"}) {
    EXPECT_NE(result.out.find("\n  " + name + " "), std::string::npos) << name;
    EXPECT_EQ(run_antler({name, "--help"}).exit_code, kSuccess) << name;
  }
}

TEST(Command, DatasetsListsWhatIsKnown) {
  const Config list = run_antler({"datasets", "--json"}).json();
  ASSERT_EQ(list.size(), 4U);
  EXPECT_EQ(list[0].at("name").as_string(), "mnist");
  EXPECT_TRUE(list[3].at("is_found").as_bool());
  EXPECT_NE(run_antler({"datasets"}).out.find("drawn_digits"), std::string::npos);
}

TEST(Command, TrainsAndEvaluatesOnANamedDataSet) {
  const TemporaryFolder folder;
  const CommandResult trained = run_antler(
      {"train", "drawn_digits", "--epochs", "2", "--json", "-o", folder.path("m.keras")});
  ASSERT_EQ(trained.exit_code, kSuccess) << trained.err;
  EXPECT_EQ(trained.json_lines().back().at("classes").size(), 10U);
  const CommandResult tested =
      run_antler({"evaluate", folder.path("m.keras"), "drawn-digits", "--json"});
  ASSERT_EQ(tested.exit_code, kSuccess) << tested.err;
  EXPECT_GT(tested.json().at("accuracy").as_number(), 0.5);
}

TEST(Command, DemoTrainsSavesAndShowsDigits) {
  const TemporaryFolder folder;
  const Environment data("ANTLER_DATA", folder.path("none"));
  const Environment cache("XDG_CACHE_HOME", folder.path("none"));
  const Environment locale("LC_ALL", "C");
  const CommandResult result = run_antler({"demo", "-o", folder.path("digits.keras")});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_NE(result.out.find("digits drawn by Antler"), std::string::npos);
  EXPECT_NE(result.out.find("digits it never saw: accuracy "), std::string::npos);
  EXPECT_NE(result.out.find(", taken for a "), std::string::npos);
  EXPECT_NE(result.out.find("the same predictions: " + folder.path("digits.keras") + "\n"),
            std::string::npos);
  for (const char c : result.out) ASSERT_LT(static_cast<unsigned char>(c), 128U);
  EXPECT_EQ(load_model(folder.path("digits.keras")).layers().size(), 5U);
  EXPECT_FALSE(result.out.empty());
}

}  // namespace
}  // namespace antler::testing
