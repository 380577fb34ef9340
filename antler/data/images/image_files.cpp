#include "antler/data/images/image_files.h"

#include <algorithm>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/visit_dtype.h"
#include "antler/data/atomic_file.h"
#include "antler/data/images/channels.h"
#include "antler/data/images/decoders.h"
#include "antler/data/images/resize_image.h"
#include "antler/data/input_file.h"

namespace antler::utils {
namespace {

bool is_channels_first(const std::string& function, const std::string& data_format) {
  if (data_format == "channels_first") return true;
  if (data_format == "channels_last") return false;
  throw ValueError(function +
                   R"(: expected data_format to be "channels_last" or "channels_first", got ")" +
                   data_format + "\"");
}

// (planes, points) -> (points, planes), any two axes in a row of values.
template <class T>
Tensor swapped(const Tensor& x, std::int64_t planes, std::int64_t points, const Shape& shape) {
  Tensor out = Tensor::uninitialized(x.dtype(), shape);
  const T* from = x.data<T>().data();
  T* to = out.mutable_data<T>().data();
  for (std::int64_t plane = 0; plane < planes; ++plane) {
    for (std::int64_t point = 0; point < points; ++point) {
      to[point * planes + plane] = *from++;
    }
  }
  return out;
}

}  // namespace

Tensor load_img(const std::string& path, const LoadImgOptions& options) {
  const int channels = images::channels_of("load_img", options.color_mode);
  const Tensor image = images::with_channels(
      images::decode_image(read_file(path, images::kMaxFileBytes), path), channels);
  if (options.target_size.is_none()) return image;
  if (options.interpolation != "nearest") {
    throw ValueError("load_img: expected interpolation to be \"nearest\", got \"" +
                     options.interpolation +
                     "\"; the others are image_dataset_from_directory's and Resizing's");
  }
  const auto size = options.target_size.resolve("load_img: target_size", 2);
  const images::Box box = options.keep_aspect_ratio
                              ? images::centered_crop(image, size[0], size[1])
                              : images::Box{0, 0, image.shape()[0], image.shape()[1]};
  Tensor resized = Tensor::uninitialized(DType::float32, {size[0], size[1], channels});
  images::resize_image(image, box, "nearest", size[0], size[1],
                       resized.mutable_data<float>().data());
  return resized.astype(DType::uint8);
}

Tensor img_to_array(const Tensor& img, const ImageArrayOptions& options) {
  const bool first = is_channels_first("img_to_array", options.data_format);
  if (img.rank() != 2 && img.rank() != 3) {
    throw ShapeError("img_to_array: expected an image (height, width, channels), got " +
                     img.shape().to_string());
  }
  Tensor out = img.astype(options.dtype);
  if (img.rank() == 2) out = out.reshape(img.shape().inserted(2, 1));
  if (!first) return out;
  const Shape shape = out.shape();
  return visit_dtype(out.dtype(), [&](auto zero) {
    return swapped<decltype(zero)>(out, shape[0] * shape[1], shape[2],
                                   {shape[2], shape[0], shape[1]});
  });
}

Tensor array_to_img(const Tensor& x, const ArrayImageOptions& options) {
  const bool first = is_channels_first("array_to_img", options.data_format);
  if (x.rank() != 3) {
    throw ShapeError("array_to_img: expected an image (height, width, channels), got " +
                     x.shape().to_string());
  }
  const std::int64_t channels = x.shape()[first ? 0 : 2];
  if (x.size() == 0 || (channels != 1 && channels != 3 && channels != 4)) {
    throw ShapeError("array_to_img: expected 1, 3 or 4 channels in " + options.data_format +
                     ", got " + x.shape().to_string());
  }
  Tensor values = x.astype(DType::float32);
  if (first) {
    values = swapped<float>(values, channels, x.size() / channels,
                            {x.shape()[1], x.shape()[2], channels});
  }
  if (options.scale) {
    const auto data = values.mutable_data<float>();
    const float lowest = *std::min_element(data.begin(), data.end());
    for (float& value : data) value -= lowest;
    const float highest = *std::max_element(data.begin(), data.end());
    for (float& value : data) value = (highest != 0 ? value / highest : value) * 255;
  }
  return values.astype(DType::uint8);
}

void save_img(const std::string& path, const Tensor& x, const ArrayImageOptions& options) {
  std::string end = path.substr(path.size() < 4 ? 0 : path.size() - 4);
  std::transform(end.begin(), end.end(), end.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 0x41 && c <= 0x5A ? c + 32 : c);
  });
  if (end != ".png") {
    throw ValueError("save_img: expected a name that ends in .png, got \"" + path +
                     "\"; PNG is the format that is written");
  }
  write_file_atomically(path, images::encode_png(array_to_img(x, options)));
}

}  // namespace antler::utils
