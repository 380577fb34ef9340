// Coffee roasting: which roasts are good, by temperature and minutes, with three units and one. The
// published weights first; then training from many seeds, and a seed that stays behind.
#include <antler/antler.h>

#include <cstdio>

#include "course.h"
#include "numbers.h"

using namespace antler;
using course::matrix, course::Numbers;

Sequential network() {
  return Sequential(
      {Input({2}), Dense(3, {.activation = "sigmoid"}), Dense(1, {.activation = "sigmoid"})});
}

int wrong_answers(const Model& model, const Tensor& x, const Tensor& y) {
  const Tensor p = model.predict(x);
  int wrong = 0;
  for (std::int64_t i = 0; i < y.size(); ++i) wrong += (p.item(i) >= 0.5) != (y.item(i) == 1);
  return wrong;
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"roasts", "200,13.9,200,17", "degrees and minutes of two roasts"},
       {"seeds", "20", "how many, from --seed on"},
       {"epochs", "10", "of each seed"},
       {"more", "10", "epochs that the worst seed is given on top"}},
      [](const course::Settings& settings) {
        const Table table = read_csv(course::data_file("course/coffee_roasting.csv"));
        Numbers rows;
        for (std::size_t i = 0; i < table.lines.size(); ++i) {
          rows.insert(rows.end(), {table.columns[0].numbers[i], table.columns[1].numbers[i]});
        }
        Normalization scaled;
        scaled.adapt(matrix(rows, 2));
        const Tensor x = scaled(matrix(rows, 2)), y = matrix(table.columns[2].numbers, 1);

        const Numbers roasts = settings.numbers("roasts");
        const Sequential published = network();
        published.set_weights({{{-8.94, 0.29, 12.89}, {-0.17, -7.34, 10.79}},
                               {-9.87, -9.28, 1.01},
                               {{-31.38}, {-27.86}, {-32.79}},
                               {15.54}});
        const Tensor p = published.predict(Tensor(scaled(matrix(roasts, 2))));
        for (int i = 0; i < 2; ++i) {
          std::printf("published weights, %g degrees and %g minutes: %.5g\n", roasts[2 * i],
                      roasts[2 * i + 1], p.item(i));
        }
        std::printf("published weights: %d of %d wrong\n", wrong_answers(published, x, y),
                    int(y.size()));

        const Tensor many_x = ops::tile(x, {1000, 1}), many_y = ops::tile(y, {1000, 1});
        const int epochs = settings.integer("epochs");
        Model worst = published;
        double worst_loss = 0;
        for (int k = 0; k < settings.integer("seeds"); ++k) {
          set_random_seed(settings.seed() + k);
          const Sequential model = network();
          model.compile({.optimizer = Adam({.learning_rate = 0.01}), .loss = BinaryCrossentropy()});
          const Numbers losses =
              model.fit(many_x, many_y, {.epochs = epochs, .verbose = 0})["loss"];
          std::printf("seed %d: epoch 1 %.4f, epoch %d %.4f, %d wrong\n", int(settings.seed()) + k,
                      losses.front(), epochs, losses.back(), wrong_answers(model, x, y));
          if (losses.back() > worst_loss) {
            worst = model;
            worst_loss = losses.back();
          }
        }
        const int more = settings.integer("more");
        const Numbers losses = worst.fit(many_x, many_y, {.epochs = more, .verbose = 0})["loss"];
        std::printf("the worst after %d more epochs: %.4f, %d wrong\n", more, losses.back(),
                    wrong_answers(worst, x, y));
      });
}
