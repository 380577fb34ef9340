// Layers for sequences on electricity one hour ahead (ETTh1): an LSTM and a small Transformer,
// beside repeating the last hour and linear regression.
#include <antler/antler.h>

#include <chrono>
#include <cstdio>

#include "course.h"
#include "electricity.h"
#include "encoder_block.h"
#include "numbers.h"

using namespace antler;
using course::kColumns, course::Numbers, course::Settings, course::Windows;

constexpr std::int64_t kWidth = 32;

Sequential network(const std::string& name, std::int64_t hours) {
  if (name == "LSTM") {
    return Sequential({Input({hours, kColumns}), LSTM(kWidth), Dense(kColumns)});
  }
  return Sequential({Input({hours, kColumns}), Dense(kWidth), make_layer<course::Positions>(),
                     make_layer<course::EncoderBlock>(kWidth, 4), Flatten(), Dense(kColumns)});
}

// The error of each seed on the test hours.
Numbers errors(const std::string& name, const Windows& train, const Windows& test, int seeds,
               int epochs, std::uint64_t first_seed) {
  Numbers out;
  for (int k = 0; k < seeds; ++k) {
    set_random_seed(first_seed + k);
    const Sequential model = network(name, train.x.shape()[1]);
    model.compile({.optimizer = Adam({.learning_rate = 1e-3}), .loss = "mse"});
    const auto start = std::chrono::steady_clock::now();
    model.fit(train.x, train.y, {.batch_size = 64, .epochs = epochs, .verbose = 0});
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    out.push_back(course::mean_squared(model.predict(test.x), test.y));
    std::printf("%s, error %.4f of seed %d, %d parameters, %.1f s\n", name.c_str(), out.back(),
                int(first_seed) + k, int(model.count_params()), taken.count());
  }
  return out;
}

void run(const Settings& settings) {
  const Table table = read_csv(course::data_file("timeseries/ETTh1.csv"));
  const std::size_t hours = table.lines.size(), window = settings.integer("window");
  const auto rows = course::standardized(table, hours * 6 / 10);
  const Windows train = course::windows(rows, window, hours * 6 / 10, window);
  const Windows test = course::windows(rows, hours * 8 / 10, hours, window);
  std::printf("%d windows of %d hours to learn from, %d to test\n", int(train.x.length()),
              int(window), int(test.x.length()));
  std::printf("repeating the last hour: %.4f\n",
              course::mean_squared(ops::zeros_like(test.y), test.y));
  std::printf("linear regression: %.4f\n", course::ridge(train, test));
  const int seeds = settings.is_short() ? 1 : settings.integer("seeds");
  const int epochs = settings.is_short() ? 2 : settings.integer("epochs");
  for (const char* name : {"LSTM", "Transformer"}) {
    const Numbers found = errors(name, train, test, seeds, epochs, settings.seed());
    std::printf("%s, median: %.4f\n", name, course::median(found));
  }
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"window", "24", "hours that are known"},
                      {"seeds", "5", "how many, from --seed on; --short: 1"},
                      {"epochs", "6", "of each training; --short: 2"}},
                     run);
}
