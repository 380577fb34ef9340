#include "antler/layers/dtype_arg.h"

#include "antler/core/serialized.h"

namespace antler {

Config to_config(const DTypeArg& dtype) { return name(dtype.get()); }

void from_config(const Config& config, DTypeArg& dtype) {
  const SerializedObject object = parse_serialized("dtype", config);
  dtype = config.is_string() ? DTypeArg(object.class_name)
                             : DTypeArg(object.config.at("name").as_string());
}

}  // namespace antler
