#include <gtest/gtest.h>

#include <cmath>
#include <csignal>

#include "antler/data/npy.h"
#include "antler/saving/json.h"
#include "antler/saving/saving.h"
#include "tests/cli/sample_data.h"
#include "tests/data/files.h"
#include "tests/support/command.h"

namespace antler::testing {
namespace {

class Train : public ::testing::Test {
 protected:
  CommandResult train(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "train");
    arguments.insert(arguments.end(), {"-o", model(), "--json"});
    return run_antler(arguments);
  }
  std::string model() const { return folder_.path("m.keras"); }

  TemporaryFolder folder_;
};

TEST_F(Train, PrintsOneObjectAnEpochThenTheModel) {
  const std::string data = folder_.write("d.csv", blobs_csv(60, {"cat", "dog", "owl"}));
  const CommandResult result = train({data, "--epochs", "3"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const std::vector<Config> lines = result.json_lines();
  ASSERT_EQ(lines.size(), 4U);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(lines[static_cast<std::size_t>(i)].at("epoch").as_integer(), i + 1);
    EXPECT_TRUE(lines[static_cast<std::size_t>(i)].at("loss").is_number());
    EXPECT_TRUE(lines[static_cast<std::size_t>(i)].at("accuracy").is_number());
  }
  EXPECT_EQ(lines[3].to_string(),
            Config::map({{"model", model()},
                         {"task", "multiclass"},
                         {"loss_function", "sparse_categorical_crossentropy"},
                         {"classes", Config(std::vector<std::string>{"cat", "dog", "owl"})}})
                .to_string());
}

TEST_F(Train, WithoutJsonPrintsPlainLines) {
  const std::string data = folder_.write("d.csv", blobs_csv(60, {"cat", "dog"}));
  const CommandResult result = run_antler({"train", data, "--epochs", "2", "-o", model()});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_NE(result.out.find("task: binary, because \"kind\" has two values: sigmoid with binary "
                            "cross-entropy\n"),
            std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("Epoch 2/2\n"), std::string::npos);
  EXPECT_NE(result.out.find("saved: " + model() + "\n"), std::string::npos);
  EXPECT_EQ(result.out.find('\r'), std::string::npos);
  EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(result.err, "");
}

struct TaskCase {
  std::vector<std::string> labels;
  std::string task;
  std::string classes;
};

class TaskOf : public ::testing::TestWithParam<TaskCase> {};

TEST_P(TaskOf, FollowsFromTheTarget) {
  const TemporaryFolder folder;
  const std::string data = folder.write("d.csv", blobs_csv(60, GetParam().labels));
  const CommandResult result =
      run_antler({"train", data, "--epochs", "40", "--json", "-o", folder.path("m.keras")});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const std::vector<Config> lines = result.json_lines();
  EXPECT_EQ(lines.back().at("task").as_string(), GetParam().task);
  EXPECT_EQ(to_json(lines.back().at("classes")), GetParam().classes);
  if (GetParam().task == "regression") return;
  EXPECT_GT(lines[39].at("accuracy").as_number(), 0.9);
}

INSTANTIATE_TEST_SUITE_P(
    Rule, TaskOf,
    ::testing::Values(TaskCase{{"0", "1"}, "binary", "[0, 1]"},
                      TaskCase{{"-1", "1"}, "binary", "[-1, 1]"},
                      TaskCase{{"0.5", "1.5"}, "binary", "[0.5, 1.5]"},
                      TaskCase{{"yes", "no"}, "binary", "[\"no\", \"yes\"]"},
                      TaskCase{{"1", "2", "3"}, "multiclass", "[1, 2, 3]"},
                      TaskCase{{"-5", "0", "7", "12"}, "multiclass", "[-5, 0, 7, 12]"},
                      TaskCase{{"\"a, b\"", "c", "d"}, "multiclass", "[\"a, b\", \"c\", \"d\"]"},
                      TaskCase{{"0.5", "1.5", "2.5"}, "regression", "[]"}));

TEST_F(Train, FewRowsOfAValueMakeItARegression) {
  // 13 rows of three values: one has four.
  const std::string data = folder_.write("d.csv", blobs_csv(13, {"1", "2", "3"}));
  const CommandResult result = train({data, "--epochs", "1"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_EQ(result.json_lines().back().at("task").as_string(), "regression");
  EXPECT_NE(result.err.find("has only 4 rows with the value 2, too few for a class"),
            std::string::npos)
      << result.err;
}

TEST_F(Train, TaskMayBeOverridden) {
  const std::string data = folder_.write("d.csv", blobs_csv(60, {"1", "2", "3"}));
  const CommandResult result = train({data, "--epochs", "1", "--task", "regression"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_EQ(result.json_lines().back().at("task").as_string(), "regression");
  EXPECT_EQ(result.json_lines().back().at("loss_function").as_string(), "mean_squared_error");
}

TEST_F(Train, TargetByNameAndByIndex) {
  const std::string data = folder_.write("d.csv", prices_csv(100));
  for (const std::string target : {"color", "1", "-2"}) {
    const CommandResult result = train({data, "--target", target, "--epochs", "1"});
    ASSERT_EQ(result.exit_code, kSuccess) << result.err;
    EXPECT_EQ(to_json(result.json_lines().back().at("classes")), "[\"blue\", \"green\", \"red\"]")
        << target;
  }
}

TEST_F(Train, SeveralTargetsOfNumbersAreOneRegression) {
  const std::string data = folder_.write("d.csv", prices_csv(100));
  const CommandResult result = train({data, "--target", "size,price", "--epochs", "1"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_EQ(result.json_lines().back().at("task").as_string(), "regression");
  EXPECT_EQ(load_model(model()).outputs()[0].shape(), Shape({None, 2}));
}

TEST_F(Train, RegressionIsInTheTargetsUnit) {
  const std::string data = folder_.write("d.csv", prices_csv(400));
  const CommandResult result = train({data, "--epochs", "60"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const double error = result.json_lines()[59].at("root_mean_squared_error").as_number();
  EXPECT_LT(error, 1000.0);  // prices deviate by 4,900 or so
  EXPECT_GT(error, 1.0);
  const Model loaded = load_model(model());
  EXPECT_EQ(loaded.layers().back().class_name(), "Rescaling");
  EXPECT_EQ(loaded.layers().front().class_name(), "Normalization");
}

TEST_F(Train, SgdTakesTheTargetsUnitIntoAccount) {
  const std::string data = folder_.write("d.csv", prices_csv(400));
  const CommandResult result = train({data, "--epochs", "60", "--optimizer", "sgd"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_LT(result.json_lines()[59].at("root_mean_squared_error").as_number(), 2000.0);
}

TEST_F(Train, MultilabelFromArff) {
  const std::string data = folder_.write("d.arff", labels_arff(200));
  folder_.write("d.xml", labels_xml());
  const CommandResult result = train({data, "--epochs", "40"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const std::vector<Config> lines = result.json_lines();
  EXPECT_EQ(lines.back().at("task").as_string(), "multilabel");
  EXPECT_EQ(to_json(lines.back().at("classes")), "[\"hot\", \"wet\"]");
  EXPECT_GT(lines[39].at("accuracy").as_number(), 0.9);
}

TEST_F(Train, ArraysFromNpyFiles) {
  Tensor x = Tensor::zeros({40, 3});
  std::vector<std::int64_t> y;
  for (std::int64_t i = 0; i < 40; ++i) {
    x.mutable_data<float>()[static_cast<std::size_t>(3 * i)] = static_cast<float>(i % 2);
    y.push_back(i % 2 == 0 ? -1 : 1);
  }
  write_npy(folder_.path("x.npy"), x);
  write_npy(folder_.path("y.npy"), Tensor::from(y));
  const CommandResult result =
      train({folder_.path("x.npy"), folder_.path("y.npy"), "--epochs", "60"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const std::vector<Config> lines = result.json_lines();
  EXPECT_EQ(to_json(lines.back().at("classes")), "[-1, 1]");
  EXPECT_GT(lines[59].at("accuracy").as_number(), 0.9);
}

TEST_F(Train, BlankCellsBecomeTheMeanAndAreCounted) {
  const std::string data =
      folder_.write("d.csv", "a,b,kind\n1,x,0\n,y,1\n3,x,0\n,y,1\n5,,0\n6,y,1\n7,x,0\n8,y,1\n");
  const CommandResult result = train({data, "--epochs", "1"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_NE(result.err.find("note: 2 blank cells in \"a\" became the training mean, 5\n"),
            std::string::npos)
      << result.err;
  EXPECT_NE(result.err.find("note: 1 blank cell in \"b\" became no category\n"), std::string::npos)
      << result.err;
  const FileExtra extra = read_extra(model());
  const Config& features = extra.user.at("command").at("features");
  EXPECT_EQ(features[0].at("mean").as_number(), 5.0);
  EXPECT_EQ(to_json(features[1].at("categories")), "[\"x\", \"y\"]");
}

TEST_F(Train, ValidationRowsAreDrawnAndMeasured) {
  std::string sorted = "a,kind\n";
  for (int i = 0; i < 50; ++i) sorted += std::to_string(i) + (i < 25 ? ",0\n" : ",1\n");
  const std::string data = folder_.write("d.csv", sorted);
  const CommandResult result =
      train({data, "--epochs", "60", "--validation-split", "0.2", "--batch-size", "8"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const Config last = result.json_lines()[59];
  // The last fifth of the file is one class; drawn rows hold both, and are learned as well.
  EXPECT_GT(last.at("val_accuracy").as_number(), 0.75);
  EXPECT_TRUE(last.contains("val_loss"));
}

TEST_F(Train, SameSeedSameBitsForAnyNumberOfThreads) {
  const std::string data = folder_.write("d.csv", blobs_csv(90, {"a", "b", "c"}));
  const auto weights = [&](const std::string& seed, const std::string& threads) {
    const CommandResult result =
        train({data, "--epochs", "3", "--seed", seed, "--threads", threads});
    EXPECT_EQ(result.exit_code, kSuccess) << result.err;
    return load_model(model()).get_weights();
  };
  const auto same = [](const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
    bool all = a.size() == b.size();
    for (std::size_t i = 0; all && i < a.size(); ++i) all = identical(a[i], b[i]);
    return all;
  };
  const std::vector<Tensor> once = weights("7", "1");
  EXPECT_TRUE(same(once, weights("7", "1")));
  EXPECT_TRUE(same(once, weights("7", "2")));
  EXPECT_FALSE(same(once, weights("8", "1")));
}

TEST_F(Train, CtrlCOnceStopsAndSaves) {
  const std::string data = folder_.write("d.csv", blobs_csv(60, {"a", "b"}));
  RunningCommand command({"train", data, "--epochs", "1000000000", "--json", "-o", model()});
  ASSERT_TRUE(command.wait_for_output("\n"));
  command.send(SIGINT);
  const CommandResult result = command.finish();
  EXPECT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_NE(result.err.find("stopped by Ctrl-C\n"), std::string::npos) << result.err;
  EXPECT_EQ(result.json_lines().back().at("model").as_string(), model());
  EXPECT_EQ(run_antler({"evaluate", model(), data}).exit_code, kSuccess);
}

TEST_F(Train, CtrlCTwiceStopsAtOnce) {
  // One batch takes long enough for the second signal to come before its end.
  const std::string data = folder_.write("d.csv", blobs_csv(6000, {"a", "b"}));
  RunningCommand command({"train", data, "--epochs", "1000000000", "--json", "-o", model(),
                          "--layers", "1500,1500", "--batch-size", "6000"});
  ASSERT_TRUE(command.wait_for_output("\n"));
  command.send(SIGINT);
  ASSERT_TRUE(command.wait_for_error("stopping after this batch"));
  command.send(SIGINT);
  EXPECT_EQ(command.finish().exit_code, kInterrupted);
  EXPECT_FALSE(std::filesystem::exists(model()));
  EXPECT_EQ(folder_.file_count(), 1U);
}

}  // namespace
}  // namespace antler::testing
