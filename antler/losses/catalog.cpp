#include "antler/losses/catalog.h"

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/suggest.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/categorical_crossentropy.h"
#include "antler/losses/config_dtype.h"
#include "antler/losses/huber.h"
#include "antler/losses/mean_absolute_error.h"
#include "antler/losses/mean_squared_error.h"
#include "antler/losses/sparse_categorical_crossentropy.h"

namespace antler::losses {
namespace {

struct Entry {
  std::string_view class_name;
  std::vector<std::string_view> functions;  // Keras' function name and its aliases
  Loss (*make)(std::string_view class_name, const Config& config);
};

template <class L, class Options>
Loss make(std::string_view class_name, const Config& config) {
  Options options;
  options_from_config(class_name, config, options, {"dtype"});
  require_float32(class_name, config);
  return L(options);
}

// To add a loss: its files in this folder, and a line here.
const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = {
      {"BinaryCrossentropy",
       {"binary_crossentropy", "bce", "BCE"},
       make<BinaryCrossentropy, BinaryCrossentropyOptions>},
      {"CategoricalCrossentropy",
       {"categorical_crossentropy"},
       make<CategoricalCrossentropy, CategoricalCrossentropyOptions>},
      {"SparseCategoricalCrossentropy",
       {"sparse_categorical_crossentropy"},
       make<SparseCategoricalCrossentropy, SparseCategoricalCrossentropyOptions>},
      {"MeanSquaredError",
       {"mean_squared_error", "mse", "MSE"},
       make<MeanSquaredError, MeanSquaredErrorOptions>},
      {"MeanAbsoluteError",
       {"mean_absolute_error", "mae", "MAE"},
       make<MeanAbsoluteError, MeanAbsoluteErrorOptions>},
      {"Huber", {"huber"}, make<Huber, HuberOptions>},
  };
  return all;
}

}  // namespace

Loss get(const std::string& name) {
  for (const Entry& entry : entries()) {
    if (entry.class_name == name) return entry.make(entry.class_name, Config::map());
    for (const std::string_view function : entry.functions) {
      if (function != name) continue;
      return entry.make(entry.class_name, Config::map({{"name", name}}));
    }
  }
  throw ValueError(unknown_name("loss", name, names()));
}

Loss from_config(const std::string& class_name, const Config& config) {
  std::vector<std::string_view> classes;
  for (const Entry& entry : entries()) {
    if (entry.class_name == class_name) return entry.make(entry.class_name, config);
    classes.push_back(entry.class_name);
  }
  throw ValueError(unknown_name("loss", class_name, classes));
}

std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const Entry& entry : entries()) {
    all.insert(all.end(), entry.functions.begin(), entry.functions.end());
    all.push_back(entry.class_name);
  }
  all.insert(all.end(), {"crossentropy", "ce"});
  return all;
}

}  // namespace antler::losses
