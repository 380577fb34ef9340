#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "antler/layers/data_format.h"
#include "antler/layers/image_axes.h"
#include "antler/layers/layer_with_options.h"

namespace antler {

/// What the layers on images share: options with a `data_format`, and the check of the rank.
template <class Options>
class ImageLayer : public LayerWithOptions<Options> {
 public:
  ImageLayer(std::string_view class_name, const Options& options)
      : LayerWithOptions<Options>(options), class_name_(class_name) {
    with_error_prefix(layer_title(class_name, options.name) + ": ",
                      [&] { data_format_ = checked_data_format(options.data_format); });
  }

  std::string class_name() const override { return class_name_; }
  void build(const Shape& input) override { image_axes(input, data_format_); }

  Config get_config() const override {
    return with_argument(LayerWithOptions<Options>::get_config(), "data_format", data_format_);
  }

 protected:
  const std::string& data_format() const { return data_format_; }
  /// Errors: ValueError, opened by the layer, unless `valid`.
  void require(bool valid, const std::string& text) const {
    require_argument(class_name_, this->options(), valid, text);
  }
  void require_size(std::int64_t height, std::int64_t width) const {
    require(height >= 1 && width >= 1, "expected a height and width of at least 1, got " +
                                           std::to_string(height) + " and " +
                                           std::to_string(width));
  }
  static Config with_size(Config config, std::int64_t height, std::int64_t width) {
    return with_argument(with_argument(std::move(config), "height", height), "width", width);
  }

 private:
  std::string class_name_;
  std::string data_format_ = "channels_last";
};

}  // namespace antler
