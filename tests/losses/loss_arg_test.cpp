#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/catalog.h"
#include "antler/losses/huber.h"
#include "antler/losses/loss.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/ops/arithmetic.h"

namespace antler {
namespace {

template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "no error";
}

Loss resolve(const LossArg& loss, const Shape& y_true = {None}, const Shape& y_pred = {None, 3}) {
  return loss.resolve({y_true, DType::float32}, {y_pred, DType::float32});
}

TEST(LossArg, NamesAndAliases) {
  const auto class_of = [](const char* name) { return resolve(name).base().class_name(); };
  for (const char* name : {"mse", "MSE", "mean_squared_error", "MeanSquaredError"}) {
    EXPECT_EQ(class_of(name), "MeanSquaredError");
  }
  for (const char* name : {"mae", "MAE", "mean_absolute_error", "MeanAbsoluteError"}) {
    EXPECT_EQ(class_of(name), "MeanAbsoluteError");
  }
  for (const char* name : {"bce", "BCE", "binary_crossentropy", "BinaryCrossentropy"}) {
    EXPECT_EQ(class_of(name), "BinaryCrossentropy");
  }
  EXPECT_EQ(class_of("huber"), "Huber");
  EXPECT_EQ(class_of("categorical_crossentropy"), "CategoricalCrossentropy");
  EXPECT_EQ(class_of("sparse_categorical_crossentropy"), "SparseCategoricalCrossentropy");
}

TEST(LossArg, FunctionNamesNameTheLoss) {
  EXPECT_EQ(resolve("mse").name(), "mse");
  EXPECT_EQ(resolve("MeanSquaredError").name(), "mean_squared_error");
  EXPECT_EQ(resolve("Huber").name(), "huber_loss");
}

TEST(LossArg, CrossentropyFollowsTheShapes) {
  for (const char* name : {"crossentropy", "ce", "CE"}) {
    const auto class_for = [&](const Shape& y_true, const Shape& y_pred) {
      const Loss loss = resolve(name, y_true, y_pred);
      EXPECT_EQ(loss.name(), name);
      return loss.base().class_name();
    };
    EXPECT_EQ(class_for({None}, {None, 1}), "BinaryCrossentropy");
    EXPECT_EQ(class_for({None, 1}, {None, 1}), "BinaryCrossentropy");
    EXPECT_EQ(class_for({None}, {None, 10}), "SparseCategoricalCrossentropy");
    EXPECT_EQ(class_for({None, 1}, {None, 10}), "SparseCategoricalCrossentropy");
    EXPECT_EQ(class_for({None, 10}, {None, 10}), "CategoricalCrossentropy");
  }
}

TEST(LossArg, ObjectsAndFunctions) {
  const SparseCategoricalCrossentropy object({.from_logits = true});
  const LossArg argument = object;  // stays the loss it is: it is no function to be wrapped
  EXPECT_EQ(&resolve(argument).base(), &object.base());
  EXPECT_EQ(argument.given_name(), "");
  const LossArg function = [](const Value& y, const Value& p) { return y - p; };
  EXPECT_EQ(resolve(function).base().class_name(), "function");
  EXPECT_FALSE(LossArg());
  EXPECT_FALSE(resolve(LossArg()));
}

TEST(LossArg, ConfigsBothWays) {
  const LossArg loss =
      SparseCategoricalCrossentropy({.from_logits = true, .ignore_class = 2, .axis = 1});
  const Config config = to_config(loss);
  EXPECT_EQ(config.to_string(),
            R"({"module": "keras.losses", "class_name": "SparseCategoricalCrossentropy", )"
            R"("config": {"from_logits": true, "ignore_class": 2, "reduction": )"
            R"("sum_over_batch_size", "axis": 1, "name": "sparse_categorical_crossentropy"}, )"
            R"("registered_name": null})");
  LossArg read;
  from_config(config, read);
  EXPECT_EQ(to_config(read), config);
  EXPECT_EQ(to_config(LossArg("mse")), Config("mse"));
  from_config("mse", read);
  EXPECT_EQ(read.given_name(), "mse");
  from_config(nullptr, read);
  EXPECT_FALSE(read);
  EXPECT_TRUE(to_config(LossArg()).is_null());
}

TEST(LossArg, EachNameIsReadBack) {
  for (const std::string& given : losses::names()) {
    if (given == "ce" || given == "crossentropy") continue;
    const Config config = to_config(losses::get(given));
    LossArg read;
    from_config(config, read);
    EXPECT_EQ(to_config(read), config) << given;
  }
}

TEST(LossArg, ReductionOfAConfig) {
  const auto reduction = [](const Config& value) {
    return losses::from_config("Huber", Config::map({{"reduction", value}})).base().reduction();
  };
  EXPECT_EQ(reduction(nullptr), Reduction::none);
  EXPECT_EQ(reduction("auto"), Reduction::sum_over_batch_size);
  EXPECT_EQ(reduction("sum"), Reduction::sum);
}

TEST(LossArg, ErrorTexts) {
  EXPECT_EQ(message_of<ValueError>([] { LossArg("mean_square_error"); }),
            "unknown loss \"mean_square_error\"; did you mean \"mean_squared_error\"?");
  const auto read = [](const Config& config) {
    LossArg loss;
    from_config(config, loss);
  };
  EXPECT_EQ(message_of<ValueError>([&] {
              read(serialized("keras.losses", "Huber", Config::map({{"delt", 1.0}})));
            }),
            "Huber: unknown key \"delt\"; did you mean \"delta\"?");
  EXPECT_EQ(message_of<ValueError>([&] {
              read(serialized("keras.losses", "Huber", Config::map({{"dtype", "float16"}})));
            }),
            "Huber: expected dtype \"float32\", got \"float16\"");
  EXPECT_EQ(message_of<ValueError>([&] { read(serialized("builtins", "function", "my_loss")); }),
            "loss: expected a built-in loss, got the function \"my_loss\", whose code the file "
            "does not hold");
  EXPECT_EQ(message_of<StateError>(
                [] { to_config(LossArg([](const Value& y, const Value& p) { return y - p; })); }),
            "loss (function): a user's loss function cannot be saved; save the model without its "
            "compile state, or use a built-in loss");
}

}  // namespace
}  // namespace antler
