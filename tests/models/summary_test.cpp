#include <gtest/gtest.h>

#include <cstdlib>

#include "antler/core/error.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/dense.h"
#include "antler/layers/flatten.h"
#include "antler/layers/merging.h"
#include "antler/models/sequential.h"
#include "antler/models/text_table.h"

namespace antler {
namespace {

// The tables are what Keras 3.15 prints for the same models.
Sequential stack() {
  return Sequential({Input({6, 6}), Flatten(),
                     Dense(5, {.name = "a_rather_long_name_for_a_dense_layer"}), Dense(3)},
                    {.name = "m"});
}

Model two_in_two_out() {
  const Value a = Input({8}, {.name = "a"});
  const Value b = Input({3}, {.name = "b"});
  const Dense shared(4, {.name = "sh"});
  const Value h = Concatenate()({shared(a), b});
  return Model({.inputs = {a, b},
                .outputs = {Dense(1, {.name = "price"})(h), Dense(2, {.name = "kind"})(shared(a))},
                .name = "two"});
}

TEST(Summary, IsKerasTable) {
  EXPECT_EQ(stack().summary({.line_length = 88, .batch_size = 0}), R"(Model: "m"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┓
┃ Layer (type)                         ┃ Output Shape                ┃         Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━┩
│ flatten (Flatten)                    │ (None, 36)                  │               0 │
├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
│ a_rather_long_name_for_a_dense_layer │ (None, 5)                   │             185 │
│ (Dense)                              │                             │                 │
├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
│ dense (Dense)                        │ (None, 3)                   │              18 │
└──────────────────────────────────────┴─────────────────────────────┴─────────────────┘
 Total params: 203 (812.00 B)
 Trainable params: 203 (812.00 B)
 Non-trainable params: 0 (0.00 B)
)");
}

TEST(Summary, CutsWordsThatDoNotFit) {
  EXPECT_EQ(stack().summary({.line_length = 60, .batch_size = 0}), R"(Model: "m"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━┓
┃ Layer (type)             ┃ Output Shape      ┃   Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━┩
│ flatten (Flatten)        │ (None, 36)        │         0 │
├──────────────────────────┼───────────────────┼───────────┤
│ a_rather_long_name_for_… │ (None, 5)         │       185 │
│ (Dense)                  │                   │           │
├──────────────────────────┼───────────────────┼───────────┤
│ dense (Dense)            │ (None, 3)         │        18 │
└──────────────────────────┴───────────────────┴───────────┘
 Total params: 203 (812.00 B)
 Trainable params: 203 (812.00 B)
 Non-trainable params: 0 (0.00 B)
)");
}

TEST(Summary, ShowsWhatIsTrainable) {
  const Sequential model = stack();
  model.get_layer("dense").set_trainable(false);
  EXPECT_EQ(model.summary({.line_length = 100, .show_trainable = true, .batch_size = 0}),
            R"(Model: "m"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━┳━━━━━━━━━┓
┃ Layer (type)                          ┃ Output Shape                  ┃        Param # ┃ Traina… ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━╇━━━━━━━━━┩
│ flatten (Flatten)                     │ (None, 36)                    │              0 │    -    │
├───────────────────────────────────────┼───────────────────────────────┼────────────────┼─────────┤
│ a_rather_long_name_for_a_dense_layer  │ (None, 5)                     │            185 │    Y    │
│ (Dense)                               │                               │                │         │
├───────────────────────────────────────┼───────────────────────────────┼────────────────┼─────────┤
│ dense (Dense)                         │ (None, 3)                     │             18 │    N    │
└───────────────────────────────────────┴───────────────────────────────┴────────────────┴─────────┘
 Total params: 203 (812.00 B)
 Trainable params: 185 (740.00 B)
 Non-trainable params: 18 (72.00 B)
)");
}

TEST(Summary, ShowsConnections) {
  EXPECT_EQ(two_in_two_out().summary({.line_length = 108, .batch_size = 0}), R"(Model: "two"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)                  ┃ Output Shape              ┃         Param # ┃ Connected to               ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━┩
│ a (InputLayer)                │ (None, 8)                 │               0 │ -                          │
├───────────────────────────────┼───────────────────────────┼─────────────────┼────────────────────────────┤
│ sh (Dense)                    │ (None, 4)                 │              36 │ a[0][0], a[0][0]           │
├───────────────────────────────┼───────────────────────────┼─────────────────┼────────────────────────────┤
│ b (InputLayer)                │ (None, 3)                 │               0 │ -                          │
├───────────────────────────────┼───────────────────────────┼─────────────────┼────────────────────────────┤
│ concatenate (Concatenate)     │ (None, 7)                 │               0 │ sh[0][0], b[0][0]          │
├───────────────────────────────┼───────────────────────────┼─────────────────┼────────────────────────────┤
│ price (Dense)                 │ (None, 1)                 │               8 │ concatenate[0][0]          │
├───────────────────────────────┼───────────────────────────┼─────────────────┼────────────────────────────┤
│ kind (Dense)                  │ (None, 2)                 │              10 │ sh[1][0]                   │
└───────────────────────────────┴───────────────────────────┴─────────────────┴────────────────────────────┘
 Total params: 54 (216.00 B)
 Trainable params: 54 (216.00 B)
 Non-trainable params: 0 (0.00 B)
)");
}

TEST(Summary, OpensNestedModelsWhenAsked) {
  const Sequential inner({Input({4}), Dense(2), Dense(3)}, {.name = "inner"});
  const Value x = Input({4}, {.name = "x"});
  const Model outer({.inputs = {x}, .outputs = {Dense(1)(inner(x))}, .name = "outer"});
  const std::string closed = outer.summary({.line_length = 88, .batch_size = 0});
  EXPECT_NE(closed.find("│ inner (Sequential)                   │ (None, 3)                   │    "
                        "          19 │\n"),
            std::string::npos)
      << closed;
  EXPECT_EQ(closed.find("└ "), std::string::npos);
  const std::string open = outer.summary({.line_length = 88, .expand_nested = true});
  EXPECT_NE(open.find("│    └ dense (Dense)                   │ (None, 2)                   │      "
                      "        10 │\n"),
            std::string::npos)
      << open;
  EXPECT_NE(open.find("│    └ dense_1 (Dense)                 │ (None, 3)"), std::string::npos);
}

// As in Keras, a layer that is called outside the inner model too says so in both rows.
TEST(Summary, ShowsConnectionsOfInnerLayers) {
  const Dense shared(4, {.name = "shared"});
  const Value z = Input({4}, {.name = "z"});
  const Model inner({.inputs = {z}, .outputs = {shared(z)}, .name = "inner"});
  const Value x = Input({4}, {.name = "x"});
  const Value y = Input({4}, {.name = "y"});
  const Model outer({.inputs = {x, y}, .outputs = {Add()({inner(x), shared(y)})}, .name = "m"});
  const std::string text = outer.summary({.line_length = 108, .expand_nested = true});
  const std::string row =
      "(Dense)           │ (None, 4)                 │              20 │ y[0][0]";
  const std::size_t first = text.find("└ shared " + row);
  EXPECT_NE(first, std::string::npos) << text;
  EXPECT_NE(text.find("│ shared (Dense)", first), std::string::npos) << text;
  EXPECT_NE(
      text.find("└ z (InputLayer)           │ (None, 4)                 │               0 │ -"),
      std::string::npos)
      << text;
}

TEST(Summary, FitsTheTerminal) {
  const auto summary = [](std::optional<int> length) {
    return stack().summary({.line_length = length, .batch_size = 0});
  };
  const char* before = std::getenv("COLUMNS");
  const std::string columns = before == nullptr ? "" : before;
  setenv("COLUMNS", "80", 1);
  EXPECT_EQ(summary({}), summary(76));
  setenv("COLUMNS", "40", 1);
  EXPECT_EQ(summary({}), summary(60));
  setenv("COLUMNS", "300", 1);
  EXPECT_EQ(summary({}), summary(88));
  before == nullptr ? unsetenv("COLUMNS") : setenv("COLUMNS", columns.c_str(), 1);
}

TEST(Summary, TellsWhatIsNotBuilt) {
  const Sequential model({Dense(2)});
  const std::string text = model.summary({.line_length = 88});
  EXPECT_NE(
      text.find("│ dense (Dense)                        │ ?                           │     0 "
                "(unbuilt) │\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find(" Non-trainable params: 0 (0.00 B)\n"), std::string::npos);
  EXPECT_EQ(text.find("batch"), std::string::npos);
}

struct Pair : ModelBase {
  Dense first = add_layer(Dense(2));
  Dense second = add_layer(Dense(3));
  Value call(const Value& x, CallContext& context) const override {
    return second(first(x, context), context);
  }
};

TEST(Summary, TracesASubclass) {
  const Model model = make_model<Pair>();
  EXPECT_NE(model.summary().find("0 (unbuilt)"), std::string::npos);
  model.predict(Tensor{{1, 2, 3, 4}});
  const std::string text = model.summary({.line_length = 88});
  EXPECT_NE(text.find("│ (None, 2)                   │              10 │"), std::string::npos)
      << text;
  EXPECT_NE(text.find("│ (None, 3)                   │               9 │"), std::string::npos);
}

TEST(Summary, TellsWhatCompileKnows) {
  const Sequential model({Input({4}), Dense(2), Dense(3)});
  const auto tail = [&] {
    const std::string text = model.summary({.batch_size = 8});
    return text.substr(text.find(" Non-trainable"));
  };
  const std::string prediction = tail();
  EXPECT_EQ(prediction.find(" Non-trainable params: 0 (0.00 B)\n"
                            " Prediction of a batch of 8:\n"
                            "   Activations: 160.00 B\n"
                            "   Peak memory: "),
            0U)
      << prediction;
  model.compile({.optimizer = "adam", .loss = "mse"});
  // 19 weights; Adam's two slots for each, its rate (4 bytes) and its counter (8).
  const std::string training = tail();
  EXPECT_EQ(training.find(" Non-trainable params: 0 (0.00 B)\n"
                          " A training step on a batch of 8:\n"
                          "   Activations: 160.00 B\n"
                          "   Gradients: 76.00 B\n"
                          "   Optimizer slots: 164.00 B\n"
                          "   Peak memory: "),
            0U)
      << training;
  EXPECT_FALSE(model.optimizer().base().is_built()) << "a summary changes nothing";
  model.train_on_batch(Tensor{{1, 2, 3, 4}}, Tensor{{1, 2, 3}});
  EXPECT_EQ(tail().find(" Non-trainable params: 0 (0.00 B)\n Optimizer params: 40 (164.00 B)\n"),
            0U)
      << tail();
}

TEST(Summary, WritesLargeNumbers) {
  const std::string text = Sequential({Input({4}), Dense(100000)}).summary({.batch_size = 0});
  EXPECT_NE(text.find(" Total params: 500,000 (1.91 MB)\n"), std::string::npos) << text;
}

TEST(Summary, RefusesALineThatIsTooShort) {
  EXPECT_THROW(stack().summary({.line_length = 20}), ValueError);
}

TEST(TextTable, WrapsAtBlanksAndPlacesText) {
  TextTable table({{"L", TextTable::Align::left, 0.5}, {"C", TextTable::Align::center, 1.0}}, 26);
  table.add_row({"ab cd efgh ij", "x"});
  EXPECT_EQ(table.to_string(),
            "┏━━━━━━━━━━━┳━━━━━━━━━━━━┓\n"
            "┃ L         ┃     C      ┃\n"
            "┡━━━━━━━━━━━╇━━━━━━━━━━━━┩\n"
            "│ ab cd     │     x      │\n"
            "│ efgh ij   │            │\n"
            "└───────────┴────────────┘\n");
}

TEST(TextTable, CutsBetweenCharacters) {
  TextTable table({{"L", TextTable::Align::left, 0.5}, {"C", TextTable::Align::center, 1.0}}, 26);
  table.add_row({"äöüäöüäöüä", "x"});
  EXPECT_NE(table.to_string().find("│ äöüäöüäö… │     x      │"), std::string::npos)
      << table.to_string();
}

}  // namespace
}  // namespace antler
