// antler doctor: each finding by a fault that is planted into a sound model or its data, and sound
// runs, in which nothing may be found.
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "antler/core/random.h"
#include "antler/data/npy.h"
#include "antler/layers/dense.h"
#include "antler/layers/input.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/metrics/accuracy.h"
#include "antler/metrics/auc.h"
#include "antler/metrics/confusion_metrics.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/sgd.h"
#include "antler/saving/saving.h"
#include "tests/cli/sample_data.h"
#include "tests/data/files.h"
#include "tests/support/command.h"

namespace antler::testing {
namespace {

constexpr int kRows = 200;

// Two features of deviation 1; class 1 where their sum is above 0, 2 where it is far above.
struct Rows {
  std::vector<double> a, b, label;
};

Rows drawn_rows(int classes = 2) {
  const RandomStream random(0, 5, 0);
  Rows rows;
  for (int i = 0; i < kRows; ++i) {
    rows.a.push_back(random.normal(static_cast<std::uint64_t>(2 * i)));
    rows.b.push_back(random.normal(static_cast<std::uint64_t>(2 * i + 1)));
    const double sum = rows.a.back() + rows.b.back();
    rows.label.push_back((sum > 0 ? 1 : 0) + (classes > 2 && sum > 1 ? 1 : 0));
  }
  return rows;
}

std::string csv_of(const Rows& rows) {
  std::ostringstream csv;
  csv << "a,b,label\n";
  for (std::size_t i = 0; i < rows.a.size(); ++i) {
    csv << rows.a[i] << ',' << rows.b[i] << ',' << rows.label[i] << '\n';
  }
  return csv.str();
}

// What a test changes of the sound model.
struct Plan {
  std::vector<Layer> hidden = {Dense(8, {.activation = "relu", .name = "hidden"})};
  std::int64_t units = 1;
  std::string activation = "sigmoid";
  Optimizer optimizer = SGD({.learning_rate = 0.1});
  LossesArg loss = "binary_crossentropy";
  MetricsArg metrics = {"accuracy"};
};

class Doctor : public ::testing::Test {
 protected:
  Sequential model(const Plan& plan = {}) const {
    set_random_seed(1);
    std::vector<Layer> layers = {Input({2})};
    layers.insert(layers.end(), plan.hidden.begin(), plan.hidden.end());
    layers.push_back(Dense(plan.units, {.activation = plan.activation, .name = "out"}));
    Sequential made(layers);
    made.compile({.optimizer = plan.optimizer, .loss = plan.loss, .metrics = plan.metrics});
    return made;
  }

  std::string save(const Model& model) const {
    model.save(folder_.path("m.keras"));
    return folder_.path("m.keras");
  }

  // The findings for a model and data: their kinds, in order; the whole of them in `findings_`.
  std::vector<std::string> kinds(const Model& model, const std::vector<std::string>& data) {
    return kinds_of_file(save(model), data);
  }
  std::vector<std::string> kinds(const Model& model, const Rows& rows = drawn_rows()) {
    return kinds(model, {folder_.write("d.csv", csv_of(rows))});
  }
  std::vector<std::string> kinds_of_file(const std::string& file,
                                         const std::vector<std::string>& data) {
    std::vector<std::string> arguments = {"doctor", file};
    arguments.insert(arguments.end(), data.begin(), data.end());
    arguments.emplace_back("--json");
    const CommandResult result = run_antler(arguments);
    EXPECT_EQ(result.exit_code, kSuccess) << result.err;
    diagnosis_ = result.json();
    std::vector<std::string> kinds;
    for (const Config& finding : diagnosis_.at("findings").as_list()) {
      kinds.push_back(finding.at("kind").as_string());
      for (const char* part : {"place", "measured", "means", "try"}) {
        EXPECT_FALSE(finding.at(part).as_string().empty()) << part;
      }
    }
    return kinds;
  }
  std::string said(const char* part, int finding = 0) const {
    return diagnosis_.at("findings")[finding].at(part).as_string();
  }

  TemporaryFolder folder_;
  Config diagnosis_;
};

using Kinds = std::vector<std::string>;

// ---------------------------------------------------------------------------- sound runs

TEST_F(Doctor, FindsNothingInASoundModelBeforeAndAfterTraining) {
  const Sequential sound = model();
  EXPECT_EQ(kinds(sound), Kinds()) << diagnosis_.to_string();
  const Rows rows = drawn_rows();
  Tensor x = Tensor::zeros({kRows, 2}), y = Tensor::zeros({kRows, 1});
  for (std::size_t i = 0; i < kRows; ++i) {
    x.mutable_data<float>()[2 * i] = static_cast<float>(rows.a[i]);
    x.mutable_data<float>()[2 * i + 1] = static_cast<float>(rows.b[i]);
    y.mutable_data<float>()[i] = static_cast<float>(rows.label[i]);
  }
  sound.fit(x, y, {.epochs = 60, .verbose = 0});
  EXPECT_EQ(kinds(sound), Kinds()) << diagnosis_.to_string();
}

TEST_F(Doctor, FindsNothingInWhatTrainMakesOfClasses) {
  const std::string data = folder_.write("d.csv", blobs_csv(120, {"cat", "dog", "owl"}));
  const std::string file = folder_.path("t.keras");
  ASSERT_EQ(run_antler({"train", data, "--epochs", "40", "-o", file}).exit_code, kSuccess);
  EXPECT_EQ(kinds_of_file(file, {data}), Kinds()) << diagnosis_.to_string();
}

TEST_F(Doctor, FindsNothingInWhatTrainMakesOfDigits) {
  const std::string file = folder_.path("t.keras");
  ASSERT_EQ(run_antler({"train", "drawn_digits", "--epochs", "2", "-o", file}).exit_code, kSuccess);
  EXPECT_EQ(kinds_of_file(file, {"drawn_digits"}), Kinds()) << diagnosis_.to_string();
}

TEST_F(Doctor, FindsNothingInWhatTrainMakesOfPrices) {
  const std::string data = folder_.write("d.csv", prices_csv(150));
  const std::string file = folder_.path("t.keras");
  ASSERT_EQ(run_antler({"train", data, "--epochs", "40", "-o", file}).exit_code, kSuccess);
  EXPECT_EQ(kinds_of_file(file, {data}), Kinds()) << diagnosis_.to_string();
}

// ---------------------------------------------------------------------------- units

TEST_F(Doctor, SeesDeadUnits) {
  const Sequential sick = model();
  std::vector<Tensor> weights = sick.get_weights();
  for (int i = 0; i < 5; ++i) weights[1].mutable_data<float>()[i] = -100;
  sick.set_weights(weights);
  EXPECT_EQ(kinds(sick), Kinds({"dead_units"}));
  EXPECT_EQ(said("place"), "hidden (Dense)");
  EXPECT_EQ(said("measured"), "5 of 8 units are 0 for all 200 examples");
}

TEST_F(Doctor, SeesFlatUnits) {
  for (const char* activation : {"sigmoid", "tanh", "hard_sigmoid"}) {
    const Sequential sick =
        model({.hidden = {Dense(8, {.activation = activation, .name = "hidden"})}});
    std::vector<Tensor> weights = sick.get_weights();
    for (int i = 0; i < 4; ++i) weights[1].mutable_data<float>()[i] = i % 2 == 0 ? 50 : -50;
    sick.set_weights(weights);
    EXPECT_EQ(kinds(sick), Kinds({"flat_units"})) << activation;
    EXPECT_TRUE(said("measured").starts_with("4 of 8 units lie on a flat end of ")) << activation;
  }
}

// ---------------------------------------------------------------------------- gradients

TEST_F(Doctor, SeesVanishingGradients) {
  Plan plan = {.hidden = {}};
  for (int i = 0; i < 10; ++i) {
    plan.hidden.push_back(
        Dense(8, {.activation = "sigmoid", .name = "hidden" + std::to_string(i)}));
  }
  const Kinds found = kinds(model(plan));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "vanishing_gradients");
  EXPECT_EQ(said("place").find("hidden0"), said("place").size() - 7) << said("place");
}

TEST_F(Doctor, SeesExplodingGradients) {
  Plan plan = {.hidden = {}};
  for (int i = 0; i < 4; ++i) {
    plan.hidden.push_back(Dense(8, {.activation = "linear", .name = "hidden" + std::to_string(i)}));
  }
  const Sequential sick = model(plan);
  std::vector<Tensor> weights = sick.get_weights();
  for (std::size_t i = 2; i < 8; i += 2) {
    for (float& weight : weights[i].mutable_data<float>()) weight *= 100;
  }
  sick.set_weights(weights);
  EXPECT_EQ(kinds(sick), Kinds({"exploding_gradients"}));
  EXPECT_EQ(said("place"), "hidden0 (Dense)");
}

TEST_F(Doctor, SeesWhatIsNotFinite) {
  const Sequential sick = model();
  std::vector<Tensor> weights = sick.get_weights();
  weights[0].mutable_data<float>()[3] = NAN;
  sick.set_weights(weights);
  EXPECT_EQ(kinds(sick), Kinds({"not_finite"}));
  EXPECT_EQ(said("place"), "hidden (Dense)");
}

// ---------------------------------------------------------------------------- labels

Plan three_classes() {
  return {.units = 3, .activation = "softmax", .loss = "sparse_categorical_crossentropy"};
}

TEST_F(Doctor, SeesClassNumbersFromOne) {
  Rows rows = drawn_rows(3);
  EXPECT_EQ(kinds(model(three_classes()), rows), Kinds()) << diagnosis_.to_string();
  EXPECT_FALSE(diagnosis_.at("is_cut_short").as_bool());
  for (double& label : rows.label) label += 1;
  EXPECT_EQ(kinds(model(three_classes()), rows), Kinds({"labels"}));
  EXPECT_EQ(said("measured"), "class numbers from 1 to 3, 3 units in out (Dense)");
  EXPECT_EQ(said("try"), "subtract 1: classes are counted from 0");
  EXPECT_TRUE(diagnosis_.at("is_cut_short").as_bool());
  rows.label[7] = 12;
  EXPECT_EQ(kinds(model(three_classes()), rows), Kinds({"labels"}));
  EXPECT_EQ(said("measured"), "class numbers from 1 to 12, 3 units in out (Dense)");
}

TEST_F(Doctor, SeesOneHotTargetsOfASparseLossAndTheOtherWayRound) {
  const Rows rows = drawn_rows(3);
  Tensor x = Tensor::zeros({kRows, 2}), one_hot = Tensor::zeros({kRows, 3});
  Tensor numbers = Tensor::zeros({kRows});
  for (std::size_t i = 0; i < kRows; ++i) {
    x.mutable_data<float>()[2 * i] = static_cast<float>(rows.a[i]);
    x.mutable_data<float>()[2 * i + 1] = static_cast<float>(rows.b[i]);
    one_hot.mutable_data<float>()[3 * i + static_cast<std::size_t>(rows.label[i])] = 1;
    numbers.mutable_data<float>()[i] = static_cast<float>(rows.label[i]);
  }
  const std::string x_file = folder_.path("x.npy"), y_file = folder_.path("y.npy");
  write_npy(x_file, x);
  write_npy(y_file, one_hot);
  EXPECT_EQ(kinds(model(three_classes()), {x_file, y_file}), Kinds({"labels"}));
  EXPECT_TRUE(said("try").starts_with("compile with categorical_crossentropy"));

  Plan plan = three_classes();
  plan.loss = "categorical_crossentropy";
  EXPECT_EQ(kinds(model(plan), {x_file, y_file}), Kinds()) << diagnosis_.to_string();
  write_npy(y_file, numbers);
  EXPECT_EQ(kinds(model(plan), {x_file, y_file}), Kinds({"labels"}));
  EXPECT_TRUE(said("try").starts_with("compile with sparse_categorical_crossentropy"));
}

TEST_F(Doctor, SeesLabelsOfOneClass) {
  Rows rows = drawn_rows();
  for (double& label : rows.label) label = 1;
  EXPECT_EQ(kinds(model(), rows), Kinds({"one_class"}));
  EXPECT_EQ(said("measured"), "the same target in all 200 rows");
}

TEST_F(Doctor, SeesASoftmaxOfOneUnit) {
  const Kinds found = kinds(model({.activation = "softmax"}));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "softmax_of_one");
  EXPECT_EQ(said("place"), "out (Dense)");
}

TEST_F(Doctor, SeesTargetsThatTheOutputCannotReach) {
  Rows rows = drawn_rows();
  for (double& label : rows.label) label = 2 * label - 1;
  EXPECT_EQ(kinds(model(), rows), Kinds({"targets"}));
  EXPECT_NE(said("measured").find("targets from -1 to 1"), std::string::npos);

  Plan plan = {.activation = "tanh", .loss = "mse", .metrics = {}};
  EXPECT_EQ(kinds(model(plan), rows), Kinds()) << diagnosis_.to_string();
  rows.label[0] = 30;
  EXPECT_EQ(kinds(model(plan), rows), Kinds({"targets"}));
  EXPECT_EQ(said("means"), "tanh never gives such a value");
  plan.activation = "relu";
  const Kinds found = kinds(model(plan), rows);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "targets");
  EXPECT_NE(said("measured").find("below 0"), std::string::npos) << said("measured");
}

// ---------------------------------------------------------------------------- features

TEST_F(Doctor, SeesUnscaledFeatures) {
  Rows rows = drawn_rows();
  for (double& value : rows.b) value = 300 + 200 * value;
  const Kinds found = kinds(model(), rows);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "unscaled_features");
  EXPECT_TRUE(said("measured").starts_with("b has mean 2")) << said("measured");
  EXPECT_NE(said("measured").find(", a deviation "), std::string::npos) << said("measured");
}

TEST_F(Doctor, SeesFeaturesOfVeryDifferentScale) {
  Rows rows = drawn_rows();
  for (double& value : rows.b) value *= 0.001;
  EXPECT_EQ(kinds(model(), rows), Kinds({"unscaled_features"}));
  for (double& value : rows.a) value *= 0.001;
  const Kinds found = kinds(model(), rows);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "unscaled_features");
}

TEST_F(Doctor, SeesConstantColumns) {
  Rows rows = drawn_rows();
  for (double& value : rows.b) value = 0.5;
  EXPECT_EQ(kinds(model(), rows), Kinds({"constant_features"}));
  EXPECT_EQ(said("place"), "b");
  EXPECT_EQ(said("measured"), "1 of 2 inputs have one value in all 200 rows");
}

// ---------------------------------------------------------------------------- logits

TEST_F(Doctor, SeesAFromLogitsThatDoesNotFitTheActivation) {
  Plan plan = {.loss = BinaryCrossentropy({.from_logits = true})};
  EXPECT_EQ(kinds(model(plan)), Kinds({"logits"}));
  EXPECT_NE(said("measured").find("activation sigmoid"), std::string::npos);
  EXPECT_NE(said("measured").find("from_logits=true"), std::string::npos);
  plan = three_classes();
  plan.activation = "linear";
  Kinds found = kinds(model(plan), drawn_rows(3));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "logits");
  EXPECT_NE(said("try").find("softmax"), std::string::npos);
  plan.loss = SparseCategoricalCrossentropy({.from_logits = true});
  EXPECT_EQ(kinds(model(plan), drawn_rows(3)), Kinds()) << diagnosis_.to_string();
}

TEST_F(Doctor, SeesAnAccuracyOfLogits) {
  Plan plan = {.activation = "linear", .loss = BinaryCrossentropy({.from_logits = true})};
  EXPECT_EQ(kinds(model(plan)), Kinds({"metric_on_logits"}));
  EXPECT_EQ(said("place"), "accuracy (BinaryAccuracy)");
  EXPECT_NE(said("measured").find("threshold 0.5"), std::string::npos);
  plan.metrics = {metrics::BinaryAccuracy({.threshold = 0})};
  EXPECT_EQ(kinds(model(plan)), Kinds()) << diagnosis_.to_string();
  plan.metrics = {metrics::AUC(), metrics::Precision()};
  EXPECT_EQ(kinds(model(plan)), Kinds({"metric_on_logits", "metric_on_logits"}));
}

// ---------------------------------------------------------------------------- rate

TEST_F(Doctor, SeesARateThatIsTooLarge) {
  const Plan plan = {
      .activation = "linear", .optimizer = SGD({.learning_rate = 2}), .loss = "mse", .metrics = {}};
  EXPECT_EQ(kinds(model(plan)), Kinds({"rate_too_large"}));
  EXPECT_EQ(said("place"), "SGD, learning_rate 2");
  EXPECT_NE(said("measured").find("at 0.2 the loss goes from "), std::string::npos);
  EXPECT_EQ(said("try"), "try a learning_rate of 0.2");
}

TEST_F(Doctor, NamesASmallerRateThatLearnsWhereATenthIsTooLargeToo) {
  const Plan plan = {.activation = "linear",
                     .optimizer = SGD({.learning_rate = 50}),
                     .loss = "mse",
                     .metrics = {}};
  EXPECT_EQ(kinds(model(plan)), Kinds({"rate_too_large"}));
  EXPECT_NE(said("measured").find("at 50 the loss goes from "), std::string::npos);
  EXPECT_EQ(said("try"), "try a learning_rate of 0.5");
}

TEST_F(Doctor, SeesARateThatIsTooSmall) {
  EXPECT_EQ(kinds(model({.optimizer = SGD({.learning_rate = 1e-5})})), Kinds({"rate_too_small"}));
  EXPECT_NE(said("measured").find("at 0.001 the loss goes from "), std::string::npos);
  EXPECT_EQ(said("try"), "try a learning_rate of 0.001");
}

// ---------------------------------------------------------------------------- the command

TEST_F(Doctor, LeavesTheFileAsItIs) {
  const std::string file = save(model());
  const std::string before = contents(file);
  kinds_of_file(file, {folder_.write("d.csv", csv_of(drawn_rows()))});
  EXPECT_EQ(contents(file), before);
}

TEST_F(Doctor, SaysInWordsWhatItFinds) {
  Rows rows = drawn_rows();
  for (double& label : rows.label) label = 1;
  const std::string file = save(model()), data = folder_.write("d.csv", csv_of(rows));
  const CommandResult result = run_antler({"doctor", file, data});
  EXPECT_EQ(result.exit_code, kSuccess) << result.err;
  EXPECT_EQ(result.out, file + R"(, 200 rows: 1 finding

one_class: targets
  measured  the same target in all 200 rows
  means     a bias alone meets it, and the features teach nothing
  try       look at how the rows were chosen, and add rows of other targets
)");
  const std::string sound = folder_.write("s.csv", csv_of(drawn_rows()));
  EXPECT_EQ(run_antler({"doctor", file, sound}).out, file + ", 200 rows: nothing found\n");
}

TEST_F(Doctor, JsonHasExactlyTheseKeys) {
  EXPECT_EQ(kinds(model()), Kinds());
  EXPECT_EQ(diagnosis_.to_string(),
            R"({"model": ")" + folder_.path("m.keras") +
                R"(", "rows": 200, "findings": [], "is_cut_short": false})");
}

TEST_F(Doctor, TakesTheTargetByName) {
  std::string csv = csv_of(drawn_rows());
  csv.replace(0, csv.find('\n'), "label,b,a");  // "label" is a feature's column now
  const std::string data = folder_.write("d.csv", csv);
  EXPECT_EQ(kinds_of_file(save(model()), {data, "--target", "a"}), Kinds());
  const Kinds found = kinds_of_file(save(model()), {data, "--target", "label"});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "targets");
}

TEST_F(Doctor, RefusesWhatItCannotExamine) {
  const std::string data = folder_.write("d.csv", csv_of(drawn_rows()));
  const Sequential plain({Input({2}), Dense(1)});
  const CommandResult result = run_antler({"doctor", save(plain), data});
  EXPECT_EQ(result.exit_code, kWorkFailed);
  EXPECT_NE(result.err.find("expected a compiled model, got one without a loss"), std::string::npos)
      << result.err;
  const std::string file = folder_.path("t.keras");
  ASSERT_EQ(run_antler({"train", data, "--epochs", "1", "-o", file}).exit_code, kSuccess);
  const CommandResult known = run_antler({"doctor", file, data, "--target", "a"});
  EXPECT_EQ(known.exit_code, kWorkFailed);
  EXPECT_NE(known.err.find("--target: expected none, for the model knows its own: label"),
            std::string::npos)
      << known.err;
}

TEST_F(Doctor, WrongUseIsStatusTwo) {
  EXPECT_EQ(run_antler({"doctor"}).exit_code, kWrongUse);
  EXPECT_EQ(run_antler({"doctor", "m.keras"}).exit_code, kWrongUse);
  const CommandResult result = run_antler({"doctor", "m.keras", "d.csv", "--targt", "a"});
  EXPECT_EQ(result.exit_code, kWrongUse);
  EXPECT_NE(result.err.find("--target"), std::string::npos) << result.err;
  EXPECT_NE(run_antler({"doctor", "--help"}).out.find("A finding is no failure"),
            std::string::npos);
}

}  // namespace
}  // namespace antler::testing
