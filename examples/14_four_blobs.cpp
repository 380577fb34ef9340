// Four blobs of points, told apart by two relu units and four linear ones: where each unit switches
// on, what the second layer sees, and what went wrong for the seeds that fail.
#include <antler/antler.h>

#include <cstdio>

#include "blobs.h"
#include "course.h"
#include "tables.h"

using namespace antler;
using datasets::Examples;

Sequential two_and_four(double rate, std::uint64_t seed) {
  set_random_seed(seed);
  const Sequential model({Input({2}), Dense(2, {.activation = "relu"}), Dense(4)});
  model.compile({.optimizer = Adam({.learning_rate = rate}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  return model;
}

double last_loss(const Sequential& model, const Examples& blobs, int from, int to) {
  return model.fit(blobs.x, blobs.y, {.epochs = to, .verbose = 0, .initial_epoch = from})["loss"]
      .back();
}

void train_larger(const Examples& blobs, std::uint64_t seed, int epochs, bool from_logits) {
  set_random_seed(seed);
  const Dense output(4, {.activation = from_logits ? "linear" : "softmax"});
  const Sequential model(
      {Input({2}), Dense(25, {.activation = "relu"}), Dense(15, {.activation = "relu"}), output});
  model.compile(
      {.optimizer = "adam", .loss = SparseCategoricalCrossentropy({.from_logits = from_logits})});
  std::printf("25-15-4, %s: loss of epoch %d: %.5f\n", from_logits ? "logits" : "softmax", epochs,
              last_loss(model, blobs, 0, epochs));
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"seeds", "40", "how many, from --seed on"},
       {"epochs", "200", "of the small network; failures get as many again"},
       {"rate", "0.01", "Adam's learning rate for it"},
       {"limit", "0.05", "a loss under it is a success"},
       {"larger", "10", "epochs of the network 25-15-4"}},
      [](const course::Settings& settings) {
        const Examples blobs =
            course::read_examples(course::data_file("course/blobs_m100_seed30.csv"));
        const int seeds = settings.integer("seeds"), epochs = settings.integer("epochs");
        int good = 0, good_cut = 0, dead = 0, cut = 0;
        for (int k = 0; k < seeds; ++k) {
          const std::uint64_t seed = settings.seed() + k;
          const Sequential model = two_and_four(settings.number("rate"), seed);
          const double loss = last_loss(model, blobs, 0, epochs);
          const course::Hidden hidden(model, blobs);
          if (k == 0) course::describe(model, blobs);
          if (loss < settings.number("limit")) {
            ++good;
            good_cut += hidden.cut_off;
            continue;
          }
          hidden.is_dead ? ++dead : cut += hidden.cut_off > 0;
          std::printf("seed %d: loss %.4f, %s unit dead, %d points cut off, later loss %.4f\n",
                      int(seed), loss, hidden.is_dead ? "a" : "no", hidden.cut_off,
                      last_loss(model, blobs, epochs, 2 * epochs));
        }
        std::printf("loss under the limit: %d of %d seeds, %d points cut off in all\n", good, seeds,
                    good_cut);
        std::printf("%d failures: a dead unit %d, else a line through a blob %d, neither %d\n",
                    seeds - good, dead, cut, seeds - good - dead - cut);
        const Examples many =
            course::read_examples(course::data_file("course/blobs_m2000_seed30.csv"));
        for (const bool from_logits : {false, true}) {
          train_larger(many, settings.seed(), settings.integer("larger"), from_logits);
        }
      });
}
