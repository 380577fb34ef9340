#include "antler/layers/dtype_arg.h"

#include "antler/core/serialized.h"

namespace antler {

Config to_config(const DTypeArg& dtype) {
  return dtype.is_given() ? Config(name(dtype.get())) : Config();
}

void from_config(const Config& config, DTypeArg& dtype) {
  if (config.is_null()) {
    dtype = std::nullopt;
    return;
  }
  const SerializedObject object = parse_serialized("dtype", config);
  dtype = config.is_string() ? DTypeArg(object.class_name)
                             : DTypeArg(object.config.at("name").as_string());
}

}  // namespace antler
