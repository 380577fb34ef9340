#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "antler/data/csv.h"
#include "antler/data/npy.h"
#include "antler/layers/dense.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/saving/saving.h"
#include "tests/cli/sample_data.h"
#include "tests/data/files.h"
#include "tests/support/command.h"

namespace antler::testing {
namespace {

class Trained : public ::testing::Test {
 protected:
  void train(const std::string& data, const std::string& epochs = "60",
             std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"train", data,    "--epochs", epochs,
                                          "-o",    model(), "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    trained_ = run_antler(arguments);
    ASSERT_EQ(trained_.exit_code, kSuccess) << trained_.err;
  }
  std::string model() const { return folder_.path("m.keras"); }
  // What predict prints for these data.
  Table predict(const std::vector<std::string>& data) const {
    std::vector<std::string> arguments = {"predict", model()};
    arguments.insert(arguments.end(), data.begin(), data.end());
    const CommandResult result = run_antler(arguments);
    EXPECT_EQ(result.exit_code, kSuccess) << result.err;
    return parse_csv(result.out, "predictions");
  }

  TemporaryFolder folder_;
  CommandResult trained_;
};

TEST_F(Trained, EvaluatePrintsOneFlatObject) {
  train(folder_.write("d.csv", blobs_csv(60, {"cat", "dog", "owl"})));
  const std::string more = folder_.write("e.csv", blobs_csv(30, {"cat", "dog", "owl"}, 5));
  const CommandResult result = run_antler({"evaluate", model(), more, "--json"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const Config values = result.json();
  ASSERT_EQ(values.size(), 2U);
  EXPECT_EQ(values.as_map()[0].first, "loss");
  EXPECT_EQ(values.as_map()[1].first, "accuracy");
  EXPECT_GT(values.at("accuracy").as_number(), 0.9);
  EXPECT_LT(values.at("loss").as_number(), 0.7);
}

TEST_F(Trained, EvaluateOnTheTrainingDataGivesWhatTheModelGives) {
  const std::string data = folder_.write("d.csv", prices_csv(100));
  train(data, "5");
  const CommandResult plain = run_antler({"evaluate", model(), data});
  ASSERT_EQ(plain.exit_code, kSuccess) << plain.err;
  const CommandResult json = run_antler({"evaluate", model(), data, "--json"});
  const Config values = json.json();
  const double mse = values.at("loss").as_number();
  EXPECT_NEAR(std::sqrt(mse), values.at("root_mean_squared_error").as_number(), 1e-3 * mse);
  EXPECT_EQ(plain.out.substr(0, 6), "loss: ");
}

TEST_F(Trained, PredictPrintsProbabilitiesAndClasses) {
  train(folder_.write("d.csv", blobs_csv(60, {"cat", "dog", "owl"})));
  const std::string unlabelled =
      folder_.write("x.csv", without_last_column(blobs_csv(9, {"cat", "dog", "owl"}, 5)));
  const Table table = predict({unlabelled});
  ASSERT_EQ(table.columns.size(), 4U);
  EXPECT_EQ(table.columns[0].name, "p_cat");
  EXPECT_EQ(table.columns[2].name, "p_owl");
  EXPECT_EQ(table.columns[3].name, "prediction");
  ASSERT_EQ(table.row_count(), 9);
  for (std::size_t i = 0; i < 9; ++i) {
    const double sum =
        table.columns[0].numbers[i] + table.columns[1].numbers[i] + table.columns[2].numbers[i];
    EXPECT_NEAR(sum, 1.0, 1e-5);
    EXPECT_EQ(table.columns[3].texts[i], (std::vector<std::string>{"cat", "dog", "owl"})[i % 3]);
  }
}

TEST_F(Trained, TheTargetAndOtherColumnsArePassedOver) {
  const std::string data = folder_.write("d.csv", blobs_csv(60, {"cat", "dog", "owl"}));
  train(data);
  const Table with = predict({data});
  // Other order, and a column more.
  Table table = read_csv(data);
  std::ostringstream moved;
  moved << "note,height,width\n";
  for (std::size_t i = 0; i < table.lines.size(); ++i) {
    moved << "n," << table.columns[1].numbers[i] << ',' << table.columns[0].numbers[i] << '\n';
  }
  const Table other = predict({folder_.write("moved.csv", moved.str())});
  EXPECT_EQ(with.columns[3].texts, other.columns[3].texts);
}

TEST_F(Trained, BinaryLabelsComeBackAsTheyWere) {
  train(folder_.write("d.csv", blobs_csv(60, {"-1", "1"})));
  const Table table = predict({folder_.write("x.csv", blobs_csv(6, {"-1", "1"}, 5))});
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[0].name, "p_-1");
  EXPECT_EQ(table.columns[1].name, "p_1");
  EXPECT_EQ(table.columns[2].numbers, (std::vector<double>{-1, 1, -1, 1, -1, 1}));
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(table.columns[0].numbers[i] + table.columns[1].numbers[i], 1.0, 1e-6);
  }
}

TEST_F(Trained, NpyHoldsWhatTheModelPredicts) {
  const std::string data = folder_.write("d.csv", blobs_csv(60, {"1", "2", "3"}));
  train(data);
  const CommandResult result =
      run_antler({"predict", model(), data, "-o", folder_.path("p.npy"), "--json"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_EQ(result.json().at("rows").as_integer(), 60);
  const Table table = read_csv(data);
  Tensor x = Tensor::zeros({60, 2});
  for (std::size_t i = 0; i < 60; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      x.mutable_data<float>()[2 * i + j] = static_cast<float>(table.columns[j].numbers[i]);
    }
  }
  const Tensor predicted = load_model(model()).predict(x);
  EXPECT_TRUE(identical(read_npy(folder_.path("p.npy")), predicted));
}

TEST_F(Trained, CsvFileHoldsWhatIsPrinted) {
  const std::string data = folder_.write("d.csv", blobs_csv(60, {"1", "2", "3"}));
  train(data, "2");
  const CommandResult printed = run_antler({"predict", model(), data});
  const CommandResult written = run_antler({"predict", model(), data, "-o", folder_.path("p.csv")});
  ASSERT_EQ(written.exit_code, kSuccess) << written.err;
  EXPECT_EQ(written.out, "wrote 60 predictions to " + folder_.path("p.csv") + "\n");
  EXPECT_EQ(contents(folder_.path("p.csv")), printed.out);
  EXPECT_EQ(printed.out.substr(0, 22), "p_1,p_2,p_3,prediction");
}

TEST_F(Trained, PredictJsonIsOneObjectARow) {
  const std::string data = folder_.write("d.csv", blobs_csv(30, {"cat", "dog"}));
  train(data);
  const CommandResult result = run_antler({"predict", model(), data, "--json"});
  const std::vector<Config> rows = result.json_lines();
  ASSERT_EQ(rows.size(), 30U);
  EXPECT_EQ(rows[1].at("prediction").as_string(), "dog");
  EXPECT_TRUE(rows[1].at("p_cat").is_number());
}

TEST_F(Trained, RawRowsWithTextAndBlanksAreCodedAsInTraining) {
  train(folder_.write("d.csv", prices_csv(200)), "60");
  const Table known =
      predict({folder_.write("x.csv", "size,color\n100,red\n100,blue\n100,green\n")});
  ASSERT_EQ(known.columns.size(), 1U);
  EXPECT_EQ(known.columns[0].name, "prediction");
  EXPECT_GT(known.columns[0].numbers[1], known.columns[0].numbers[2] + 1000);
  EXPECT_GT(known.columns[0].numbers[2], known.columns[0].numbers[0] + 1000);
  const CommandResult odd =
      run_antler({"predict", model(), folder_.write("y.csv", "size,color\n,red\n90,pink\n")});
  EXPECT_EQ(odd.exit_code, kSuccess);
  EXPECT_NE(odd.err.find("1 cell in \"color\" with text that training had not, such as \"pink\", "
                         "became no category"),
            std::string::npos)
      << odd.err;
  EXPECT_NE(odd.err.find("1 blank cell in \"size\" became the training mean"), std::string::npos);
}

TEST_F(Trained, MultilabelPredictionsAreTheLabelsOverOneHalf) {
  const std::string data = folder_.write("d.arff", labels_arff(200));
  folder_.write("d.xml", labels_xml());
  train(data);
  const Table table = predict({folder_.write("x.csv", "a,b\n2,2\n2,-2\n-2,2\n-2,-2\n")});
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[0].name, "p_hot");
  EXPECT_EQ(table.columns[2].texts, (std::vector<std::string>{"hot|wet", "hot", "wet", ""}));
  const CommandResult evaluated = run_antler({"evaluate", model(), data, "--json"});
  ASSERT_EQ(evaluated.exit_code, kSuccess) << evaluated.err;
  EXPECT_GT(evaluated.json().at("accuracy").as_number(), 0.9);
}

TEST_F(Trained, WithoutAHeaderColumnsGoByPosition) {
  std::string csv = blobs_csv(60, {"1", "2", "3"});
  csv.erase(0, csv.find('\n') + 1);
  const std::string data = folder_.write("d.csv", csv);
  train(data);
  const Table with = predict({data});
  const Table without = predict({folder_.write("x.csv", without_last_column(csv))});
  EXPECT_EQ(with.columns[3].numbers, without.columns[3].numbers);
  EXPECT_EQ(run_antler({"evaluate", model(), data}).exit_code, kSuccess);
}

TEST_F(Trained, SummaryShowsLayersAndCoding) {
  train(folder_.write("d.csv", blobs_csv(60, {"cat", "dog", "owl"})), "1");
  const CommandResult result = run_antler({"summary", model()});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_NE(result.out.find("normalization (Normalization)"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("\ntask: multiclass\ntarget: kind\nclasses: cat, dog, owl\nfeatures: "
                            "width, height\n"),
            std::string::npos)
      << result.out;
  const Config json = run_antler({"summary", model(), "--json"}).json();
  EXPECT_EQ(json.at("parameters").as_integer(), 2 * 25 + 25 + 25 * 15 + 15 + 15 * 3 + 3);
  EXPECT_EQ(json.at("layers").size(), 4U);
  EXPECT_EQ(json.at("coding").at("task").as_string(), "multiclass");
}

TEST_F(Trained, GradcheckAgreesForEachTask) {
  folder_.write("l.xml", labels_xml());
  for (const std::string& data :
       {folder_.write("c.csv", blobs_csv(60, {"1", "2", "3"})),
        folder_.write("b.csv", blobs_csv(60, {"no", "yes"})),
        folder_.write("p.csv", prices_csv(100)), folder_.write("l.arff", labels_arff(100))}) {
    train(data, "2");
    const CommandResult result = run_antler({"gradcheck", model(), "--json"});
    EXPECT_EQ(result.exit_code, kSuccess) << data << result.out << result.err;
    const Config report = result.json();
    EXPECT_TRUE(report.at("passed").as_bool());
    ASSERT_EQ(report.at("weights").size(), 6U);
    for (const Config& weight : report.at("weights").as_list()) {
      EXPECT_LT(weight.at("max_error").as_number(), 1e-5) << weight.to_string();
    }
  }
}

TEST_F(Trained, ModelsOfOthersWorkOnNumbers) {
  const Sequential model({Input({2}), Dense(3, {.activation = "softmax"})});
  model.compile({.loss = "sparse_categorical_crossentropy", .metrics = {"accuracy"}});
  model.save(this->model());
  const std::string data = folder_.write("d.csv", "a,b,y\n1,2,0\n3,4,2\n");
  const CommandResult evaluated = run_antler({"evaluate", this->model(), data, "--json"});
  ASSERT_EQ(evaluated.exit_code, kSuccess) << evaluated.err;
  EXPECT_TRUE(evaluated.json().contains("accuracy"));
  const Table table = predict({folder_.write("x.csv", "a,b\n1,2\n3,4\n")});
  EXPECT_EQ(table.columns[0].name, "p_0");
  EXPECT_EQ(table.columns[3].name, "prediction");
}

TEST_F(Trained, LogitsOfOtherModelsArePrintedAsProbabilities) {
  const Sequential model({Input({2}), Dense(3)});
  model.compile({.loss = SparseCategoricalCrossentropy({.from_logits = true})});
  model.save(this->model());
  const Table table = predict({folder_.write("x.csv", "a,b\n1,2\n3,4\n")});
  ASSERT_EQ(table.columns.size(), 4U);
  for (std::size_t i = 0; i < 2; ++i) {
    const double sum =
        table.columns[0].numbers[i] + table.columns[1].numbers[i] + table.columns[2].numbers[i];
    EXPECT_NEAR(sum, 1.0, 1e-5);
  }
}

// All examples stand on the kink of relu, where no gradient agrees with differences from both
// sides.
TEST_F(Trained, GradcheckFailsWhereDifferencesDisagree) {
  const Sequential model({Input({2}),
                          Dense(3, {.activation = "relu", .kernel_initializer = "zeros"}),
                          Dense(1, {.kernel_initializer = "ones"})});
  model.compile({.loss = "mse"});
  model.save(this->model());
  const CommandResult result = run_antler({"gradcheck", this->model()});
  EXPECT_EQ(result.exit_code, kWorkFailed) << result.err;
  EXPECT_NE(result.out.find("WRONG\n"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("\nfailed: gradients and finite differences disagree"),
            std::string::npos);
}

}  // namespace
}  // namespace antler::testing
