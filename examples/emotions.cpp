// Which moods has a piece of music? Several may be true at once: one sigmoid each.
//   emotions emotions-train.arff emotions-test.arff emotions.xml [epochs] [seeds]
#include <antler/antler.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace antler;

struct Examples {
  Tensor x, y;  // (pieces, features), (pieces, moods)
};

Examples read(const char* arff, const char* xml) {
  const LabelledTable data = read_mulan(arff, xml);
  const std::vector<Column>& columns = data.table.columns;
  const std::int64_t rows = data.table.row_count();
  std::vector<float> x, y;
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const bool is_label = std::count(data.labels.begin(), data.labels.end(), c) > 0;
      if (!is_label) x.push_back(static_cast<float>(columns[c].numbers[row]));
    }
    for (const std::int64_t label : data.labels) {
      const auto& numbers = columns[static_cast<std::size_t>(label)].numbers;
      y.push_back(static_cast<float>(numbers[row]));
    }
  }
  return {Tensor::from(x, {rows, None}), Tensor::from(y, {rows, None})};
}

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: emotions TRAIN.arff TEST.arff LABELS.xml [epochs] [seeds]\n");
    return 2;
  }
  const Examples train = read(argv[1], argv[3]), test = read(argv[2], argv[3]);
  const int epochs = argc > 4 ? std::atoi(argv[4]) : 50, seeds = argc > 5 ? std::atoi(argv[5]) : 5;
  const std::int64_t moods = train.y.shape()[1];
  for (int seed = 0; seed < seeds; ++seed) {
    set_random_seed(static_cast<std::uint64_t>(seed));
    const Normalization standardized;
    standardized.adapt(train.x);
    const Sequential model({Input({train.x.shape()[1]}), standardized,
                            Dense(25, {.activation = "relu"}), Dense(15, {.activation = "relu"}),
                            Dense(moods, {.activation = "sigmoid"})});
    model.compile({.optimizer = "adam",
                   .loss = "binary_crossentropy",
                   .metrics = {metrics::F1Score({.average = "micro", .threshold = 0.5})}});
    model.fit(train.x, train.y, {.epochs = epochs, .verbose = 0});
    std::printf("micro F1 %.3f (seed %d)\n", model.evaluate(test.x, test.y)["f1_score"], seed);
  }
}
