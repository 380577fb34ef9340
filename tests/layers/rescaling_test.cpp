#include "antler/layers/rescaling.h"

#include "antler/core/error.h"
#include "antler/layers/input.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::is_near;
using testing::message_of;

TEST(Rescaling, Values) {
  check_layer(Rescaling(2.0, {.offset = -1.5, .name = "r"}), {Tensor{{0, 1}, {2, 3}}},
              {.expected = Tensor{{-1.5, 0.5}, {2.5, 4.5}}, .supports_masking = true});
  check_layer(Rescaling({0.5, 2, -1}, {.offset = {1, 0, -3}, .name = "r"}), {Tensor{{2, 2, 2}}},
              {.expected = Tensor{{2, 4, -5}}, .supports_masking = true});
  check_layer(Rescaling({0.1, 10}, {.offset = 0.25, .name = "r"}), {distinct({2, 3, 2})},
              {.supports_masking = true});
}

TEST(Rescaling, BytesBecomeFloats) {
  const Rescaling layer(1.0 / 255, {.name = "r"});
  Tensor bytes = Tensor::full({2, 2}, 255, DType::uint8);
  bytes.mutable_data<std::uint8_t>()[3] = 51;
  check_layer(
      layer, {bytes},
      {.expected = Tensor{{1, 1}, {1, 0.2}}, .supports_masking = true, .has_gradient = false});
  EXPECT_EQ(Rescaling(1, {.dtype = "float64"})(bytes).dtype(), DType::float64);
}

TEST(Rescaling, ConfigKeepsNumbersAndLists) {
  const Config config = Rescaling(1.0 / 255, {.offset = {1, 2}}).get_config();
  EXPECT_EQ(config.at("scale"), Config(1.0 / 255));
  EXPECT_EQ(config.at("offset").to_string(), "[1.0, 2.0]");
  // What Keras writes for a NumPy array.
  const Config array = Config::map(
      {{"class_name", "__numpy__"},
       {"config", Config::map({{"value", Config::List{2.0, 3.0}}, {"dtype", "float32"}})}});
  const Layer layer = Rescaling::from_config(Config::map({{"scale", array}}));
  EXPECT_TRUE(is_near(Tensor(layer(Tensor{{1, 1}})), Tensor{{2, 3}}));
}

TEST(Rescaling, Errors) {
  EXPECT_EQ(message_of<ShapeError>([] {
              Rescaling({1, 2}, {.name = "r"})(Value(Input({3})));
            }),
            "r (Rescaling): expected an input that scale of shape (2,) fits, got (None, 3)");
  const Rescaling built({1, 2, 3});
  built(Tensor::zeros({1, 3}));
  EXPECT_EQ(message_of<ShapeError>([&] {
              built(Tensor::zeros({1, 4}));
            }),
            "rescaling (Rescaling): expected an input that scale of shape (3,) fits, got (1, 4)");
  EXPECT_EQ(message_of<ValueError>([] { Rescaling(ArrayArg(), {.name = "r"}); }),
            "r (Rescaling): expected numbers for scale and offset, got none");
  EXPECT_EQ(message_of<TypeError>([] {
              Rescaling::from_config(Config::map({{"name", "r"}, {"scale", "half"}}));
            }),
            "r (Rescaling): \"scale\": expected a number, got the string \"half\"");
}

TEST(ArrayArg, RefusesListsOfUnequalLengths) {
  ArrayArg array;
  const Config ragged = Config::List{Config::List{1, 2}, Config::List{3}};
  EXPECT_EQ(message_of<ValueError>([&] { from_config(ragged, array); }),
            "expected nested lists of equal lengths, got [3]");
  const Config mixed = Config::List{Config::List{1, 2}, 3};
  EXPECT_EQ(message_of<ValueError>([&] { from_config(mixed, array); }),
            "expected nested lists of equal lengths, got 3");
  from_config(Config(Config::List{Config::List{1, 2}, Config::List{3, 4}}), array);
  EXPECT_EQ(array.shape(), (Shape{2, 2}));
}

}  // namespace
}  // namespace antler
