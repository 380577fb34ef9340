// The output layer follows from the target: each kind of target with the right output and a wrong
// one, behind 25 and 15 relu units; and hidden units beside hand-made features.
#include <antler/antler.h>

#include <cstdio>

#include "course.h"
#include "housing.h"
#include "output_layer.h"
#include "tables.h"
#include "tshirts.h"

using namespace antler;
using course::data_file, course::matrix, course::Output, course::Settings, course::split_in_fifths,
    course::train_and_test;
using datasets::Split;

const Output kLinear = {1, "linear", "mse", "root_mean_squared_error"};
const Output kRelu = {1, "relu", "mse", "root_mean_squared_error"};

void one_number(const Settings& settings) {
  const std::string file = data_file("tabular/california_housing.csv");
  const Split houses = split_in_fifths(course::read_housing(file));
  train_and_test("houses, linear", houses, kLinear, settings);
  train_and_test("houses, relu", houses, kRelu, settings);

  const course::Tshirts shirts(settings.numbers("recipe"));
  const Tensor inputs = matrix(shirts.inputs, 4), features = matrix(shirts.features, 3);
  const Tensor demand = matrix(shirts.demand, 1);
  std::printf("T-shirts: %d of %d rows without demand\n", shirts.unsold, int(demand.size()));
  const Split raw = split_in_fifths({inputs, demand}), made = split_in_fifths({features, demand}),
              cut = split_in_fifths({ops::minimum(features, 1), demand});
  const Sequential model = train_and_test("T-shirts, relu", raw, kRelu, settings);
  train_and_test("T-shirts, linear", raw, kLinear, settings);
  train_and_test("T-shirts, no hidden units", raw, kRelu, settings, {});
  train_and_test("T-shirts, hand-made features", made, kRelu, settings, {});
  train_and_test("T-shirts, the same up to 1", cut, kRelu, settings, {});
  const Tensor units = model.layers()[1](model.layers()[0](inputs));
  course::print("T-shirts, correlation of the features with a hidden unit:",
                course::best_correlations(features, units), " %.2f");
}

void classes_and_labels(const Settings& settings) {
  const char *binary = "binary_crossentropy", *sparse = "sparse_categorical_crossentropy";
  const char *right = "binary_accuracy", *right_class = "sparse_categorical_accuracy";
  const Split pima =
      split_in_fifths(course::read_examples(data_file("tabular/pima-indians-diabetes.csv")));
  train_and_test("pima, sigmoid", pima, {1, "sigmoid", binary, right}, settings);
  train_and_test("pima, softmax of one", pima, {1, "softmax", binary, right}, settings);

  const auto rows = course::read_examples(data_file("tabular/wine.csv"));
  const Split wine = split_in_fifths({rows.x, rows.y - 1});
  train_and_test("wine, softmax", wine, {3, "softmax", sparse, right_class}, settings);
  train_and_test("wine, linear", wine, {3, "linear", sparse, right_class}, settings);

  const auto moods = [](const char* file) -> datasets::Examples {
    const LabelledTable data = read_mulan(data_file(file), data_file("multilabel/emotions.xml"));
    return {course::columns(data.table, 0, 72), course::columns(data.table, 72, 78)};
  };
  const Split songs = {moods("multilabel/emotions-train.arff"),
                       moods("multilabel/emotions-test.arff")};
  train_and_test("emotions, sigmoids", songs, {6, "sigmoid", binary, "f1_score"}, settings);
  train_and_test("emotions, softmax", songs, {6, "softmax", "categorical_crossentropy", "f1_score"},
                 settings);
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"epochs", "20", "of each network"},
       {"rate", "0.003", "Adam's learning rate"},
       {"recipe", "2,1,1.5,-1", "demand by affordability, awareness, quality; a constant"}},
      [](const Settings& settings) {
        one_number(settings);
        classes_and_labels(settings);
      });
}
