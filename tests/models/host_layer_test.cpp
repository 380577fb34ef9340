#include "antler/layers/host_layer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "antler/core/error.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/dense.h"
#include "antler/layers/rescaling.h"
#include "antler/models/sequential.h"
#include "antler/ops/cast.h"

namespace antler {
namespace {

// The length of each text.
struct Length : HostLayer {
  TensorSpec host_spec(std::span<const TensorSpec> inputs) const override {
    if (inputs[0].dtype != DType::string) {
      throw TypeError("expected strings, got " + std::string(antler::name(inputs[0].dtype)));
    }
    return {inputs[0].shape, DType::float32};
  }
  Tensor call_on_host(const std::vector<Tensor>& inputs) const override {
    const auto texts = inputs[0].data<std::string>();
    std::vector<float> lengths;
    for (const std::string& text : texts) lengths.push_back(static_cast<float>(text.size()));
    return Tensor::from(lengths, inputs[0].shape());
  }
};

const Tensor kTexts = Tensor::strings({"a", "four", "antlers", ""}).reshape({4, 1});
const Tensor kLengths = Tensor{{1}, {4}, {7}, {0}};

template <class F>
std::string error_of(F&& run) {
  try {
    run();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(HostLayer, ComputesAtOnceOnTensors) {
  const Layer length = make_layer<Length>();
  EXPECT_TRUE(identical(length(kTexts), kLengths));
}

TEST(HostLayer, RunsBeforeTheProgramOfAModel) {
  const Input text({1}, {.dtype = "string", .name = "text"});
  const Value length = make_layer<Length>()(text);
  const Model model({.inputs = {text}, .outputs = {Rescaling(2)(length)}});
  EXPECT_TRUE(identical(model.predict(kTexts), Tensor{{2}, {8}, {14}, {0}}));
  EXPECT_TRUE(identical(model.predict(kTexts, {.batch_size = 3}), Tensor{{2}, {8}, {14}, {0}}));
  EXPECT_TRUE(identical(model(kTexts), Tensor{{2}, {8}, {14}, {0}})) << "eagerly";
}

TEST(HostLayer, TrainsBehindStrings) {
  const auto losses = [](const Model& model, const Tensor& x) {
    const Tensor y = Tensor{{3}, {9}, {15}, {1}};
    model.compile({.optimizer = "sgd", .loss = "mse"});
    const History history = model.fit(x, y, {.batch_size = 3, .epochs = 3, .verbose = 0});
    std::vector<double> values = history["loss"];
    values.push_back(model.evaluate(x, y)["loss"]);
    values.push_back(model.train_on_batch(x, y)["loss"]);
    values.push_back(model.test_on_batch(x, y)["loss"]);
    return values;
  };
  const Dense dense(1, {.kernel_initializer = "ones"});
  const Dense same(1, {.kernel_initializer = "ones"});
  const auto plain = losses(Sequential({Rescaling(0.1), dense}), kLengths);
  EXPECT_EQ(losses(Sequential({make_layer<Length>(), Rescaling(0.1), same}), kTexts), plain);
}

TEST(HostLayer, StandsBesideOtherInputs) {
  const Input text({1}, {.dtype = "string", .name = "text"});
  const Input number({1}, {.name = "number"});
  const Value length = make_layer<Length>()(text);
  const Model model(
      {.inputs = {text, number}, .outputs = {Concatenate()({length, Value(number)})}});
  const Tensor numbers = Tensor{{10}, {20}, {30}, {40}};
  const Tensor wanted = Tensor{{1, 10}, {4, 20}, {7, 30}, {0, 40}};
  EXPECT_TRUE(identical(model.predict({kTexts, numbers}), wanted));
  EXPECT_TRUE(identical(model.predict({{"number", numbers}, {"text", kTexts}}), wanted));
}

TEST(HostLayer, MapsADataset) {
  const Dataset data = Dataset(kTexts).batch(3).map(make_layer<Length>());
  EXPECT_TRUE(identical(data.view(0).x[0], Tensor{{1}, {4}, {7}}));
}

// Waits until two calls are inside it, or for ten seconds.
struct Meeting : HostLayer {
  TensorSpec host_spec(std::span<const TensorSpec> inputs) const override {
    return {inputs[0].shape, DType::float32};
  }
  Tensor call_on_host(const std::vector<Tensor>& inputs) const override {
    ++inside;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (inside < 2 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    return Tensor::full(inputs[0].shape(), inside >= 2 ? 1 : 0);
  }
  mutable std::atomic<int> inside{0};
};

TEST(HostLayer, RunsInSeveralThreadsAtOnce) {
  const Input text({1}, {.dtype = "string"});
  const Model model({.inputs = {text}, .outputs = {Rescaling(1)(make_layer<Meeting>()(text))}});
  Tensor results[2];
  std::thread other([&] { results[1] = model.predict(kTexts); });
  results[0] = model.predict(kTexts);
  other.join();
  for (const Tensor& result : results) EXPECT_EQ(result.item(), 1) << "one waited for the other";
}

TEST(HostLayer, SaysWhereItMayStand) {
  const Input number({1}, {.name = "number"});
  EXPECT_EQ(error_of([&] { make_layer<Length>()(number); }),
            "length (Length): expected strings, got float32");
  const Input text({1}, {.dtype = "string", .name = "text"});
  EXPECT_EQ(
      error_of([&] { Dense(1)(text); }),
      "dense (Dense): cast: expected numbers, got strings, which stay outside of computations; "
      "put a StringLookup, TextVectorization or Hashing in front");
  EXPECT_EQ(error_of([&] {
              const Model model({.inputs = {text}, .outputs = {make_layer<Length>()(text)}});
              model.predict(kLengths);
            }),
            "functional: expected string for input \"text\", got float32");
}

}  // namespace
}  // namespace antler
