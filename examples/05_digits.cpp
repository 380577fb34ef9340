// The course's 5,000 digits, 400-25-15-10: as recommended, from logits, with several seeds; then in
// the form with softmax, with and without the rewrite that makes it as good; and a start that is
// sure of a wrong class, from which that form without the rewrite learns nothing.
#include <antler/antler.h>

#include <cstdio>

#include "course.h"
#include "numbers.h"

using namespace antler;
using course::Numbers, course::Settings;

enum class Form { from_logits, softmax, softmax_as_written };

struct Digits {
  Tensor x, y;
};

Sequential network(Form form) {
  const char* last = form == Form::from_logits ? "linear" : "softmax";
  Sequential model({Input({400}), Dense(25, {.activation = "relu"}),
                    Dense(15, {.activation = "relu"}), Dense(10, {.activation = last})});
  model.compile({.optimizer = Adam({.learning_rate = 0.001}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = form == Form::from_logits}),
                 .stable_rewrites = form != Form::softmax_as_written});
  return model;
}

// The loss of the first and of the last epoch, and the digits that are taken for others then.
// `sure` is added to the logit of class 0 at the start.
Numbers train(const Digits& digits, Form form, double sure, std::uint64_t seed, int epochs) {
  set_random_seed(seed);
  const Sequential model = network(form);
  std::vector<Tensor> weights = model.get_weights();
  weights.back().mutable_data<float>()[0] += static_cast<float>(sure);
  model.set_weights(weights);
  const Numbers losses = model.fit(digits.x, digits.y, {.epochs = epochs, .verbose = 0})["loss"];
  const Tensor classes = ops::argmax(model.predict(digits.x), {.axis = -1});
  int errors = 0;
  for (int i = 0; i < classes.size(); ++i) errors += classes.item(i) != digits.y.item(i);
  const Variable& steps = model.optimizer().base().iterations();
  return {losses.front(), losses.back(), double(errors), steps.read().item()};
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"seeds", "5", "how many, from --seed on"},
       {"epochs", "40", "of each training"},
       {"sure", "30", "logit of class 0 at the sure start; the others are near 0"}},
      [](const Settings& settings) {
        const Digits digits = {read_npy(course::data_file("course/X_reconstructed.npy.gz")),
                               read_npy(course::data_file("course/y.npy"))};
        const int epochs = settings.integer("epochs"), seed = int(settings.seed());
        for (int k = 0; k < settings.integer("seeds"); ++k) {
          const Numbers found = train(digits, Form::from_logits, 0, seed + k, epochs);
          std::printf("seed %d: epoch 1: %.4f, epoch %d: %.4f, errors: %.0f, steps: %.0f\n",
                      seed + k, found[0], epochs, found[1], found[2], found[3]);
        }
        for (const double sure : {0.0, settings.number("sure")}) {
          const std::string start = sure == 0 ? "plain" : "sure";
          std::printf("\n%s start, seed %d: first loss, last loss, errors, steps\n", start.c_str(),
                      seed);
          for (const auto& [form, name] :
               {std::pair(Form::from_logits, "from logits"), std::pair(Form::softmax, "softmax"),
                std::pair(Form::softmax_as_written, "softmax as written")}) {
            course::print(start + " start, " + name + ":", train(digits, form, sure, seed, epochs),
                          " %.5g");
          }
        }
      });
}
