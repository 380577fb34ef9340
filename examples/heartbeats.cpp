// Heartbeat or infarction: a convolutional network on 100 electrocardiograms, tested on 100 others.
//   heartbeats ECG200_TRAIN.txt ECG200_TEST.txt [epochs] [seeds]
#include <antler/antler.h>

#include <cstdio>
#include <cstdlib>

using namespace antler;

struct Examples {
  Tensor x, y;  // (beats, samples, 1), and 1 for a normal beat
};

// A row is the label, -1 or 1, and the samples.
Examples read(const char* path) {
  const Value rows = read_numbers(path).astype(DType::float32);
  const std::int64_t columns = rows.shape()[1];
  return {ops::expand_dims(ops::slice(rows, {0, 1}, {rows.shape()[0], columns - 1}), -1),
          ops::greater(ops::slice(rows, {0, 0}, {rows.shape()[0], 1}), 0)};
}

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: heartbeats ECG200_TRAIN.txt ECG200_TEST.txt [epochs] [seeds]\n");
    return 2;
  }
  const Examples train = read(argv[1]), test = read(argv[2]);
  const int epochs = argc > 3 ? std::atoi(argv[3]) : 50, seeds = argc > 4 ? std::atoi(argv[4]) : 5;
  for (int seed = 0; seed < seeds; ++seed) {
    set_random_seed(static_cast<std::uint64_t>(seed));
    const Sequential model({Input({train.x.shape()[1], 1}), Conv1D(16, 7, {.activation = "relu"}),
                            MaxPooling1D(2), Conv1D(32, 5, {.activation = "relu"}), MaxPooling1D(2),
                            Flatten(), Dense(1)});
    model.compile({.optimizer = Adam({.learning_rate = 3e-3}),
                   .loss = BinaryCrossentropy({.from_logits = true}),
                   .metrics = {metrics::BinaryAccuracy({.threshold = 0, .name = "accuracy"})}});
    model.fit(train.x, train.y, {.batch_size = 16, .epochs = epochs, .verbose = 0});
    const Logs result = model.evaluate(test.x, test.y);
    std::printf("accuracy %.0f %% (seed %d)\n", 100 * result["accuracy"], seed);
  }
}
