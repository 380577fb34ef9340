// Handwritten zeros and ones, 400-25-15-1 sigmoid units: trained with a sigmoid at the end, and
// from the logits in front of it; both forms give the same numbers.
#include <antler/antler.h>

#include <algorithm>
#include <cstdio>

#include "course.h"
#include "numbers.h"

using namespace antler;
using course::Numbers;

struct Trained {
  Numbers losses, probabilities;  // an epoch; an example
};

// stable_rewrites would turn the first form into the second: here each is what it says.
Trained train(bool from_logits, const Tensor& x, const Tensor& y, int epochs) {
  const Sequential model({Input({400}), Dense(25, {.activation = "sigmoid"}),
                          Dense(15, {.activation = "sigmoid"}),
                          Dense(1, {.activation = from_logits ? "linear" : "sigmoid"})});
  model.compile({.optimizer = Adam({.learning_rate = 0.001}),
                 .loss = BinaryCrossentropy({.from_logits = from_logits}),
                 .stable_rewrites = false});
  const Numbers losses = model.fit(x, y, {.epochs = epochs, .verbose = 0})["loss"];
  const Tensor output = model.predict(x);
  return {losses, course::numbers_of({from_logits ? Tensor(ops::sigmoid(output)) : output})};
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"digits", "0,1", "which two to tell apart"},
       {"seeds", "5", "how many, from --seed on"},
       {"epochs", "20", "of each training"}},
      [](const course::Settings& settings) {
        const Tensor digits = read_npy(course::data_file("course/X_reconstructed.npy.gz"));
        const auto of_digit = [&](double digit) {  // 500 of each, one after the other
          const auto first = static_cast<std::int64_t>(500 * digit);
          return digits.slice(first, first + 500).astype(DType::float32);
        };
        const Numbers two = settings.numbers("digits");
        const Tensor x = ops::concatenate({of_digit(two[0]), of_digit(two[1])}, 0);
        const Tensor y = ops::concatenate({Tensor::zeros({500, 1}), Tensor::ones({500, 1})}, 0);

        const int epochs = settings.integer("epochs");
        double losses_differ = 0, probabilities_differ = 0;
        for (int k = 0; k < settings.integer("seeds"); ++k) {
          Trained forms[2];
          for (const bool from_logits : {false, true}) {
            set_random_seed(settings.seed() + k);
            const Trained trained = forms[from_logits] = train(from_logits, x, y, epochs);
            int errors = 0;
            for (int i = 0; i < 1000; ++i)
              errors += (trained.probabilities[i] >= 0.5) != (i >= 500);
            std::printf("seed %d, %s: epoch 1: %.4f, epoch %d: %.4f, errors: %d\n",
                        int(settings.seed()) + k, from_logits ? "from logits" : "with sigmoid",
                        trained.losses.front(), epochs, trained.losses.back(), errors);
          }
          losses_differ =
              std::max(losses_differ, course::largest_difference(forms[0].losses, forms[1].losses));
          probabilities_differ =
              std::max(probabilities_differ,
                       course::largest_difference(forms[0].probabilities, forms[1].probabilities));
        }
        std::printf("the forms differ at most in a loss by %.0e, and in a probability by %.0e\n",
                    losses_differ, probabilities_differ);
      });
}
