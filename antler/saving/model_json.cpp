// Models as JSON text, without a file.
#include "antler/models/model_config.h"
#include "antler/saving/json.h"
#include "antler/saving/saving.h"

namespace antler {

std::string Model::to_json(int indent) const {
  return antler::to_json(model_to_config(*this), indent);
}

Model model_from_json(std::string_view text, const ModelFromJsonOptions& options) {
  return model_from_config(parse_json(text, "model_from_json"),
                           {.custom_objects = options.custom_objects});
}

}  // namespace antler
