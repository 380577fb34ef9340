#include "antler/initializers/initializer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "antler/core/error.h"
#include "antler/initializers/constant.h"
#include "antler/initializers/glorot.h"
#include "antler/initializers/identity.h"
#include "antler/initializers/orthogonal.h"
#include "antler/initializers/variance_scaling.h"

namespace antler::initializers {
namespace {

template <class E>
std::string message(const std::function<void()>& f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "nothing was thrown";
}

// The largest difference of q^T q (or q q^T for a wide q) from gain^2 times the identity.
double defect(const Tensor& q, double gain) {
  const std::int64_t columns = q.shape().back();
  const std::int64_t rows = q.size() / columns;
  const bool wide = rows < columns;
  const std::int64_t count = wide ? rows : columns;
  const std::int64_t n = wide ? columns : rows;
  const auto at = [&](std::int64_t vector, std::int64_t i) {
    return q.item(wide ? vector * columns + i : i * columns + vector);
  };
  double worst = 0;
  for (std::int64_t a = 0; a < count; ++a) {
    for (std::int64_t b = 0; b < count; ++b) {
      double sum = 0;
      for (std::int64_t i = 0; i < n; ++i) sum += at(a, i) * at(b, i);
      worst = std::max(worst, std::abs(sum - (a == b ? gain * gain : 0)));
    }
  }
  return worst;
}

TEST(Orthogonal, IsOrthogonal) {
  EXPECT_LT(defect(Orthogonal({.seed = 1})({30, 30}), 1), 1e-6);
  EXPECT_LT(defect(Orthogonal({.gain = 2, .seed = 1})({40, 10}), 2), 4e-6);
  EXPECT_LT(defect(Orthogonal({.seed = 1})({10, 40}), 1), 1e-6);
  EXPECT_LT(defect(Orthogonal({.seed = 1})({3, 3, 2, 5}), 1), 1e-6);
  EXPECT_LT(defect(Orthogonal({.seed = 1})({200, 200}, DType::float64), 1), 1e-13);
}

TEST(Orthogonal, FollowsTheFirstNormalVector) {
  // R's diagonal is positive, so the first column is the first normal vector, scaled.
  const Tensor q = Orthogonal({.seed = 4})({6, 3}, DType::float64);
  const RandomStream stream = initializer_stream(4, 0);
  const double ratio = stream.normal(0) / q.item(0);
  EXPECT_GT(ratio, 0);
  for (int i = 1; i < 6; ++i) {
    EXPECT_NEAR(stream.normal(static_cast<std::uint64_t>(i)), ratio * q.item(3 * i), 1e-12);
  }
}

TEST(Constants, FillEveryType) {
  for (const DType type : {DType::float32, DType::float64, DType::int32, DType::int64}) {
    EXPECT_EQ(Ones()({2, 3}, type).item(5), 1);
    EXPECT_EQ(Zeros()({2, 3}, type).item(5), 0);
    EXPECT_EQ(Constant(3)({2}, type).item(1), 3);
    EXPECT_EQ(Constant({.value = 3})({}, type).dtype(), type);
  }
}

TEST(Identity, HasGainOnTheDiagonal) {
  EXPECT_TRUE(identical(Identity({.gain = 2})({2, 3}), Tensor{{2, 0, 0}, {0, 2, 0}}));
  EXPECT_TRUE(identical(Identity()({3, 2}), Tensor{{1, 0}, {0, 1}, {0, 0}}));
}

TEST(InitializerArg, TakesNames) {
  const std::vector<std::pair<const char*, const char*>> names = {
      {"zeros", "Zeros"},
      {"zero", "Zeros"},
      {"ones", "Ones"},
      {"one", "Ones"},
      {"constant", "Constant"},
      {"identity", "Identity"},
      {"uniform", "RandomUniform"},
      {"random_uniform", "RandomUniform"},
      {"normal", "RandomNormal"},
      {"random_normal", "RandomNormal"},
      {"truncated_normal", "TruncatedNormal"},
      {"variance_scaling", "VarianceScaling"},
      {"glorot_uniform", "GlorotUniform"},
      {"glorot_normal", "GlorotNormal"},
      {"he_uniform", "HeUniform"},
      {"he_normal", "HeNormal"},
      {"lecun_uniform", "LecunUniform"},
      {"lecun_normal", "LecunNormal"},
      {"orthogonal", "Orthogonal"},
      {"GlorotUniform", "GlorotUniform"}};
  for (const auto& [name, class_name] : names) {
    EXPECT_EQ(InitializerArg(name).get().base().class_name(), class_name) << name;
  }
  EXPECT_FALSE(InitializerArg());
}

TEST(Initializer, IsWrittenAndReadAsInKeras) {
  EXPECT_EQ(to_config(InitializerArg(GlorotUniform({.seed = 3}))).to_string(),
            "{\"module\": \"keras.initializers\", \"class_name\": \"GlorotUniform\", "
            "\"config\": {\"seed\": 3}, \"registered_name\": null}");
  EXPECT_TRUE(to_config(InitializerArg()).is_null());
  EXPECT_EQ(Zeros().to_config().at("config"), Config::map());
  const Initializer read =
      Initializer::from_config(Config::map({{"class_name", "VarianceScaling"},
                                            {"config", Config::map({{"scale", 2.0},
                                                                    {"mode", "fan_avg"},
                                                                    {"distribution", "normal"},
                                                                    {"seed", 5},
                                                                    {"input_axes", nullptr}})}}));
  EXPECT_EQ(read.to_config().at("config").to_string(),
            "{\"scale\": 2.0, \"mode\": \"fan_avg\", \"distribution\": \"truncated_normal\", "
            "\"seed\": 5}");
  EXPECT_TRUE(identical(read({9, 9}), VarianceScaling({.scale = 2.0,
                                                       .mode = "fan_avg",
                                                       .distribution = "truncated_normal",
                                                       .seed = 5})({9, 9})));
  // The axes are written when they are given: an older Keras does not know the keys.
  const Config with_axes =
      GlorotNormal({.seed = 4, .input_axes = {0}, .output_axes = {1, 2}}).to_config();
  EXPECT_EQ(with_axes.at("config").to_string(),
            "{\"seed\": 4, \"input_axes\": [0], \"output_axes\": [1, 2]}");
  EXPECT_EQ(Initializer::from_config(with_axes).to_config(), with_axes);
  InitializerArg argument = "zeros";
  from_config(Config(), argument);
  EXPECT_FALSE(argument);
  from_config(Config("ones"), argument);
  EXPECT_EQ(argument.get().base().class_name(), "Ones");
}

TEST(Initializer, SaysWhatIsWrong) {
  EXPECT_EQ(message<ValueError>([] { InitializerArg("glorot_unifrm"); }),
            "unknown initializer \"glorot_unifrm\"; did you mean \"glorot_uniform\"?");
  EXPECT_EQ(message<ValueError>([] {
              Initializer::from_config(
                  Config::map({{"class_name", "HeNormal"}, {"config", Config::map({{"sed", 1}})}}));
            }),
            "HeNormal: unknown key \"sed\"; did you mean \"seed\"?");
  EXPECT_EQ(message<ShapeError>([] { Identity()({3}); }),
            "Identity: expected 2 dimensions, got (3,)");
  EXPECT_EQ(message<ShapeError>([] { Orthogonal()({3}); }),
            "Orthogonal: expected at least 2 dimensions, got (3,)");
}

}  // namespace
}  // namespace antler::initializers
