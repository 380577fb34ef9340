// The program of README.md. Where MNIST is not found, drawn digits stand in for it.
#include <antler/antler.h>

#include <iostream>

using namespace antler;

namespace {

datasets::Split digits() {
  try {
    return datasets::mnist();
  } catch (const FileError&) {
    return datasets::load("drawn_digits");
  }
}

}  // namespace

int main() {
  set_random_seed(0);
  auto [train, test] = digits();

  Sequential model({Input({28, 28}), Rescaling(1.0 / 255), Flatten(),
                    Dense(25, {.activation = "relu"}), Dense(15, {.activation = "relu"}),
                    Dense(10, {.name = "logits"})});
  model.compile({.optimizer = Adam({.learning_rate = 1e-3}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  History history =
      model.fit(train.x, train.y, {.epochs = 20, .verbose = 2, .validation_split = 0.1});
  const double accuracy = model.evaluate(test.x, test.y)["accuracy"];
  Tensor p = ops::softmax(model.predict(test.x));
  model.save("digits.keras");

  std::cout << "test accuracy: " << accuracy << "\n";
  const bool learned = history["val_loss"].back() < history["val_loss"].front();
  const bool is_whole =
      p.shape() == Shape{test.x.length(), 10} &&
      identical(load_model("digits.keras").predict(test.x), model.predict(test.x));
  return accuracy >= 0.94 && learned && is_whole ? 0 : 1;
}
