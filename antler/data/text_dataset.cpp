#include "antler/data/text_dataset.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/data/example_source.h"
#include "antler/data/input_file.h"

namespace antler::utils {
namespace {

constexpr std::array<std::string_view, 1> kEndings = {".txt"};
constexpr std::int64_t kMaxTextBytes = std::int64_t{1} << 28;

// read_file refuses an empty file; as a text it is as good as any other.
std::string read_text(const std::string& path, std::optional<std::int64_t> max_length) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) == 0 && !error) return {};
  const std::vector<std::byte> bytes = read_file(path, kMaxTextBytes);
  std::size_t size = bytes.size();
  if (max_length) size = std::min(size, static_cast<std::size_t>(*max_length));
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

class TextSource : public ExampleSource {
 public:
  TextSource(std::vector<std::string> paths, Tensor labels, std::optional<std::int64_t> max_length)
      : paths_(std::move(paths)), labels_(std::move(labels)), max_length_(max_length) {}

  std::int64_t size() const override { return static_cast<std::int64_t>(paths_.size()); }

  void gather(const Wanted& wanted, Batch& batch) override {
    batch.x.resize(1);
    batch.y.resize(labels_ ? 1 : 0);
    batch.sample_weight.clear();
    make_room(DType::string, {}, wanted.capacity, batch.x[0]);
    std::string* text = batch.x[0].mutable_data<std::string>().data();
    for (const std::int64_t example : wanted.examples) {
      *text++ = read_text(paths_[static_cast<std::size_t>(example)], max_length_);
    }
    if (!labels_) return;
    make_room(labels_.dtype(), labels_.shape().dims().subspan(1), wanted.capacity, batch.y[0]);
    gather_rows(labels_, wanted.examples, batch.y[0], wanted.copying);
  }

 private:
  std::vector<std::string> paths_;
  Tensor labels_;
  std::optional<std::int64_t> max_length_;
};

FileSelection selection_of(const std::string& function, const TextDatasetOptions& options) {
  if (options.max_length && *options.max_length < 1) {
    throw ValueError(function + ": expected max_length of at least 1, got " +
                     std::to_string(*options.max_length));
  }
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

DirectoryDataset dataset_of(LabelledFiles files, const TextDatasetOptions& options) {
  const Dataset dataset = Dataset::from_source(std::make_shared<TextSource>(
                                                   files.paths, files.labels, options.max_length))
                              .batch(options.batch_size);
  return {files.shuffle_seed ? dataset.shuffle(*files.shuffle_seed) : dataset,
          std::move(files.class_names), std::move(files.paths)};
}

}  // namespace

DirectoryDataset text_dataset_from_directory(const std::string& directory,
                                             const TextDatasetOptions& options) {
  const std::string function = "text_dataset_from_directory";
  return dataset_of(
      files_of_directory(function, directory, kEndings, selection_of(function, options)), options);
}

std::pair<DirectoryDataset, DirectoryDataset> text_datasets_from_directory(
    const std::string& directory, const TextDatasetOptions& options) {
  const std::string function = "text_datasets_from_directory";
  auto [training, validation] =
      split_files_of_directory(function, directory, kEndings, selection_of(function, options));
  return {dataset_of(std::move(training), options), dataset_of(std::move(validation), options)};
}

}  // namespace antler::utils
