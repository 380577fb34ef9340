#include "antler/data/datasets.h"

#include <algorithm>
#include <array>
#include <span>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/data/cifar10.h"
#include "antler/data/dataset_files.h"
#include "antler/data/idx.h"

namespace antler::datasets {
namespace {

constexpr std::array<PublishedFile, 4> kMnist = {{
    {"train-images-idx3-ubyte.gz", 9912422,
     "sha256 440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"},
    {"train-labels-idx1-ubyte.gz", 28881,
     "sha256 3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"},
    {"t10k-images-idx3-ubyte.gz", 1648877,
     "sha256 8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"},
    {"t10k-labels-idx1-ubyte.gz", 4542,
     "sha256 f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"},
}};
constexpr std::array<PublishedFile, 4> kFashionMnist = {{
    {"train-images-idx3-ubyte.gz", 26421880,
     "sha256 3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"},
    {"train-labels-idx1-ubyte.gz", 29515,
     "sha256 a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"},
    {"t10k-images-idx3-ubyte.gz", 4422102,
     "sha256 346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"},
    {"t10k-labels-idx1-ubyte.gz", 5148,
     "sha256 67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"},
}};

struct IdxSet {
  std::string_view name, folder, content;
  std::span<const PublishedFile> files;
};
constexpr IdxSet kMnistSet = {"mnist", "mnist",
                              "60,000 + 10,000 handwritten digits, 28x28, 10 classes", kMnist};
constexpr IdxSet kFashionMnistSet = {"fashion_mnist", "fashion-mnist",
                                     "60,000 + 10,000 pictures of clothes, 28x28, 10 classes",
                                     kFashionMnist};

Tensor read_images(const std::string& path, std::int64_t count) {
  Tensor images = read_idx(path);
  const Shape wanted = {count, 28, 28};
  if (images.dtype() != DType::uint8 || images.shape() != wanted) {
    throw FileError(path + ": expected images " + wanted.to_string() + " of uint8, got " +
                    images.shape().to_string() + " of " +
                    std::string(antler::name(images.dtype())) + "; is it the right file?");
  }
  return images;
}

Tensor read_labels(const std::string& path, std::int64_t count) {
  const Tensor labels = read_idx(path);
  const Shape wanted = {count};
  if (labels.dtype() != DType::uint8 || labels.shape() != wanted) {
    throw FileError(path + ": expected labels " + wanted.to_string() + " of uint8, got " +
                    labels.shape().to_string() + " of " +
                    std::string(antler::name(labels.dtype())) + "; is it the right file?");
  }
  const std::span<const std::uint8_t> values = labels.data<std::uint8_t>();
  const auto wrong = std::find_if(values.begin(), values.end(), [](auto v) { return v > 9; });
  if (wrong != values.end()) {
    throw FileError(path + ": expected labels 0 to 9, got " + std::to_string(*wrong) + " in row " +
                    std::to_string(wrong - values.begin()) + "; is the file damaged?");
  }
  return labels.astype(DType::int64);
}

Split load_idx_set(const IdxSet& set) {
  if (!all_found(set.folder, set.files)) {
    throw FileError(std::string(set.name) + ": its files are not here; put them into " +
                    wanted_places(set.folder) + ":" + file_list(set.folder, set.files));
  }
  const auto path = [&](std::size_t i) { return find_file(set.folder, set.files[i].name); };
  return {{read_images(path(0), 60000), read_labels(path(1), 60000)},
          {read_images(path(2), 10000), read_labels(path(3), 10000)}};
}

Description describe_idx_set(const IdxSet& set) {
  Description out = {std::string(set.name), std::string(set.content),
                     all_found(set.folder, set.files), ""};
  const std::string file = find_file(set.folder, set.files[0].name);
  out.where = out.is_found ? file.substr(0, file.rfind('/'))
                           : "put into " + wanted_places(set.folder) + ":" +
                                 file_list(set.folder, set.files);
  return out;
}

Split load_drawn_digits() { return {drawn_digits(10000, 0), drawn_digits(2000, 1)}; }

Description describe_drawn_digits() {
  return {"drawn_digits", "10,000 + 2,000 digits drawn by Antler, 28x28, 10 classes", true,
          "drawn when asked for"};
}

struct Entry {
  std::string_view name;
  Split (*load)();
  Description (*describe)();
};
constexpr std::array<Entry, 4> kEntries = {
    {{"mnist", mnist, [] { return describe_idx_set(kMnistSet); }},
     {"fashion_mnist", fashion_mnist, [] { return describe_idx_set(kFashionMnistSet); }},
     {"cifar10", cifar10, describe_cifar10},
     {"drawn_digits", load_drawn_digits, describe_drawn_digits}}};

const Entry& find_entry(std::string_view name) {
  std::string wanted(name);
  std::replace(wanted.begin(), wanted.end(), '-', '_');
  std::vector<std::string_view> known;
  for (const Entry& entry : kEntries) {
    if (entry.name == wanted) return entry;
    known.push_back(entry.name);
  }
  throw ValueError(unknown_name("data set", name, known));
}

}  // namespace

Split mnist() { return load_idx_set(kMnistSet); }

Split fashion_mnist() { return load_idx_set(kFashionMnistSet); }

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const Entry& entry : kEntries) out.emplace_back(entry.name);
  return out;
}

Split load(std::string_view name) { return find_entry(name).load(); }

std::string note(std::string_view name) {
  return find_entry(name).name == "cifar10" ? cifar10_note() : "";
}

std::vector<Description> describe() {
  std::vector<Description> out;
  for (const Entry& entry : kEntries) out.push_back(entry.describe());
  return out;
}

}  // namespace antler::datasets
