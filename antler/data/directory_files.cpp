#include "antler/data/directory_files.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/data/folder_walk.h"
#include "antler/data/rows.h"

namespace antler::utils {
namespace {

std::string in_quotes(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += text.empty() ? "\"" : ", \"";
    text += name + "\"";
  }
  return text;
}

struct Found {
  std::vector<std::string> paths;
  std::vector<std::int64_t> labels;  // empty without
  std::vector<std::string> class_names;
};

// Functions come in pairs: "text_dataset_from_directory" gives one subset, or all, and
// "text_datasets_from_directory" both.
std::string sibling(const std::string& function, const char* datasets) {
  return function.substr(0, function.find("_dataset")) + datasets + "_from_directory";
}

void check_subset(const std::string& function, const FileSelection& selection) {
  const auto fail = [&](const std::string& what) { throw ValueError(function + ": " + what); };
  if ((selection.validation_split.value_or(0) != 0) != selection.subset.has_value()) {
    fail("expected validation_split and subset together, got one of them");
  }
  if (!selection.subset) return;
  const std::string& subset = *selection.subset;
  if (subset == "training" || subset == "validation") return;
  fail(R"(expected subset to be "training" or "validation", got ")" + subset + "\"" +
       (subset == "both" ? "; both come from " + sibling(function, "_datasets") : ""));
}

void check_both_subsets(const std::string& function, const FileSelection& selection) {
  const auto fail = [&](const std::string& what) { throw ValueError(function + ": " + what); };
  if (selection.validation_split.value_or(0) == 0) {
    fail("expected a validation_split, the part for validation, got none");
  }
  if (selection.subset.value_or("both") == "both") return;
  fail(R"(expected subset to be "both" or left out, got ")" + *selection.subset +
       "\"; one subset comes from " + sibling(function, "_dataset"));
}

void check(const std::string& function, const FileSelection& selection, bool both) {
  const auto fail = [&](const std::string& what) { throw ValueError(function + ": " + what); };
  const std::string mode = selection.label_mode.value_or("int");
  if (mode != "int" && mode != "categorical" && mode != "binary") {
    fail(R"(expected label_mode to be "int", "categorical", "binary" or none, got ")" + mode +
         "\"");
  }
  if (!selection.class_names.empty() && !selection.labels.is_inferred()) {
    fail("expected class_names only with labels \"inferred\"");
  }
  const double split = selection.validation_split.value_or(0);
  if (split != 0 && !(split > 0 && split < 1)) {
    fail("expected validation_split between 0 and 1, got " + std::to_string(split));
  }
  both ? check_both_subsets(function, selection) : check_subset(function, selection);
  if (split != 0 && selection.shuffle && !selection.seed) {
    fail(
        "expected a seed with validation_split and shuffle, so that training and validation do "
        "not overlap");
  }
}

Found infer_labels(const std::string& function, const std::string& directory,
                   std::span<const std::string_view> endings, const FileSelection& selection) {
  Found found;
  found.class_names = folders_in(directory);
  if (!selection.class_names.empty()) {
    const std::vector<std::string>& there = found.class_names;
    for (const std::string& name : selection.class_names) {
      if (std::find(there.begin(), there.end(), name) != there.end()) continue;
      throw ValueError(function + ": expected class_names among the folders " + in_quotes(there) +
                       " of " + directory + ", got \"" + name + "\"");
    }
    found.class_names = selection.class_names;
  }
  for (std::size_t label = 0; label < found.class_names.size(); ++label) {
    const std::string folder = directory + "/" + found.class_names[label];
    for (std::string& path : files_below(folder, endings, selection.follow_links)) {
      found.paths.push_back(std::move(path));
      found.labels.push_back(static_cast<std::int64_t>(label));
    }
  }
  return found;
}

Found find_files(const std::string& function, const std::string& directory,
                 std::span<const std::string_view> endings, const FileSelection& selection) {
  if (selection.labels.is_inferred() && selection.label_mode) {
    return infer_labels(function, directory, endings, selection);
  }
  Found found;
  found.paths = files_below(directory, endings, selection.follow_links);
  if (!selection.labels.list() || !selection.label_mode) return found;
  found.labels = *selection.labels.list();
  if (found.labels.size() != found.paths.size()) {
    throw ValueError(function + ": expected a label for each of the " +
                     std::to_string(found.paths.size()) + " files in " + directory + ", got " +
                     std::to_string(found.labels.size()));
  }
  for (const std::int64_t label : std::set(found.labels.begin(), found.labels.end())) {
    found.class_names.push_back(std::to_string(label));
  }
  return found;
}

void print(const std::string& line) { std::fputs((line + "\n").c_str(), stdout); }

// What is in a folder, and the order in which its files are divided.
struct Listing {
  Found found;
  std::vector<std::int64_t> order;
  std::uint64_t seed;
};

Listing list_files(const std::string& function, const std::string& directory,
                   std::span<const std::string_view> endings, const FileSelection& selection) {
  std::string folder = directory;
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  Listing listing{.found = find_files(function, folder, endings, selection),
                  .order = {},
                  .seed = selection.seed.value_or(default_seed())};
  const Found& found = listing.found;
  const auto count = static_cast<std::int64_t>(found.paths.size());
  if (selection.verbose) {
    const std::string files = "Found " + std::to_string(count) + " files";
    print(found.labels.empty()
              ? files + "."
              : files + " belonging to " + std::to_string(found.class_names.size()) + " classes.");
  }
  listing.order = shuffled_order(count, listing.seed, 0);
  if (!selection.shuffle) std::sort(listing.order.begin(), listing.order.end());
  return listing;
}

// The numbers of a subset's files, or of all, in the order of the Dataset.
std::vector<std::int64_t> chosen(const std::vector<std::int64_t>& order,
                                 const FileSelection& selection,
                                 const std::optional<std::string>& subset) {
  if (!subset) return order;
  const auto count = static_cast<std::int64_t>(order.size());
  const auto validation =
      static_cast<std::int64_t>(*selection.validation_split * static_cast<double>(count));
  const auto border = order.end() - validation;
  const bool training = subset == "training";
  if (selection.verbose) {
    print("Using " + std::to_string(training ? count - validation : validation) + " files for " +
          *subset + ".");
  }
  return training ? std::vector(order.begin(), border) : std::vector(border, order.end());
}

Tensor encode(const std::string& function, const std::string& mode,
              const std::vector<std::int64_t>& labels, std::int64_t classes) {
  const Tensor numbers = Tensor::from(labels);
  if (mode == "int") return numbers.astype(DType::int32);
  if (mode == "binary") {
    if (classes != 2) {
      throw ValueError(function + ": expected 2 classes with label_mode \"binary\", got " +
                       std::to_string(classes));
    }
    return numbers.astype(DType::float32).reshape({numbers.length(), 1});
  }
  Tensor rows = Tensor::zeros({numbers.length(), classes});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0 || labels[i] >= classes) {
      throw ValueError(function + ": expected labels in [0, " + std::to_string(classes) +
                       ") with label_mode \"categorical\", got " + std::to_string(labels[i]));
    }
    rows.mutable_data<float>()[i * static_cast<std::size_t>(classes) +
                               static_cast<std::size_t>(labels[i])] = 1;
  }
  return rows;
}

LabelledFiles files_of(const std::string& function, const std::string& directory,
                       std::span<const std::string_view> endings, const FileSelection& selection,
                       const Listing& listing, const std::optional<std::string>& subset) {
  const Found& found = listing.found;
  const bool labelled = !found.labels.empty();
  LabelledFiles files;
  std::vector<std::int64_t> labels;
  for (const std::int64_t i : chosen(listing.order, selection, subset)) {
    files.paths.push_back(found.paths[static_cast<std::size_t>(i)]);
    if (labelled) labels.push_back(found.labels[static_cast<std::size_t>(i)]);
  }
  if (files.paths.empty()) {
    std::string names;
    for (const std::string_view ending : endings) names += " " + std::string(ending);
    throw ValueError(function + ": expected files in " + directory + " that end in" + names +
                     ", got none" + (subset ? " for " + *subset : ""));
  }
  if (labelled) {
    files.labels = encode(function, *selection.label_mode, labels,
                          static_cast<std::int64_t>(found.class_names.size()));
    files.class_names = found.class_names;
  }
  if (selection.shuffle) files.shuffle_seed = listing.seed;
  return files;
}

}  // namespace

LabelsArg::LabelsArg(std::nullopt_t) : kind_(Kind::none) {}
LabelsArg::LabelsArg(std::initializer_list<std::int64_t> labels) : LabelsArg(std::vector(labels)) {}
LabelsArg::LabelsArg(std::vector<std::int64_t> labels)
    : kind_(Kind::list), labels_(std::move(labels)) {}

DirectoryDataset::DirectoryDataset(Dataset dataset, std::vector<std::string> class_names,
                                   std::vector<std::string> file_paths)
    : Dataset(std::move(dataset)),
      class_names(std::move(class_names)),
      file_paths(std::move(file_paths)) {}

LabelsArg::LabelsArg(const char* inferred) {
  if (std::string_view(inferred) == "inferred") return;
  throw ValueError(std::string(R"(expected labels to be "inferred", none or numbers, got ")") +
                   inferred + "\"");
}

LabelledFiles files_of_directory(const std::string& function, const std::string& directory,
                                 std::span<const std::string_view> endings,
                                 const FileSelection& selection) {
  check(function, selection, false);
  const Listing listing = list_files(function, directory, endings, selection);
  return files_of(function, directory, endings, selection, listing, selection.subset);
}

std::pair<LabelledFiles, LabelledFiles> split_files_of_directory(
    const std::string& function, const std::string& directory,
    std::span<const std::string_view> endings, const FileSelection& selection) {
  check(function, selection, true);
  const Listing listing = list_files(function, directory, endings, selection);
  LabelledFiles training = files_of(function, directory, endings, selection, listing, "training");
  LabelledFiles validation =
      files_of(function, directory, endings, selection, listing, "validation");
  validation.shuffle_seed.reset();
  return {std::move(training), std::move(validation)};
}

}  // namespace antler::utils
