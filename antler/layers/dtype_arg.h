#pragma once

#include <string>

#include "antler/core/config.h"
#include "antler/core/dtype.h"

namespace antler {

/// A layer's `dtype` argument: an element type, or its name.
class DTypeArg {
 public:
  DTypeArg(DType dtype = DType::float32) : dtype_(dtype) {}
  DTypeArg(const char* name) : dtype_(dtype_from_name(name)) {}
  DTypeArg(const std::string& name) : dtype_(dtype_from_name(name)) {}
  DType get() const { return dtype_; }

 private:
  DType dtype_;
};

Config to_config(const DTypeArg& dtype);
/// A name, or Keras' DTypePolicy object.
void from_config(const Config& config, DTypeArg& dtype);

}  // namespace antler
