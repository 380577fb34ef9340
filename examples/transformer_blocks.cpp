// A Transformer's encoder block and decoder block as layers of one's own, and what an encoder block
// and an LSTM learn: electricity one hour ahead.  transformer_blocks ETTh1.csv [epochs] [seeds]
#include <antler/antler.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace antler;

// x + two Dense layers on each step, normalized: what every block ends with.
struct FeedForward : LayerBase {
  FeedForward(std::int64_t width, std::int64_t hidden)
      : first(add_layer(Dense(hidden, {.activation = "relu"}))), second(add_layer(Dense(width))) {}
  Value call(const Value& x, CallContext& context) const override {
    return norm(x + second(first(x, context), context), context);
  }
  Layer first, second, norm = add_layer(LayerNormalization());
};

// Every step looks at every step, then thinks by itself.
struct EncoderBlock : LayerBase {
  EncoderBlock(std::int64_t width, std::int64_t heads)
      : attention(add_layer(MultiHeadAttention(heads, width / heads))),
        norm(add_layer(LayerNormalization())),
        feed_forward(add_layer(make_layer<FeedForward>(width, 2 * width))) {}
  Value call(const Value& x, CallContext& context) const override {
    return feed_forward(norm(x + attention({x, x}, context), context), context);
  }
  Layer attention, norm, feed_forward;
};

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

// A learned vector for each place in the window: attention alone knows no order.
struct Positions : LayerBase {
  void build(const Shape& in) override {
    places =
        add_weight({.name = "places", .shape = {in[1], in[2]}, .initializer = "random_uniform"});
  }
  Value call(const Value& x, CallContext&) const override { return x + places; }
  Variable places;
};

constexpr std::int64_t kWindow = 24, kColumns = 7, kWidth = 32;

struct Examples {
  Tensor x, y;  // windows, and the hour after each; both less the last hour of the window
};

Examples windows(const std::vector<std::vector<float>>& rows, std::size_t first, std::size_t last) {
  std::vector<float> x, y;
  for (std::size_t t = first; t < last; ++t) {
    for (std::size_t s = t - kWindow; s <= t; ++s) {
      for (std::size_t c = 0; c < kColumns; ++c) {
        (s == t ? y : x).push_back(rows[s][c] - rows[t - 1][c]);
      }
    }
  }
  const auto count = static_cast<std::int64_t>(last - first);
  return {Tensor::from(x, {count, kWindow, kColumns}), Tensor::from(y, {count, kColumns})};
}

double mean_squared(const Value& predicted, const Tensor& wanted) {
  return Tensor(ops::mean(ops::square(predicted - wanted))).item<float>();
}

// Ridge regression: w = (X'X + I)^-1 X'Y by Gauss' elimination, then the error of X w.
double ridge(const Examples& train, const Examples& test) {
  const std::int64_t n = kWindow * kColumns, columns = n + kColumns;
  const Value x = train.x.reshape({None, n});
  const Tensor product = ops::matmul(ops::transpose(x), ops::concatenate({x, train.y}, 1));
  std::vector<double> a(product.data<float>().begin(), product.data<float>().end());
  const auto at = [&](std::int64_t r, std::int64_t c) -> double& { return a.at(r * columns + c); };
  for (std::int64_t i = 0; i < n; ++i) at(i, i) += 1;
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t c = columns; c-- > i;) at(i, c) /= at(i, i);
    for (std::int64_t r = 0; r < n; ++r) {
      for (std::int64_t c = columns; r != i && c-- > i;) at(r, c) -= at(r, i) * at(i, c);
    }
  }
  std::vector<float> w;
  for (std::int64_t i = 0; i < n * kColumns; ++i) w.push_back(at(i / kColumns, n + i % kColumns));
  return mean_squared(ops::matmul(test.x.reshape({None, n}), Tensor::from(w, {n, kColumns})),
                      test.y);
}

double error_of(const Sequential& model, const Examples& train, const Examples& test, int epochs) {
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

// The columns after the date, in units of the training rows' deviation.
std::vector<std::vector<float>> standardized(const Table& table, std::size_t train_rows) {
  std::vector<std::vector<float>> rows(static_cast<std::size_t>(table.row_count()));
  for (std::size_t c = 1; c <= kColumns; ++c) {
    const std::vector<double>& column = table.columns.at(c).numbers;
    double sum = 0, squares = 0;
    for (std::size_t t = 0; t < train_rows; ++t) sum += column[t], squares += column[t] * column[t];
    const double mean = sum / train_rows, deviation = std::sqrt(squares / train_rows - mean * mean);
    for (std::size_t t = 0; t < rows.size(); ++t) rows[t].push_back((column[t] - mean) / deviation);
  }
  return rows;
}

int main(int argc, char** argv) {
  const int epochs = argc > 2 ? std::atoi(argv[2]) : 6, seeds = argc > 3 ? std::atoi(argv[3]) : 5;
  const Table table = read_csv(argc > 1 ? argv[1] : "ETTh1.csv");
  const auto hours = static_cast<std::size_t>(table.row_count());
  const auto rows = standardized(table, hours * 6 / 10);
  const Examples train = windows(rows, kWindow, hours * 6 / 10);
  const Examples test = windows(rows, hours * 8 / 10, hours);
  const double repeated = mean_squared(ops::zeros_like(test.y), test.y),
               linear = ridge(train, test);
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
