// Keras' convolutional network on handwritten digits, and one with a hidden layer more.
//   mnist_convnet [epochs] [seeds] [training examples]
// MNIST where it is found ($ANTLER_DATA or the cache folder), else digits that Antler draws.
#include <antler/antler.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace antler;

std::vector<Layer> convnet() {
  return {Input({28, 28}),      Rescaling(1.0 / 255),
          Reshape({28, 28, 1}), Conv2D(32, 3, {.activation = "relu"}),
          MaxPooling2D(2),      Conv2D(64, 3, {.activation = "relu"}),
          MaxPooling2D(2),      Flatten()};
}

Sequential shallow() {
  std::vector<Layer> layers = convnet();
  layers.insert(layers.end(), {Dropout(0.5), Dense(10)});
  return Sequential(layers);
}

Sequential deep() {
  std::vector<Layer> layers = convnet();
  layers.insert(layers.end(), {Dense(128, {.activation = "relu"}), Dropout(0.5), Dense(10)});
  return Sequential(layers);
}

double accuracy(const Sequential& model, const datasets::Split& digits, int epochs) {
  model.compile({.optimizer = Adam({.learning_rate = 1e-3}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  model.fit(digits.train.x, digits.train.y, {.batch_size = 128, .epochs = epochs, .verbose = 0});
  return model.evaluate(digits.test.x, digits.test.y)["accuracy"];
}

bool has_mnist() {
  for (const datasets::Description& set : datasets::describe()) {
    if (set.name == "mnist") return set.is_found;
  }
  return false;
}

int main(int argc, char** argv) {
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 6, seeds = argc > 2 ? std::atoi(argv[2]) : 5;
  const char* name = has_mnist() ? "mnist" : "drawn_digits";
  datasets::Split digits = datasets::load(name);
  if (argc > 3) {
    const std::int64_t count = std::atoll(argv[3]);
    digits.train = {digits.train.x.slice(0, count), digits.train.y.slice(0, count)};
  }
  std::printf("%s: %lld digits to learn from, %lld to test\n", name,
              static_cast<long long>(digits.train.x.length()),
              static_cast<long long>(digits.test.x.length()));
  for (int seed = 0; seed < seeds; ++seed) {
    set_random_seed(static_cast<std::uint64_t>(seed));
    std::printf("convnet %.2f %% (seed %d)\n", 100 * accuracy(shallow(), digits, epochs), seed);
    std::fflush(stdout);
    set_random_seed(static_cast<std::uint64_t>(seed));
    std::printf("with Dense 128 %.2f %% (seed %d)\n", 100 * accuracy(deep(), digits, epochs), seed);
    std::fflush(stdout);
  }
}
