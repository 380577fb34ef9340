#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/losses/by_shape.h"
#include "antler/losses/catalog.h"
#include "antler/losses/loss.h"

namespace antler {

LossArg::LossArg(const std::string& name) : name_(name) {
  if (!losses::is_crossentropy(name)) loss_ = losses::get(name);
}

Loss LossArg::resolve(const TensorSpec& y_true, const TensorSpec& y_pred) const {
  if (loss_ || name_.empty()) return loss_;
  std::string_view class_name;
  switch (losses::label_kind(y_true, y_pred)) {
    case losses::LabelKind::binary:
      class_name = "BinaryCrossentropy";
      break;
    case losses::LabelKind::sparse:
      class_name = "SparseCategoricalCrossentropy";
      break;
    case losses::LabelKind::categorical:
      class_name = "CategoricalCrossentropy";
      break;
  }
  return losses::from_config(std::string(class_name), Config::map({{"name", name_}}));
}

Config to_config(const LossArg& loss) {
  if (!loss.given_name().empty()) return loss.given_name();
  return loss.object() ? to_config(loss.object()) : Config();
}

Loss Loss::from_config(const Config& config) {
  if (config.is_string()) return losses::get(config.as_string());
  const SerializedObject object = parse_serialized("loss", config);
  if (object.class_name == "function" && object.config.is_string()) {
    throw ValueError("loss: expected a built-in loss, got the function \"" +
                     object.config.as_string() + "\", whose code the file does not hold");
  }
  return losses::from_config(object.class_name, object.config);
}

void from_config(const Config& config, LossArg& loss) {
  if (config.is_null()) {
    loss = LossArg();
  } else if (config.is_string()) {
    loss = LossArg(config.as_string());
  } else {
    loss = LossArg(Loss::from_config(config));
  }
}

}  // namespace antler
