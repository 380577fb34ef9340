#include "antler/data/images/image_dataset.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <memory>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/thread_pool.h"
#include "antler/data/example_source.h"
#include "antler/data/images/channels.h"
#include "antler/data/images/decoders.h"
#include "antler/data/images/resize_image.h"
#include "antler/data/input_file.h"

namespace antler::utils {
namespace {

constexpr std::array<std::string_view, 5> kEndings = {".bmp", ".gif", ".jpeg", ".jpg", ".png"};

enum class Fit { stretch, crop, pad };

// What every image becomes.
struct Target {
  std::int64_t height, width;
  int channels;
  std::string interpolation;
  Fit fit;
  bool channels_first;

  std::int64_t size() const { return height * width * channels; }
  Shape shape() const {
    return channels_first ? Shape{channels, height, width} : Shape{height, width, channels};
  }
};

// The image in the middle, as large as it goes, and black around it.
void pad_image(const Tensor& image, const images::Box& all, const Target& target, float* out) {
  const auto rows = static_cast<float>(all.height), columns = static_cast<float>(all.width);
  const float ratio = std::max(rows / static_cast<float>(target.height),
                               columns / static_cast<float>(target.width));
  const auto fitted = [&](float size, std::int64_t bound) {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(size / ratio)), 1, bound);
  };
  const std::int64_t height = fitted(rows, target.height), width = fitted(columns, target.width);
  const auto before = [&](std::int64_t bound, float size) {
    return std::max<std::int64_t>(
        0, static_cast<std::int64_t>(std::floor((static_cast<float>(bound) - size / ratio) / 2)));
  };
  const std::int64_t top = before(target.height, rows), left = before(target.width, columns);
  std::vector<float> inside(static_cast<std::size_t>(height * width * target.channels));
  images::resize_image(image, all, target.interpolation, height, width, inside.data());
  std::fill(out, out + target.size(), 0.0F);
  const std::int64_t line = width * target.channels;
  for (std::int64_t y = 0; y < height; ++y) {
    std::copy_n(inside.data() + y * line, line,
                out + ((top + y) * target.width + left) * target.channels);
  }
}

void fit_image(const Tensor& image, const Target& target, float* out) {
  const images::Box all = {0, 0, image.shape()[0], image.shape()[1]};
  if (target.fit == Fit::pad) return pad_image(image, all, target, out);
  const images::Box box =
      target.fit == Fit::crop ? images::centered_crop(image, target.height, target.width) : all;
  images::resize_image(image, box, target.interpolation, target.height, target.width, out);
}

void read_image(const std::string& path, const Target& target, float* out) {
  const Tensor image = images::with_channels(
      images::decode_image(read_file(path, images::kMaxFileBytes), path), target.channels);
  if (!target.channels_first) return fit_image(image, target, out);
  std::vector<float> pixels(static_cast<std::size_t>(target.size()));
  fit_image(image, target, pixels.data());
  const std::int64_t points = target.height * target.width;
  for (std::int64_t i = 0; i < target.size(); ++i) {
    out[i % target.channels * points + i / target.channels] = pixels[static_cast<std::size_t>(i)];
  }
}

class ImageSource : public ExampleSource {
 public:
  ImageSource(std::vector<std::string> paths, Tensor labels, Target target)
      : paths_(std::move(paths)), labels_(std::move(labels)), target_(std::move(target)) {}

  std::int64_t size() const override { return static_cast<std::int64_t>(paths_.size()); }

  void gather(const Wanted& wanted, Batch& batch) override {
    batch.x.resize(1);
    batch.y.resize(labels_ ? 1 : 0);
    batch.sample_weight.clear();
    make_room(DType::float32, target_.shape().dims(), wanted.capacity, batch.x[0]);
    read_all(wanted, batch.x[0].mutable_data<float>().data());
    if (!labels_) return;
    make_room(labels_.dtype(), labels_.shape().dims().subspan(1), wanted.capacity, batch.y[0]);
    gather_rows(labels_, wanted.examples, batch.y[0], wanted.copying);
  }

 private:
  // An error of one of several threads is kept until all are done; the first in order is thrown.
  void read_all(const Wanted& wanted, float* out) const {
    std::vector<std::exception_ptr> errors(wanted.examples.size());
    const auto read = [&](std::int64_t i) {
      const auto at = static_cast<std::size_t>(i);
      try {
        read_image(paths_[static_cast<std::size_t>(wanted.examples[at])], target_,
                   out + i * target_.size());
      } catch (...) {
        errors[at] = std::current_exception();
      }
    };
    const auto count = static_cast<std::int64_t>(wanted.examples.size());
    if (wanted.copying == Copying::with_pool) {
      parallel_for(count, read);
    } else {
      for (std::int64_t i = 0; i < count; ++i) read(i);
    }
    for (const std::exception_ptr& error : errors) {
      if (error != nullptr) std::rethrow_exception(error);
    }
  }

  std::vector<std::string> paths_;
  Tensor labels_;
  Target target_;
};

Target target_of(const std::string& function, const ImageDatasetOptions& options) {
  if (options.crop_to_aspect_ratio && options.pad_to_aspect_ratio) {
    throw ValueError(function + ": expected crop_to_aspect_ratio or pad_to_aspect_ratio, got both");
  }
  if (options.data_format != "channels_last" && options.data_format != "channels_first") {
    throw ValueError(function +
                     R"(: expected data_format to be "channels_last" or "channels_first", got ")" +
                     options.data_format + "\"");
  }
  images::check_interpolation(function, options.interpolation);
  const auto size = options.image_size.resolve(function + ": image_size", 2);
  if (size[0] > images::kMaxPixels / size[1]) {
    throw ValueError(function + ": expected image_size of at most " +
                     std::to_string(images::kMaxPixels) + " pixels, got " +
                     std::to_string(size[0]) + " x " + std::to_string(size[1]));
  }
  return {.height = size[0],
          .width = size[1],
          .channels = images::channels_of(function, options.color_mode),
          .interpolation = options.interpolation,
          .fit = options.crop_to_aspect_ratio  ? Fit::crop
                 : options.pad_to_aspect_ratio ? Fit::pad
                                               : Fit::stretch,
          .channels_first = options.data_format == "channels_first"};
}

FileSelection selection_of(const ImageDatasetOptions& options) {
  return {.labels = options.labels,
          .label_mode = options.label_mode,
          .class_names = options.class_names,
          .shuffle = options.shuffle,
          .seed = options.seed,
          .validation_split = options.validation_split,
          .subset = options.subset,
          .follow_links = options.follow_links,
          .verbose = options.verbose};
}

DirectoryDataset dataset_of(LabelledFiles files, const Target& target, std::int64_t batch_size) {
  for (const std::string& path : files.paths) {
    if (path.back() != 'f' && path.back() != 'F') continue;  // .gif alone ends so
    throw FileError(path + ": GIF images are not read; convert it to PNG, or take it out");
  }
  const Dataset dataset =
      Dataset::from_source(std::make_shared<ImageSource>(files.paths, files.labels, target))
          .batch(batch_size);
  return {files.shuffle_seed ? dataset.shuffle(*files.shuffle_seed) : dataset,
          std::move(files.class_names), std::move(files.paths)};
}

}  // namespace

DirectoryDataset image_dataset_from_directory(const std::string& directory,
                                              const ImageDatasetOptions& options) {
  const std::string function = "image_dataset_from_directory";
  const Target target = target_of(function, options);
  return dataset_of(files_of_directory(function, directory, kEndings, selection_of(options)),
                    target, options.batch_size);
}

std::pair<DirectoryDataset, DirectoryDataset> image_datasets_from_directory(
    const std::string& directory, const ImageDatasetOptions& options) {
  const std::string function = "image_datasets_from_directory";
  const Target target = target_of(function, options);
  auto [training, validation] =
      split_files_of_directory(function, directory, kEndings, selection_of(options));
  return {dataset_of(std::move(training), target, options.batch_size),
          dataset_of(std::move(validation), target, options.batch_size)};
}

}  // namespace antler::utils
