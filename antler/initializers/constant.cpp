#include "antler/initializers/constant.h"

#include "antler/core/options.h"

namespace antler::initializers {
namespace {

class ConstantInitializer final : public InitializerBase {
 public:
  ConstantInitializer(std::string_view class_name, double value, bool has_argument)
      : class_name_(class_name), value_(value), has_argument_(has_argument) {}

  std::string_view class_name() const override { return class_name_; }
  Config get_config() const override {
    return has_argument_ ? Config::map({{"value", value_}}) : Config::map();
  }
  Tensor make(const Shape& shape, DType dtype, const RandomStream&) const override {
    return Tensor::full(shape, value_, dtype);
  }

 private:
  std::string_view class_name_;
  double value_;
  bool has_argument_;
};

}  // namespace

Zeros::Zeros() : Initializer(std::make_shared<ConstantInitializer>("Zeros", 0.0, false)) {}

Ones::Ones() : Initializer(std::make_shared<ConstantInitializer>("Ones", 1.0, false)) {}

Constant::Constant(double value)
    : Initializer(std::make_shared<ConstantInitializer>("Constant", value, true)) {}

Constant::Constant(const ConstantOptions& options) : Constant(options.value) {}

}  // namespace antler::initializers
