#include "antler/initializers/identity.h"

#include <algorithm>

#include "antler/core/convert_element.h"
#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/visit_dtype.h"

namespace antler::initializers {
namespace {

class IdentityInitializer final : public InitializerBase {
 public:
  explicit IdentityInitializer(const IdentityOptions& options) : options_(options) {}

  std::string_view class_name() const override { return "Identity"; }
  Config get_config() const override { return options_to_config(options_); }
  Tensor make(const Shape& shape, DType dtype, const RandomStream&) const override {
    if (shape.rank() != 2) {
      throw ShapeError("Identity: expected 2 dimensions, got " + shape.to_string());
    }
    Tensor out = Tensor::zeros(shape, dtype);
    visit_dtype(dtype, [&](auto zero) {
      using T = decltype(zero);
      const auto data = out.mutable_data<T>();
      for (std::int64_t i = 0; i < std::min(shape[0], shape[1]); ++i) {
        data[static_cast<std::size_t>(i * (shape[1] + 1))] = convert_element<T>(options_.gain);
      }
    });
    return out;
  }

 private:
  IdentityOptions options_;
};

}  // namespace

Identity::Identity(const IdentityOptions& options)
    : Initializer(std::make_shared<IdentityInitializer>(options)) {}

}  // namespace antler::initializers
