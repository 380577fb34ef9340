#include "antler/losses/config_dtype.h"

#include <string>

#include "antler/core/error.h"

namespace antler::losses {

void require_float32(std::string_view class_name, const Config& config) {
  const Config* dtype = config.find("dtype");
  if (dtype != nullptr && dtype->is_map()) {
    const Config* policy = dtype->find("config");
    dtype = policy == nullptr ? nullptr : policy->find("name");
  }
  if (dtype == nullptr || dtype->is_null() || *dtype == Config("float32")) return;
  throw ValueError(std::string(class_name) + ": expected dtype \"float32\", got " +
                   dtype->to_string());
}

}  // namespace antler::losses
