// Convolution: what each unit sees and what that saves, on a heartbeat's 100 samples; then real
// heartbeats (ECG200), and digits (MNIST) from few examples, beside a dense network.
#include <antler/antler.h>

#include <cstdio>

#include "accuracy.h"
#include "course.h"
#include "ecg200.h"
#include "numbers.h"
#include "receptive_field.h"
#include "seed_spread.h"

using namespace antler;
using course::accuracy, course::Numbers, course::Settings, datasets::Examples;

// Two Conv1D, their windows and strides as set, and a sigmoid.
Sequential network(int samples, int filters, const Settings& settings) {
  const Numbers windows = settings.numbers("windows"), strides = settings.numbers("strides");
  const auto convolution = [&](int i) {
    return Conv1D(filters, int(windows[i]), {.strides = int(strides[i]), .activation = "relu"});
  };
  return Sequential({Input({samples, 1}), convolution(0), convolution(1), Flatten(),
                     Dense(1, {.activation = "sigmoid"})});
}

Sequential digits_network(bool is_dense) {
  const Rescaling scaled(1.0 / 255);
  const Dense hidden(64, {.activation = "relu"}), output(10, {.activation = "softmax"});
  if (is_dense) return Sequential({Input({28, 28}), scaled, Flatten(), hidden, output});
  const Conv2D first(8, 3, {.activation = "relu"}), second(16, 3, {.activation = "relu"});
  return Sequential({Input({28, 28}), scaled, Reshape({28, 28, 1}), first, MaxPooling2D(2), second,
                     MaxPooling2D(2), Flatten(), output});
}

void tell_infarctions(int filters, const Settings& settings) {
  const Examples train = course::ecg200("TRAIN"), test = course::ecg200("TEST");
  const auto learn = [&](std::uint64_t seed) {
    set_random_seed(seed);
    const Sequential model = network(100, filters, settings);
    const bool is_one = filters == 1;
    return course::outcome(model, train, [&] {
      return accuracy(model, train, test, is_one ? 1e-2 : 3e-3, "binary_crossentropy", 16,
                      is_one ? 200 : 100);
    });
  };
  course::compare_seeds("ECG200, filters " + std::to_string(filters), settings.seed(),
                        settings.integer("seeds"), learn);
}

void read_digits(int count, std::uint64_t seed) {
  const auto [many, test] = datasets::mnist();
  for (const bool is_dense : {false, true}) {
    set_random_seed(seed);
    const double percent =
        accuracy(digits_network(is_dense), {many.x.slice(0, count), many.y.slice(0, count)}, test,
                 2e-3, "sparse_categorical_crossentropy", 32, 8 + 3000 / count);
    std::printf("%s, digits %d: %.1f %%\n", is_dense ? "dense" : "CNN", count, percent);
  }
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"samples", "100", "of the heartbeat in the picture"},
                      {"windows", "20,5", "of the two convolutions"},
                      {"strides", "10,2", "of them"},
                      {"filters", "1,2,16", "in each of the two, for ECG200"},
                      {"seeds", "20", "how many for ECG200, from --seed on"},
                      {"digits", "100,500,5000", "digits to learn from"}},
                     [](const Settings& settings) {
                       course::describe(network(settings.integer("samples"), 1, settings));
                       for (const double filters : settings.numbers("filters"))
                         tell_infarctions(int(filters), settings);
                       course::data_file("mnist/train-images-idx3-ubyte.gz");
                       for (const double count : settings.numbers("digits"))
                         read_digits(int(count), settings.seed());
                     });
}
