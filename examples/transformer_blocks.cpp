// A Transformer's encoder block and decoder block as layers of one's own, and what an encoder block
// and an LSTM learn: electricity one hour ahead.  transformer_blocks ETTh1.csv [epochs] [seeds]
#include <antler/antler.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "electricity.h"
#include "encoder_block.h"

using namespace antler;
using course::EncoderBlock, course::FeedForward, course::kColumns, course::Positions,
    course::mean_squared, course::Windows;

// block({x, encoded}): each step of x looks at those before it, then at what an encoder made.
struct DecoderBlock : LayerBase {
  DecoderBlock(std::int64_t width, std::int64_t heads)
      : backward(add_layer(MultiHeadAttention(heads, width / heads))),
        norm_1(add_layer(LayerNormalization())),
        across(add_layer(MultiHeadAttention(heads, width / heads))),
        norm_2(add_layer(LayerNormalization())),
        feed_forward(add_layer(make_layer<FeedForward>(width, 2 * width))) {}
  std::vector<Value> call_list(const std::vector<Value>& in, CallContext& context) const override {
    const CallOptions causal{.use_causal_mask = true};
    Value x = in[0] + backward.call_all({in[0], in[0]}, context, causal).front();
    x = norm_1(x, context);
    x = norm_2(x + across({x, in[1]}, context), context);
    return {feed_forward(x, context)};
  }
  Layer backward, norm_1, across, norm_2, feed_forward;
};

constexpr std::int64_t kWindow = 24, kWidth = 32;

double error_of(const Sequential& model, const Windows& train, const Windows& test, int epochs) {
  model.compile({.optimizer = Adam({.learning_rate = 1e-3}), .loss = "mse"});
  model.fit(train.x, train.y, {.batch_size = 64, .epochs = epochs, .verbose = 0});
  return mean_squared(model.predict(test.x), test.y);
}

Sequential transformer() {
  return Sequential({Input({kWindow, kColumns}), Dense(kWidth), make_layer<Positions>(),
                     make_layer<EncoderBlock>(kWidth, 4), Flatten(), Dense(kColumns)});
}

Sequential lstm() {
  return Sequential({Input({kWindow, kColumns}), LSTM(kWidth), Dense(kColumns)});
}

double median(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  return numbers.at(numbers.size() / 2);
}

int main(int argc, char** argv) {
  const int epochs = argc > 2 ? std::atoi(argv[2]) : 6, seeds = argc > 3 ? std::atoi(argv[3]) : 5;
  const Table table = read_csv(argc > 1 ? argv[1] : "ETTh1.csv");
  const auto hours = static_cast<std::size_t>(table.row_count());
  const auto rows = course::standardized(table, hours * 6 / 10);
  const Windows train = course::windows(rows, kWindow, hours * 6 / 10, kWindow);
  const Windows test = course::windows(rows, hours * 8 / 10, hours, kWindow);
  const double repeated = mean_squared(ops::zeros_like(test.y), test.y),
               linear = course::ridge(train, test);
  std::printf("repeating the last hour %.4f\nridge regression %.4f\n", repeated, linear);
  std::vector<double> attention, recurrent;  // errors, one a seed
  for (int seed = 0; seed < seeds; ++seed) {
    set_random_seed(static_cast<std::uint64_t>(seed));
    attention.push_back(error_of(transformer(), train, test, epochs));
    std::printf("Transformer %.4f (seed %d)\n", attention.back(), seed);
    set_random_seed(static_cast<std::uint64_t>(seed));
    recurrent.push_back(error_of(lstm(), train, test, epochs));
    std::printf("LSTM %.4f (seed %d)\n", recurrent.back(), seed);
  }
  const double best = std::min({linear, median(attention), median(recurrent)});
  std::printf("by the median seed, %s wins\n", best == linear              ? "ridge regression"
                                               : best == median(attention) ? "the Transformer"
                                                                           : "the LSTM");
  const Value source = Input({None, kWidth}), target = Input({None, kWidth});
  const Value encoded = make_layer<EncoderBlock>(kWidth, 4)(source);
  const Value decoded = make_layer<DecoderBlock>(kWidth, 4)({target, encoded});
  std::printf("encoder and decoder: %s\n", decoded.shape().to_string().c_str());
}
