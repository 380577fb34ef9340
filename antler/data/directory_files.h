#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/data/dataset.h"

namespace antler::utils {

/// The `labels` of files: "inferred" (the number of the folder they lie in), std::nullopt (none),
/// or one number for each file in the order of their paths.
class LabelsArg {
 public:
  LabelsArg(const char* inferred);
  LabelsArg(std::nullopt_t);
  LabelsArg(std::initializer_list<std::int64_t> labels);
  LabelsArg(std::vector<std::int64_t> labels);

  bool is_inferred() const { return kind_ == Kind::inferred; }
  /// The numbers that were given; null without.
  const std::vector<std::int64_t>* list() const { return kind_ == Kind::list ? &labels_ : nullptr; }

 private:
  enum class Kind : std::uint8_t { inferred, none, list };
  Kind kind_ = Kind::inferred;
  std::vector<std::int64_t> labels_;
};

/// A Dataset of files, with the attributes that Keras gives it.
struct DirectoryDataset : Dataset {
  DirectoryDataset(Dataset dataset, std::vector<std::string> class_names,
                   std::vector<std::string> file_paths);

  /// By their numbers; empty without labels.
  std::vector<std::string> class_names;
  /// In the order before shuffle().
  std::vector<std::string> file_paths;
};

/// What all the functions that read folders ask for.
struct FileSelection {
  LabelsArg labels = "inferred";
  std::optional<std::string> label_mode = std::string("int");
  std::vector<std::string> class_names = {};
  bool shuffle = true;
  std::optional<std::uint64_t> seed = {};
  std::optional<double> validation_split = {};
  std::optional<std::string> subset = {};
  bool follow_links = false;
  bool verbose = true;
};

struct LabelledFiles {
  std::vector<std::string> paths;
  /// A row a file as label_mode says; the empty Tensor without labels.
  Tensor labels;
  std::vector<std::string> class_names;
  /// What the Dataset is shuffled with, if it is.
  std::optional<std::uint64_t> shuffle_seed;
};

/// The files of a folder whose names end in one of `endings` (in small letters), with their labels.
///
/// Classes are the sub-folders, sorted, without those whose name begins with a dot; their files
/// come in the order of the folders' paths and the names. Then all are shuffled, and the subset is
/// taken.
///
/// Errors  ValueError, opened by `function`, for options that contradict each other, and when no
///         file is left; FileError for a folder that cannot be read.
/// Source  keras.utils' index_directory.
LabelledFiles files_of_directory(const std::string& function, const std::string& directory,
                                 std::span<const std::string_view> endings,
                                 const FileSelection& selection);

/// Both subsets of one look at the folder, training and validation; only the training files are to
/// be shuffled each epoch, as in Keras. `selection.subset` is "both", or left out.
std::pair<LabelledFiles, LabelledFiles> split_files_of_directory(
    const std::string& function, const std::string& directory,
    std::span<const std::string_view> endings, const FileSelection& selection);

}  // namespace antler::utils
