// A runner that cannot fail is worthless: in each kind of file, each expected number that is off by
// ten times its tolerance fails, by name.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "antler/saving/json.h"
#include "tests/golden/cases.h"
#include "tests/support/paths.h"

namespace antler::golden {
namespace {

struct Expected {
  std::string file;
  std::string key;      // of what the case expects
  double tolerance;     // GOLDEN.md's, relative to max(1, |expected|)
  std::string shown{};  // what the failure names instead of the key
};

void PrintTo(const Expected& expected, std::ostream* out) {
  *out << expected.file << " " << expected.key;
}

Config read_golden(const std::string& name) {
  const std::string path = testing::source_path("tests/golden/" + name);
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return parse_json(text, path);
}

// The value with its last number moved; nothing when it holds no finite number.
std::optional<Config> moved(const Config& value, double tolerance) {
  if (value.is_number() || value.is_integer()) {
    const double number = value.as_number();
    return Config(number + 10 * tolerance * std::max(1.0, std::abs(number)));
  }
  if (value.is_list()) {
    Config::List list = value.as_list();
    for (std::size_t i = list.size(); i-- > 0;) {
      if (const auto changed = moved(list[i], tolerance)) {
        list[i] = *changed;
        return Config(list);
      }
    }
    return std::nullopt;
  }
  if (!value.is_map()) return std::nullopt;
  const Config* dtype = value.find("dtype");
  if (dtype != nullptr && *dtype != Config("float32")) return std::nullopt;
  Config map = value;
  for (auto entry = value.as_map().rbegin(); entry != value.as_map().rend(); ++entry) {
    if (entry->first == "shape") continue;
    if (const auto changed = moved(entry->second, tolerance)) {
      map.set(entry->first, *changed);
      return map;
    }
  }
  return std::nullopt;
}

std::vector<std::string> failures_of(const Config& golden_case) {
  return run_cases(Config(Config::List{golden_case})).failures;
}

class Perturbed : public ::testing::TestWithParam<Expected> {};

TEST_P(Perturbed, Fails) {
  const Expected& expected = GetParam();
  const Config document = read_golden(expected.file);
  int tried = 0;
  for (const Config& golden_case :
       document.is_list() ? document.as_list() : document.at("cases").as_list()) {
    const Config* value = golden_case.find(expected.key);
    if (value == nullptr) continue;
    const std::optional<Config> changed = moved(*value, expected.tolerance);
    if (!changed) continue;
    ASSERT_EQ(failures_of(golden_case), std::vector<std::string>());
    Config perturbed = golden_case;
    perturbed.set(expected.key, *changed);
    const std::vector<std::string> failures = failures_of(perturbed);
    const Config* name = golden_case.find("name");
    const std::string title = name != nullptr ? name->as_string() : "#0";
    ASSERT_EQ(failures.size(), 1U) << title;
    EXPECT_EQ(failures[0].rfind(title, 0), 0U) << failures[0];
    const std::string& shown = expected.shown.empty() ? expected.key : expected.shown;
    EXPECT_NE(failures[0].find(shown), std::string::npos) << failures[0];
    EXPECT_NE(failures[0].find("max error"), std::string::npos) << failures[0];
    if (++tried == 3) break;
  }
  EXPECT_GT(tried, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Perturbed,
    ::testing::Values(
        Expected{"layers_recurrent.json", "outputs", 1e-5},
        Expected{"layers_recurrent.json", "grad_inputs", 1e-4},
        Expected{"layers_recurrent.json", "grad_weights", 1e-4},
        Expected{"layers_normalization.json", "weights_after", 1e-5},
        Expected{"arguments.json", "initial", 1e-5},
        Expected{"arguments.json", "constrained", 1e-5}, Expected{"layers.json", "losses", 1e-5},
        Expected{"layers_text.json", "outputs", 1e-5}, Expected{"activations.json", "y", 1e-5},
        Expected{"activations.json", "grad", 1e-4}, Expected{"losses.json", "value", 1e-5},
        Expected{"losses.json", "grad", 1e-4}, Expected{"losses.json", "value_sw", 1e-5},
        Expected{"losses.json", "sw_sum", 1e-5}, Expected{"losses.json", "sw_none", 1e-5},
        Expected{"losses.json", "sw_mean_with_sample_weight", 1e-5},
        Expected{"optimizers.json", "trajectory", 1e-5},
        Expected{"optimizers.json", "final_variables", 1e-5},
        Expected{"optimizers.json", "after_finalize", 1e-5},
        Expected{"schedules.json", "values", 1e-6, "step"},
        Expected{"metrics.json", "result", 1e-5}, Expected{"fit.json", "history", 1e-4},
        Expected{"fit.json", "final", 1e-4}, Expected{"fit.json", "evaluate", 1e-4},
        Expected{"fit.json", "predict", 1e-4}),
    [](const auto& info) {
      std::string name = info.param.file + "_" + info.param.key;
      std::replace(name.begin(), name.end(), '.', '_');
      return name;
    });

}  // namespace
}  // namespace antler::golden
