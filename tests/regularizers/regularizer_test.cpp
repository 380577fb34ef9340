#include "antler/regularizers/regularizer.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "antler/core/error.h"
#include "antler/regularizers/l1_l2.h"
#include "antler/regularizers/orthogonal.h"

namespace antler::regularizers {
namespace {

const Tensor kWeights = {{1, -2}, {3, 0.5}};  // sum |w| = 6.5, sum w^2 = 14.25

double penalty(const Regularizer& regularizer, const Tensor& x = kWeights) {
  return Tensor(regularizer(x)).item();
}

std::string message(const std::function<void()>& f) {
  try {
    f();
  } catch (const Error& e) {
    return e.what();
  }
  return "nothing was thrown";
}

TEST(Regularizers, FollowTheirFormulas) {
  EXPECT_NEAR(penalty(L1(0.1)), 0.65, 1e-6);
  EXPECT_NEAR(penalty(L1()), 0.065, 1e-7);
  EXPECT_NEAR(penalty(L2(0.1)), 1.425, 1e-6);
  EXPECT_NEAR(penalty(L2({.l2 = 0.2})), 2.85, 1e-6);
  EXPECT_NEAR(penalty(L2()), 0.1425, 1e-7);
  EXPECT_NEAR(penalty(L1L2({.l1 = 0.1, .l2 = 0.2})), 3.5, 1e-6);
  EXPECT_NEAR(penalty(L1L2({.l1 = 0.1})), 0.65, 1e-6);
  EXPECT_EQ(penalty(L1L2()), 0);
}

// The numbers are Keras'.
TEST(Regularizers, OrthogonalOnesMeasureAngles) {
  const Tensor x = {{1, -2}, {3, 0.5}, {-1, 0.25}};
  EXPECT_NEAR(penalty(OrthogonalRegularizer({.factor = 0.3}), x), 0.18619473, 1e-7);
  EXPECT_NEAR(penalty(OrthogonalRegularizer({.factor = 0.3, .mode = "columns"}), x), 0.03266793,
              1e-7);
  EXPECT_NEAR(penalty(OrthogonalRegularizer(), x), 0.00620649, 1e-8);
  EXPECT_EQ(penalty(OrthogonalRegularizer(), Tensor{{0, 0}, {0, 0}}), 0);
  const Regularizer one = OrthogonalRegularizer({.factor = 0.5, .mode = "columns"});
  EXPECT_EQ(Regularizer::from_config(one.to_config()).to_config(), one.to_config());
  EXPECT_EQ(RegularizerArg("orthogonal_regularizer").get().base().class_name(),
            "OrthogonalRegularizer");
}

TEST(Regularizers, KeepTheType) {
  const Value exact = L2(0.1)(kWeights.astype(DType::float64));
  EXPECT_EQ(exact.dtype(), DType::float64);
  EXPECT_NEAR(Tensor(exact).item(), 1.425, 1e-15);
  EXPECT_EQ(L1L2()(kWeights.astype(DType::float64)).dtype(), DType::float64);
}

TEST(RegularizerArg, TakesNamesAndObjects) {
  for (const auto& [name, class_name] : std::vector<std::pair<const char*, const char*>>{
           {"l1", "L1"}, {"l2", "L2"}, {"L2", "L2"}, {"l1_l2", "L1L2"}, {"l1l2", "L1L2"}}) {
    EXPECT_EQ(RegularizerArg(name).get().base().class_name(), class_name);
  }
  EXPECT_FALSE(RegularizerArg());
  EXPECT_TRUE(RegularizerArg(L2(0.5)));
}

TEST(Regularizer, IsWrittenAndReadAsInKeras) {
  EXPECT_EQ(to_config(RegularizerArg(L1L2({.l1 = 0.5, .l2 = 0.25}))).to_string(),
            "{\"module\": \"keras.regularizers\", \"class_name\": \"L1L2\", "
            "\"config\": {\"l1\": 0.5, \"l2\": 0.25}, \"registered_name\": null}");
  EXPECT_EQ(L1(0.5).to_config().at("config"), Config::map({{"l1", 0.5}}));
  EXPECT_TRUE(to_config(RegularizerArg()).is_null());
  RegularizerArg read;
  from_config(L2(0.1).to_config(), read);
  EXPECT_NEAR(penalty(read.get()), 1.425, 1e-6);
  from_config(Config(), read);
  EXPECT_FALSE(read);
}

TEST(Regularizer, SaysWhatIsWrong) {
  EXPECT_EQ(message([] { RegularizerArg("l3"); }),
            "unknown regularizer \"l3\"; did you mean \"l1\"?");
  EXPECT_EQ(message([] { OrthogonalRegularizer({.factor = -1}); }),
            "OrthogonalRegularizer: expected factor >= 0, got -1.0");
  EXPECT_EQ(message([] { OrthogonalRegularizer({.mode = "diagonals"}); }),
            "OrthogonalRegularizer: expected mode \"rows\" or \"columns\", got \"diagonals\"");
  EXPECT_EQ(message([] {
              OrthogonalRegularizer()(Tensor{1, 2});
            }),
            "OrthogonalRegularizer: expected a matrix, got (2,)");
  EXPECT_EQ(message([] {
              OrthogonalRegularizer()(Tensor{{1, 2}});
            }),
            "OrthogonalRegularizer: expected at least two rows, got (1, 2)");
  EXPECT_EQ(message([] { L2(-1); }), "L2: expected l2 >= 0, got -1.0");
  EXPECT_EQ(message([] { L1{std::numeric_limits<double>::infinity()}; }),
            "L1: expected l1 >= 0, got Infinity");
  EXPECT_EQ(message([] {
              Regularizer::from_config(
                  Config::map({{"class_name", "L2"}, {"config", Config::map({{"l1", 1.0}})}}));
            }),
            "L2: unknown key \"l1\"; did you mean \"l2\"?");
}

}  // namespace
}  // namespace antler::regularizers
