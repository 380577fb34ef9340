#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "antler/data/rows.h"
#include "tests/data/files.h"
#include "tests/support/command.h"

// What `antler train` reaches with its defaults on real tables, on a fifth of the rows that it
// never saw; five splits each, none left out.
namespace antler::testing {
namespace {

constexpr int kSplits = 5;

struct Goal {
  std::string file, epochs, metric;
  double bound;
  bool is_header = false;
  std::string target = "-1";
};

class RealTables : public ::testing::TestWithParam<Goal> {};

// Writes four fifths of the rows to train.csv and one to test.csv.
void split(const std::string& path, bool has_header, std::uint64_t seed,
           const TemporaryFolder& folder) {
  std::ifstream stream(path);
  std::string header;
  if (has_header) std::getline(stream, header);
  std::vector<std::string> rows;
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) rows.push_back(line);
  }
  std::string train = has_header ? header + "\n" : "", test = train;
  const auto count = static_cast<std::int64_t>(rows.size());
  std::int64_t written = 0;
  for (const std::int64_t row : shuffled_order(count, seed, 1000)) {
    (written++ < count / 5 ? test : train) += rows[static_cast<std::size_t>(row)] + "\n";
  }
  folder.write("train.csv", train);
  folder.write("test.csv", test);
}

TEST_P(RealTables, ReachTheGoal) {
  const Goal& goal = GetParam();
  const std::string path = real_data("tabular/" + goal.file);
  if (path.empty()) GTEST_SKIP() << "$ANTLER_DATA has no tabular/" << goal.file;
  double total = 0;
  for (int seed = 0; seed < kSplits; ++seed) {
    const TemporaryFolder folder;
    split(path, goal.is_header, static_cast<std::uint64_t>(seed), folder);
    const CommandResult trained =
        run_antler({"train", folder.path("train.csv"), "--target", goal.target, "--layers", "25,15",
                    "--epochs", goal.epochs, "-o", folder.path("m.keras"), "--json"});
    ASSERT_EQ(trained.exit_code, kSuccess) << trained.err;
    const CommandResult tested =
        run_antler({"evaluate", folder.path("m.keras"), folder.path("test.csv"), "--json"});
    ASSERT_EQ(tested.exit_code, kSuccess) << tested.err;
    const double value = tested.json().at(goal.metric).as_number();
    std::printf("%s, split %d: %s %.4f\n", goal.file.c_str(), seed, goal.metric.c_str(), value);
    total += value;
  }
  const double mean = total / kSplits;
  if (goal.metric == "accuracy") {
    EXPECT_GE(mean, goal.bound);
  } else {
    EXPECT_LE(mean, goal.bound);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Held, RealTables,
    ::testing::Values(Goal{"california_housing.csv", "20", "root_mean_squared_error", 59000, true,
                           "median_house_value"},
                      Goal{"wine.csv", "50", "accuracy", 0.94},
                      Goal{"pima-indians-diabetes.csv", "20", "accuracy", 0.74},
                      Goal{"iris.csv", "200", "accuracy", 0.92}));

}  // namespace
}  // namespace antler::testing
