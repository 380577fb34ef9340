#pragma once

#include <optional>
#include <string>

#include "antler/core/config.h"
#include "antler/core/dtype.h"

namespace antler {

/// A layer's `dtype` argument: an element type, its name, or std::nullopt where a layer chooses.
class DTypeArg {
 public:
  DTypeArg(DType dtype = DType::float32) : dtype_(dtype) {}
  DTypeArg(const char* name) : dtype_(dtype_from_name(name)) {}
  DTypeArg(const std::string& name) : dtype_(dtype_from_name(name)) {}
  DTypeArg(std::nullopt_t) : is_given_(false) {}
  bool is_given() const { return is_given_; }
  DType get() const { return dtype_; }
  DType value_or(DType other) const { return is_given_ ? dtype_ : other; }

 private:
  DType dtype_ = DType::float32;
  bool is_given_ = true;
};

/// A name, or null for std::nullopt.
Config to_config(const DTypeArg& dtype);
/// A name, null, or Keras' DTypePolicy object.
void from_config(const Config& config, DTypeArg& dtype);

}  // namespace antler
