#include "tests/golden/cases.h"

#include <algorithm>
#include <string_view>

#include "tests/golden/check_activations.h"
#include "tests/golden/check_fit.h"
#include "tests/golden/check_layers.h"
#include "tests/golden/check_losses.h"
#include "tests/golden/check_metrics.h"
#include "tests/golden/check_optimizers.h"
#include "tests/golden/check_schedules.h"

namespace antler::golden {
namespace {

struct Kind {
  std::string_view noun;  // the key of the object under test
  std::vector<std::string_view> keys;
  std::vector<std::string> (*check)(const Config& golden_case);
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"layer", {"inputs", "outputs"}, check_layers},
      {"loss", {"y_true", "y_pred"}, check_losses},
      {"optimizer", {"grads", "trajectory"}, check_optimizers},
      {"schedule", {"values"}, check_schedules},
      {"metric", {"batches", "result"}, check_metrics},
      {"model", {"fit", "history"}, check_fit},
      {"", {"name", "x", "y", "cot"}, check_activations},
  };
  return all;
}

bool is_of_kind(const Config& golden_case, const Kind& kind) {
  return (kind.noun.empty() || golden_case.contains(kind.noun)) &&
         std::all_of(kind.keys.begin(), kind.keys.end(),
                     [&](std::string_view key) { return golden_case.contains(key); });
}

// The name, or index and class: "#3 CosineDecay".
std::string title_of(const Config& golden_case, std::size_t index) {
  const Config* name = golden_case.find("name");
  if (name != nullptr && name->is_string()) return name->as_string();
  const std::string number = "#" + std::to_string(index);
  if (!golden_case.is_map()) return number;
  for (const auto& [key, value] : golden_case.as_map()) {
    const Config* class_name = value.find("class_name");
    if (class_name != nullptr && class_name->is_string()) {
      return number + " " + class_name->as_string();
    }
  }
  return number;
}

std::vector<std::string> check(const Config& golden_case) {
  for (const Kind& kind : kinds()) {
    if (is_of_kind(golden_case, kind)) return kind.check(golden_case);
  }
  std::string keys;
  if (golden_case.is_map()) {
    for (const auto& [key, value] : golden_case.as_map()) keys += (keys.empty() ? "" : ", ") + key;
  }
  return {"a case of unknown kind, with the keys " + keys};
}

}  // namespace

CasesReport run_cases(const Config& document) {
  CasesReport report;
  const Config::List& cases =
      document.is_list() ? document.as_list() : document.at("cases").as_list();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::vector<std::string> texts = check(cases[i]);
    if (texts.empty()) {
      ++report.passed;
      continue;
    }
    std::string line = title_of(cases[i], i) + ": ";
    for (const std::string& text : texts) line += (&text == texts.data() ? "" : "; ") + text;
    report.failures.push_back(std::move(line));
  }
  return report;
}

}  // namespace antler::golden
