#include "antler/compiler/profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/compiler/kernel_call.h"
#include "antler/compiler/program.h"
#include "antler/layers/dense.h"
#include "antler/layers/input.h"
#include "antler/layers/recurrent.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/convolution.h"
#include "antler/ops/matmul.h"
#include "antler/ops/relu.h"
#include "antler/ops/sum.h"

namespace antler::testing {
namespace {

// The calls of one step of a model, compiled under the Profile.
std::vector<ProfiledCall> calls_of_step(const Sequential& model, const Batch& batch) {
  Profile profile;
  Trainer& trainer = model.model_base().trainer();
  trainer.train_on(batch);
  profile.reset();
  trainer.train_on(batch);
  std::vector<ProfiledCall> calls = profile.calls();
  std::erase_if(calls, [](const ProfiledCall& call) { return call.runs == 0; });
  return calls;
}

Sequential classifier(const std::vector<std::int64_t>& sizes) {
  Sequential model({Input({sizes[0]})});
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const bool last = i + 1 == sizes.size();
    model.add(Dense(sizes[i], {.activation = last ? "linear" : "relu"}));
  }
  model.compile(
      {.optimizer = "adam", .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  return model;
}

Batch batch_of(const Shape& x) {
  return {.x = {Tensor::full(x, 0.5)}, .y = {Tensor::zeros({x[0]}, DType::int64)}, .size = x[0]};
}

// Of one product alone: what of it is an epilogue counts nothing.
double product_flops(const std::vector<ProfiledCall>& calls) {
  double flops = 0;
  for (const ProfiledCall& call : calls) {
    if (call.kernel.find("matmul") != std::string::npos) flops += call.work.flops;
  }
  return flops;
}

TEST(Profile, CountsTheProductsOfWorkloadA) {
  const auto calls = calls_of_step(classifier({400, 25, 15, 10}), batch_of({32, 400}));
  // Three products a layer (forward, by the kernel, by the input), and no gradient by the data.
  const double pairs = 3.0 * (400 * 25 + 25 * 15 + 15 * 10) - 400 * 25;
  EXPECT_EQ(product_flops(calls), 2 * 32 * pairs);
}

TEST(Profile, KnowsTheLayerOfForwardAndGradient) {
  const auto calls = calls_of_step(classifier({6, 5, 3}), batch_of({4, 6}));
  const auto products = [&](std::string_view layer) {
    return std::count_if(calls.begin(), calls.end(), [&](const ProfiledCall& call) {
      return call.layer == layer && call.kernel.find("matmul") != std::string::npos;
    });
  };
  EXPECT_EQ(products("dense"), 2);    // forward and by its kernel
  EXPECT_EQ(products("dense_1"), 3);  // and by its input
  EXPECT_EQ(products(""), 0);
  for (const char* layer : {"loss", "optimizer"}) {
    EXPECT_TRUE(std::any_of(calls.begin(), calls.end(), [&](const ProfiledCall& call) {
      return call.layer == layer;
    })) << layer;
  }
}

TEST(Profile, TellsTheKernelsOfALoopFromTheLoop) {
  Sequential model({Input({7, 3}), LSTM(5), Dense(2)});
  model.compile(
      {.optimizer = "adam", .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  const auto calls = calls_of_step(model, batch_of({4, 7, 3}));
  const auto of_layer_run = [&](std::int64_t runs) {
    return std::count_if(calls.begin(), calls.end(), [&](const ProfiledCall& call) {
      return call.layer == "lstm" && call.runs == runs;
    });
  };
  EXPECT_GT(of_layer_run(7), 0);  // once a time step
  EXPECT_GT(of_layer_run(1), 0);
  for (const ProfiledCall& call : calls) {
    EXPECT_GE(call.seconds, 0) << call.kernel;
    if (call.kernel == "scan") {
      EXPECT_EQ(call.work.flops, 0);
    }
  }
}

// What a loop's kernels took is not counted again for the loop, and little is counted for nothing.
TEST(Profile, TimesAddUpToTheStep) {
  Sequential model({Input({30, 8}), LSTM(64), Dense(2)});
  model.compile(
      {.optimizer = "adam", .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  const Batch batch = batch_of({32, 30, 8});
  Trainer& trainer = model.model_base().trainer();
  Profile profile;
  trainer.train_on(batch);
  profile.reset();
  const auto begin = std::chrono::steady_clock::now();
  for (int step = 0; step < 10; ++step) trainer.train_on(batch);
  const std::chrono::duration<double> lasted = std::chrono::steady_clock::now() - begin;
  double sum = 0;
  for (const ProfiledCall& call : profile.calls()) sum += call.seconds;
  EXPECT_LE(sum, lasted.count());
  EXPECT_GT(sum, 0.2 * lasted.count());
}

TEST(Profile, NamesWhatWasFused) {
  const Function f([](const Value& x, const Value& w, const Value& b) {
    return ops::relu(ops::matmul(x, w) + b);
  });
  Profile profile;
  f(Tensor::ones({4, 3}), Tensor::ones({3, 2}), Tensor::ones({2}));
  ASSERT_EQ(profile.calls().size(), 1U);
  EXPECT_EQ(profile.calls()[0].kernel, "fused_matmul bias relu");
  EXPECT_EQ(profile.calls()[0].work.flops, 2 * 4 * 3 * 2);
  EXPECT_EQ(profile.calls()[0].work.bytes, 4 * (12 + 6 + 2 + 8));
  EXPECT_EQ(profile.calls()[0].runs, 1);
}

TEST(Profile, CountsAConvolutionAndItsGradients) {
  const Value x = make_input({{2, 8, 8, 3}, DType::float32});
  const Value kernel = make_input({{3, 3, 3, 4}, DType::float32});
  const Value y = ops::conv(x, kernel);  // (2, 6, 6, 4)
  const double flops = 2.0 * (2 * 6 * 6 * 4) * (3 * 3 * 3);
  EXPECT_EQ(work_of(y.node()).flops, flops);
  // The gradients multiply the same pairs.
  const std::vector<Value> slopes = gradients(ops::sum(y * y), std::vector{x, kernel});
  for (const Value& slope : slopes) {
    EXPECT_EQ(work_of(slope.node()).flops, flops) << kernel_name(slope.node());
  }
}

TEST(Profile, LeavesOtherProgramsAlone) {
  const Function f([](const Value& x) { return x * x + x; });
  const TensorSpec spec{{3}, DType::float32};
  const KernelPtr plain = f.program(std::span(&spec, 1))->calls()[0].kernel;
  const Profile profile;
  f(Tensor::ones({3}));  // compiled before
  EXPECT_TRUE(profile.calls().empty());
  EXPECT_EQ(f.program(std::span(&spec, 1))->calls()[0].kernel, plain);
}

TEST(Profile, ResultsAreThoseWithoutIt) {
  const Batch batch = batch_of({4, 6});
  const Sequential watched = classifier({6, 5, 3}), plain = classifier({6, 5, 3});
  plain.set_weights(watched.get_weights());
  calls_of_step(watched, batch);
  for (int i = 0; i < 2; ++i) plain.model_base().trainer().train_on(batch);
  for (std::size_t i = 0; i < plain.get_weights().size(); ++i) {
    const Tensor a = plain.get_weights()[i], b = watched.get_weights()[i];
    EXPECT_TRUE(
        std::equal(a.data<float>().begin(), a.data<float>().end(), b.data<float>().begin()));
  }
}

TEST(Profile, NotesWhatPassesChangedAndWhereResultsLie) {
  const Sequential model = classifier({3, 4, 2});
  Trainer& trainer = model.model_base().trainer();
  const Batch batch = batch_of({5, 3});
  trainer.train_on(batch);
  trainer.forget_programs();
  Profile profile;
  trainer.train_on(batch);

  const auto is_fuse = [](const PassEffect& effect) { return effect.pass == "fuse"; };
  const auto& passes = profile.passes();
  ASSERT_EQ(std::count_if(passes.begin(), passes.end(), is_fuse), 1);
  const PassEffect& fuse = *std::find_if(passes.begin(), passes.end(), is_fuse);
  EXPECT_LT(fuse.ops_after, fuse.ops_before);
  std::int64_t sum = 0;
  for (const auto& [kernel, count] : fuse.changes) {
    sum += count;
    if (kernel == "fused_matmul bias relu" || kernel == "relu") {
      EXPECT_EQ(count, kernel == "relu" ? -1 : 1);
    }
    EXPECT_NE(count, 0) << kernel;
  }
  EXPECT_EQ(sum, fuse.ops_after - fuse.ops_before);

  bool has_product = false, writes_variable = false;
  for (const ProfiledCall& call : profile.calls()) {
    EXPECT_EQ(call.program, 0);
    EXPECT_FALSE(call.places.empty()) << call.kernel;
    for (const OutputPlace& place : call.places) {
      writes_variable = writes_variable || place.kind == OutputPlace::Kind::variable;
      if (place.kind == OutputPlace::Kind::workspace) {
        EXPECT_LE(place.offset + place.bytes, profile.arena_bytes()) << call.kernel;
      }
    }
    if (call.kernel != "fused_matmul bias relu") continue;
    has_product = true;
    EXPECT_EQ(call.places[0].bytes, 5U * 4U * sizeof(float));
  }
  EXPECT_TRUE(has_product);
  EXPECT_TRUE(writes_variable);
}

TEST(Profile, TellsTheBodyOfALoopFromItsProgram) {
  Sequential model({Input({6, 3}), LSTM(4), Dense(1)});
  model.compile({.optimizer = "sgd", .loss = "mse"});
  Trainer& trainer = model.model_base().trainer();
  const Batch batch = {
      .x = {Tensor::full({2, 6, 3}, 0.5)}, .y = {Tensor::zeros({2, 1})}, .size = 2};
  trainer.train_on(batch);
  trainer.forget_programs();
  Profile profile;
  trainer.train_on(batch);
  bool has_body = false;
  for (const ProfiledCall& call : profile.calls()) {
    EXPECT_EQ(call.runs, call.program > 0 ? 6 : 1) << call.kernel;
    has_body = has_body || call.program > 0;
  }
  EXPECT_TRUE(has_body);
}

}  // namespace
}  // namespace antler::testing
