#include "antler/losses/catalog.h"

#include "antler/core/class_table.h"
#include "antler/core/suggest.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/categorical_crossentropy.h"
#include "antler/losses/circle.h"
#include "antler/losses/config_dtype.h"
#include "antler/losses/cosine_similarity.h"
#include "antler/losses/ctc.h"
#include "antler/losses/divergence.h"
#include "antler/losses/focal_crossentropy.h"
#include "antler/losses/generalized_crossentropy.h"
#include "antler/losses/hinge.h"
#include "antler/losses/huber.h"
#include "antler/losses/mean_absolute_error.h"
#include "antler/losses/mean_squared_error.h"
#include "antler/losses/overlap.h"
#include "antler/losses/regression.h"
#include "antler/losses/sparse_categorical_crossentropy.h"

namespace antler::losses {
namespace {

template <class L, class Options>
Loss make(std::string_view class_name, const Config& config) {
  Options options;
  options_from_config(class_name, config, options, {"dtype"});
  require_float32(class_name, config);
  return L(options);
}

// To add a loss: its files in this folder, and a line here.
std::span<const ClassEntry<Loss>> table() {
  static const std::vector<ClassEntry<Loss>> entries = {
      {"BinaryCrossentropy",
       {"bce", "BCE"},
       [](const Config& c) {
         return make<BinaryCrossentropy, BinaryCrossentropyOptions>("BinaryCrossentropy", c);
       }},
      {"CategoricalCrossentropy",
       {},
       [](const Config& c) {
         return make<CategoricalCrossentropy, CategoricalCrossentropyOptions>(
             "CategoricalCrossentropy", c);
       }},
      {"SparseCategoricalCrossentropy",
       {},
       [](const Config& c) {
         return make<SparseCategoricalCrossentropy, SparseCategoricalCrossentropyOptions>(
             "SparseCategoricalCrossentropy", c);
       }},
      {"MeanSquaredError",
       {"mse", "MSE"},
       [](const Config& c) {
         return make<MeanSquaredError, MeanSquaredErrorOptions>("MeanSquaredError", c);
       }},
      {"MeanAbsoluteError",
       {"mae", "MAE"},
       [](const Config& c) {
         return make<MeanAbsoluteError, MeanAbsoluteErrorOptions>("MeanAbsoluteError", c);
       }},
      {"Huber", {}, [](const Config& c) { return make<Huber, HuberOptions>("Huber", c); }},
      {"BinaryFocalCrossentropy",
       {},
       [](const Config& c) {
         return make<BinaryFocalCrossentropy, BinaryFocalCrossentropyOptions>(
             "BinaryFocalCrossentropy", c);
       }},
      {"CategoricalFocalCrossentropy",
       {},
       [](const Config& c) {
         return make<CategoricalFocalCrossentropy, CategoricalFocalCrossentropyOptions>(
             "CategoricalFocalCrossentropy", c);
       }},
      {"CategoricalGeneralizedCrossEntropy",
       {},
       [](const Config& c) {
         return make<CategoricalGeneralizedCrossEntropy, CategoricalGeneralizedCrossEntropyOptions>(
             "CategoricalGeneralizedCrossEntropy", c);
       }},
      {"CategoricalHinge",
       {},
       [](const Config& c) {
         return make<CategoricalHinge, CategoricalHingeOptions>("CategoricalHinge", c);
       }},
      {"Circle", {}, [](const Config& c) { return make<Circle, CircleOptions>("Circle", c); }},
      {"CosineSimilarity",
       {},
       [](const Config& c) {
         return make<CosineSimilarity, CosineSimilarityOptions>("CosineSimilarity", c);
       }},
      {"CTC", {}, [](const Config& c) { return make<CTC, CTCOptions>("CTC", c); }},
      {"Dice", {}, [](const Config& c) { return make<Dice, DiceOptions>("Dice", c); }},
      {"Hinge", {}, [](const Config& c) { return make<Hinge, HingeOptions>("Hinge", c); }},
      {"KLDivergence",
       {"kld", "KLD"},
       [](const Config& c) { return make<KLDivergence, KLDivergenceOptions>("KLDivergence", c); }},
      {"LogCosh", {}, [](const Config& c) { return make<LogCosh, LogCoshOptions>("LogCosh", c); }},
      {"MeanAbsolutePercentageError",
       {"mape", "MAPE"},
       [](const Config& c) {
         return make<MeanAbsolutePercentageError, MeanAbsolutePercentageErrorOptions>(
             "MeanAbsolutePercentageError", c);
       }},
      {"MeanSquaredLogarithmicError",
       {"msle", "MSLE"},
       [](const Config& c) {
         return make<MeanSquaredLogarithmicError, MeanSquaredLogarithmicErrorOptions>(
             "MeanSquaredLogarithmicError", c);
       }},
      {"Poisson", {}, [](const Config& c) { return make<Poisson, PoissonOptions>("Poisson", c); }},
      {"SquaredHinge",
       {},
       [](const Config& c) { return make<SquaredHinge, SquaredHingeOptions>("SquaredHinge", c); }},
      {"Tversky", {}, [](const Config& c) { return make<Tversky, TverskyOptions>("Tversky", c); }},
  };
  return entries;
}

}  // namespace

Loss get(const std::string& name) {
  const ClassEntry<Loss>* entry = find_class(table(), name);
  if (entry == nullptr) {
    const std::vector<std::string> known = names();
    throw ValueError(unknown_name("loss", name, {known.begin(), known.end()}));
  }
  const bool is_class_name = name == entry->class_name;
  return entry->make(is_class_name ? Config::map() : Config::map({{"name", name}}));
}

Loss from_config(const std::string& class_name, const Config& config) {
  return make_from_table("loss", table(), serialized("keras.losses", class_name, config));
}

std::vector<std::string> names() {
  std::vector<std::string> all = names_of(table());
  all.insert(all.end(), {"crossentropy", "ce"});
  return all;
}

}  // namespace antler::losses
