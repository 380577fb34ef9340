#include "antler/constraints/constraint.h"

#include <gtest/gtest.h>

#include <functional>

#include "antler/constraints/non_neg.h"
#include "antler/constraints/norm.h"
#include "antler/core/error.h"

namespace antler::constraints {
namespace {

const Tensor kWeights = {{3, 0.3}, {4, -0.4}};  // columns of norm 5 and 0.5

void expect_near(const Tensor& got, const Tensor& expected) {
  ASSERT_EQ(got.shape(), expected.shape());
  for (std::int64_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(got.item(i), expected.item(i), 1e-6) << i;
  }
}

TEST(MaxNorm, ScalesDownLongColumns) {
  expect_near(MaxNorm()(kWeights), {{1.2, 0.3}, {1.6, -0.4}});
  expect_near(MaxNorm({.max_value = 1, .axis = 1})(Tensor{{3, 4}, {0, 0.5}}),
              {{0.6, 0.8}, {0, 0.5}});
  expect_near(MaxNorm({.max_value = 1, .axis = {0, 1}})(Tensor{{3, 0}, {0, 4}}),
              {{0.6, 0}, {0, 0.8}});
}

TEST(UnitNorm, MakesColumnsOfLengthOne) {
  // 1e-7 beside a norm of 0.5 changes nothing at this precision; a column of zeros stays so.
  expect_near(UnitNorm()(kWeights), {{0.6, 0.6}, {0.8, -0.8}});
  expect_near(UnitNorm()(Tensor::zeros({2, 1})), Tensor::zeros({2, 1}));
}

TEST(MinMaxNorm, MovesNormsIntoTheRange) {
  const MinMaxNormOptions range = {.min_value = 1, .max_value = 2};
  expect_near(MinMaxNorm(range)(kWeights), {{1.2, 0.6}, {1.6, -0.8}});
  // Half of the way: norms 3.5 and 0.75.
  expect_near(MinMaxNorm({.min_value = 1, .max_value = 2, .rate = 0.5})(kWeights),
              {{2.1, 0.45}, {2.8, -0.6}});
}

TEST(NonNeg, CutsAtZero) { expect_near(NonNeg()(kWeights), {{3, 0.3}, {4, 0}}); }

TEST(ConstraintArg, TakesNamesAndObjects) {
  for (const auto& [name, class_name] :
       std::vector<std::pair<const char*, const char*>>{{"max_norm", "MaxNorm"},
                                                        {"non_neg", "NonNeg"},
                                                        {"unit_norm", "UnitNorm"},
                                                        {"min_max_norm", "MinMaxNorm"},
                                                        {"MaxNorm", "MaxNorm"}}) {
    EXPECT_EQ(ConstraintArg(name).get().base().class_name(), class_name);
  }
  EXPECT_FALSE(ConstraintArg());
  EXPECT_TRUE(ConstraintArg(NonNeg()));
}

TEST(Constraint, IsWrittenAndReadAsInKeras) {
  EXPECT_EQ(to_config(ConstraintArg(MaxNorm({.axis = {0, 1}}))).to_string(),
            "{\"module\": \"keras.constraints\", \"class_name\": \"MaxNorm\", "
            "\"config\": {\"max_value\": 2.0, \"axis\": [0, 1]}, \"registered_name\": null}");
  EXPECT_EQ(UnitNorm().to_config().at("config"), Config::map({{"axis", 0}}));
  EXPECT_EQ(NonNeg().to_config().at("config"), Config::map());
  EXPECT_TRUE(to_config(ConstraintArg()).is_null());
  ConstraintArg read;
  for (const Constraint& written :
       {Constraint(MaxNorm({.max_value = 3, .axis = {0, 1}})), Constraint(NonNeg()),
        Constraint(MinMaxNorm({.rate = 0.5})), Constraint(UnitNorm({.axis = 1}))}) {
    from_config(written.to_config(), read);
    EXPECT_EQ(to_config(read), written.to_config());
    expect_near(read.get()(kWeights), written(kWeights));
  }
  from_config(Config(), read);
  EXPECT_FALSE(read);
}

TEST(Constraint, SaysWhatIsWrong) {
  try {
    ConstraintArg("maxnorm");
    ADD_FAILURE();
  } catch (const ValueError& e) {
    EXPECT_STREQ(e.what(), "unknown constraint \"maxnorm\"; did you mean \"MaxNorm\"?");
  }
  try {
    Constraint::from_config(
        Config::map({{"class_name", "NonNeg"}, {"config", Config::map({{"axis", 0}})}}));
    ADD_FAILURE();
  } catch (const ValueError& e) {
    EXPECT_STREQ(e.what(), "NonNeg: expected no arguments, got \"axis\"");
  }
}

}  // namespace
}  // namespace antler::constraints
