// Embedding and pooling on tokens: sentences of six to twenty words drawn by rule. A sentence is
// good when it has more good words than bad ones; most of its words mean nothing.
//   drawn_sentences [epochs] [seeds]
#include <antler/antler.h>

#include <cstdio>
#include <cstdlib>
#include <random>

using namespace antler;

constexpr std::int64_t kWords = 500, kLength = 20;
constexpr std::int32_t kGood = 40, kBad = 80;  // words 1..40 are good, 41..80 bad; 0 is padding

struct Examples {
  Tensor x, y;  // tokens (sentences, length) padded with 0, and whether the sentence is good
};

Examples draw(std::int64_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  Tensor x(DType::int32, {count, kLength}), y(DType::float32, {count, 1});
  auto token = x.mutable_data<std::int32_t>().begin();
  for (float& label : y.mutable_data<float>()) {
    const std::uint32_t length = 6 + random() % (kLength - 5);
    int balance = 0;
    for (std::uint32_t place = 0; place < kLength; ++place, ++token) {
      if (place >= length && balance != 0) continue;  // a tie goes on
      const bool has_meaning = random() % 3 == 0 || place >= length;
      *token = static_cast<std::int32_t>(has_meaning ? 1 + random() % kBad
                                                     : kBad + 1 + random() % (kWords - kBad - 1));
      if (has_meaning) balance += *token <= kGood ? 1 : -1;
    }
    label = balance > 0 ? 1 : 0;
  }
  return {x, y};
}

int main(int argc, char** argv) {
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 10, seeds = argc > 2 ? std::atoi(argv[2]) : 5;
  const Examples train = draw(4000, 1), test = draw(1000, 2);
  for (int seed = 0; seed < seeds; ++seed) {
    set_random_seed(static_cast<std::uint64_t>(seed));
    const Sequential model({Input({kLength}, {.dtype = "int32"}),
                            Embedding(kWords, 16, {.mask_zero = true}), GlobalAveragePooling1D(),
                            Dense(16, {.activation = "relu"}),
                            Dense(1, {.activation = "sigmoid"})});
    model.compile({.optimizer = Adam({.learning_rate = 1e-2}),
                   .loss = "binary_crossentropy",
                   .metrics = {"accuracy"}});
    model.fit(train.x, train.y, {.epochs = epochs, .verbose = 0});
    const Logs result = model.evaluate(test.x, test.y);
    std::printf("accuracy %.1f %% (seed %d)\n", 100 * result["accuracy"], seed);
  }
}
