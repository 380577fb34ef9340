#include "antler/models/get_item.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/tensor.h"
#include "antler/layers/input.h"
#include "antler/ops/creation.h"
#include "antler/ops/reshape.h"

namespace antler {
namespace {

const Config kNone;
const Config kEllipsis = Config::map({{"class_name", "__ellipsis__"}});

Config slice(const Config& start, const Config& stop, const Config& step = {}) {
  return Config::map({{"class_name", "__slice__"},
                      {"config", Config::map({{"start", start}, {"stop", stop}, {"step", step}})}});
}

// 0 to 23 as (2, 3, 4).
Value counted() { return ops::reshape(ops::arange(24), {2, 3, 4}); }

std::vector<std::int32_t> elements(const Value& value) {
  const Tensor tensor = Tensor(value).astype(DType::int32);
  const auto data = tensor.data<std::int32_t>();
  return {data.begin(), data.end()};
}

TEST(GetItem, TakesOutElementsAndSlices) {
  const Value last = get_item(counted(), std::vector<Config>{slice({}, {}), -1, 0});
  EXPECT_EQ(last.shape(), Shape({2}));
  EXPECT_EQ(elements(last), (std::vector<std::int32_t>{8, 20}));
  const Value some = get_item(counted(), std::vector<Config>{1, slice(-2, {}), slice({}, {}, 3)});
  EXPECT_EQ(some.shape(), Shape({2, 2}));
  EXPECT_EQ(elements(some), (std::vector<std::int32_t>{16, 19, 20, 23}));
}

TEST(GetItem, PutsNewAxesWhereTheyAreAsked) {
  const Value value = get_item(counted(), std::vector<Config>{kNone, 0, kEllipsis, kNone, 1});
  EXPECT_EQ(value.shape(), Shape({1, 3, 1}));
  EXPECT_EQ(elements(value), (std::vector<std::int32_t>{1, 5, 9}));
  EXPECT_EQ(get_item(counted(), std::vector<Config>{kEllipsis}).shape(), Shape({2, 3, 4}));
}

TEST(GetItem, KnowsNoSizeOfTheBatch) {
  const Value x = Input({3, 4});
  EXPECT_EQ(get_item(x, std::vector<Config>{slice({}, {}), 0}).shape(), Shape({None, 4}));
}

TEST(GetItem, SaysWhatItDoesNotTake) {
  const auto text = [](const std::vector<Config>& key) -> std::string {
    try {
      get_item(counted(), key);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(text({0, 3}), "expected an index in [-3, 3) for axis 1 of (2, 3, 4), got 3");
  EXPECT_EQ(text({-3}), "expected an index in [-2, 2) for axis 0 of (2, 3, 4), got -3");
  EXPECT_EQ(text({0, 0, 0, 0}), "expected a key of at most 3 axes, got 4");
  EXPECT_EQ(text({kEllipsis, 0, kEllipsis}), "expected at most one Ellipsis in a key, got several");
  EXPECT_EQ(text({"first"}), "expected integers, slices, None or Ellipsis in a key, got \"first\"");
}

}  // namespace
}  // namespace antler
