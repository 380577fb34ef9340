#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <utility>

#include "antler/core/error.h"
#include "antler/saving/hdf5_file.h"
#include "antler/saving/hdf5_format.h"
#include "antler/saving/hdf5_objects.h"
#include "antler/saving/hdf5_strings.h"

namespace antler {
namespace {

using hdf5::Input;
using hdf5::Kind;
using hdf5::Message;

constexpr std::size_t kMaxObjects = 100'000;
constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxPath = 4'096;
constexpr std::int64_t kMaxDatasetBytes = std::int64_t{4} << 30;

// What stands at one path of a file.
struct Entry {
  std::uint64_t offset = 0;  // of its object header
  bool is_group = false;
  std::vector<std::string> groups;    // of a group, in the order of their bytes
  std::vector<std::string> datasets;  // of a group
  Shape shape;                        // of a dataset
  hdf5::StoredType type;
  std::span<const std::byte> data;
};

// Paths without a leading slash; the root is "".
using Catalog = std::map<std::string, Entry>;

const Message& require_message(const std::vector<Message>& messages, Kind kind, const char* name) {
  if (const Message* found = hdf5::find_message(messages, kind)) return *found;
  throw FileError(std::string("expected a dataset with a ") + name + ", got none");
}

std::span<const std::byte> stored_data(std::span<const std::byte> file, Input layout) {
  const std::uint64_t version = layout.number(1);
  if (version != 3 && version != 4) {
    throw FileError("expected dataset layout 3 or 4, got " + std::to_string(version));
  }
  const std::uint64_t kind = layout.number(1);
  if (kind == 0) return layout.take(layout.number(2));
  if (kind != 1) {
    throw FileError("expected a dataset in one piece, as Keras writes it, got a " +
                    std::string(kind == 2   ? "chunked"
                                : kind == 3 ? "virtual"
                                            : "damaged") +
                    " one; save it without chunks and compression");
  }
  const std::uint64_t offset = layout.number(8);
  const std::uint64_t size = layout.number(8);
  if (offset == hdf5::kUndefined) return {};
  return hdf5::at(file, offset, size).rest();
}

Entry read_dataset(std::span<const std::byte> file, const std::vector<Message>& messages) {
  if (hdf5::find_message(messages, Kind::filters) != nullptr) {
    throw FileError("expected a dataset without filters, got a compressed one");
  }
  if (hdf5::find_message(messages, Kind::external_files) != nullptr) {
    throw FileError("expected a dataset inside the file, got one stored in another file");
  }
  Entry entry;
  entry.shape =
      hdf5::decode_shape(Input(require_message(messages, Kind::dataspace, "shape").content));
  entry.type =
      hdf5::decode_number_type(Input(require_message(messages, Kind::datatype, "type").content));
  entry.data = stored_data(file, Input(require_message(messages, Kind::layout, "layout").content));
  const std::int64_t count = entry.shape.size();
  if (count > kMaxDatasetBytes / item_size(entry.type.dtype)) {
    throw FileError("expected at most 4 GiB, got shape " + entry.shape.to_string());
  }
  const std::uint64_t bytes = static_cast<std::uint64_t>(count) * entry.type.size;
  if (bytes > entry.data.size()) {
    throw FileError("expected data for shape " + entry.shape.to_string() + ", got " +
                    std::to_string(entry.data.size()) + " bytes; is the file whole?");
  }
  entry.data = entry.data.first(bytes);
  return entry;
}

class CatalogBuilder {
 public:
  CatalogBuilder(std::span<const std::byte> file, const std::string& what)
      : file_(file), what_(what) {}

  Catalog build() {
    const auto root = with_error_prefix(what_ + ": ", [&] { return hdf5::read_superblock(file_); });
    if (!visit("", root, 0))
      throw FileError(what_ + ": expected a group at the root, got a dataset");
    return std::move(catalog_);
  }

 private:
  // Whether the object is a group.
  bool visit(const std::string& path, std::uint64_t offset, int depth) {
    std::vector<hdf5::Member> members;
    Entry entry;
    with_error_prefix(what_ + ": " + (path.empty() ? "/" : path) + ": ", [&] {
      require_bounds(path, offset, depth);
      const std::vector<Message> messages = hdf5::read_object(file_, offset);
      if (hdf5::is_group(messages)) {
        entry.is_group = true;
        members = hdf5::read_group(file_, messages, kMaxObjects - catalog_.size());
      } else {
        entry = read_dataset(file_, messages);
      }
      entry.offset = offset;
    });
    const bool is_group = entry.is_group;
    catalog_.emplace(path, std::move(entry));
    for (const hdf5::Member& member : members) visit_member(path, member, depth);
    return is_group;
  }

  void require_bounds(const std::string& path, std::uint64_t offset, int depth) {
    if (catalog_.size() >= kMaxObjects) {
      throw FileError("expected at most 100000 groups and datasets, got more");
    }
    if (depth > kMaxDepth) throw FileError("expected at most 64 levels of groups, got more");
    if (path.size() > kMaxPath) throw FileError("expected a path of at most 4096 bytes, got more");
    // Also what keeps a group that holds itself from being walked for ever.
    if (!seen_.insert(offset).second) {
      throw FileError("expected a group or dataset of its own, got a second link to another one");
    }
  }

  void visit_member(const std::string& path, const hdf5::Member& member, int depth) {
    const std::string child = path.empty() ? member.name : path + "/" + member.name;
    if (member.name.empty() || member.name.find('/') != std::string::npos) {
      throw FileError(what_ + ": " + child + ": expected a name without a slash, got \"" +
                      member.name + "\"");
    }
    if (catalog_.count(child) != 0) {
      throw FileError(what_ + ": " + child + ": expected distinct names in a group, got one twice");
    }
    const bool is_group = visit(child, member.offset, depth + 1);
    Entry& entry = catalog_.find(path)->second;
    (is_group ? entry.groups : entry.datasets).push_back(member.name);
  }

  std::span<const std::byte> file_;
  const std::string& what_;
  Catalog catalog_;
  std::set<std::uint64_t> seen_;
};

// Stored integers that are read as a wider type: sign or zeros are put in front.
void widen(const Entry& entry, Tensor& out) {
  const std::size_t size = entry.type.size;
  const auto wide = static_cast<std::size_t>(item_size(entry.type.dtype));
  std::byte* to = out.mutable_raw();
  for (std::size_t i = 0; i < entry.data.size() / size; ++i) {
    const std::span<const std::byte> from = entry.data.subspan(i * size, size);
    const std::byte high = entry.type.big_endian ? from.front() : from.back();
    const bool negative = entry.type.is_signed && (high & std::byte{0x80}) != std::byte{0};
    std::fill_n(to + i * wide, wide, negative ? std::byte{0xFF} : std::byte{0});
    std::copy(from.begin(), from.end(), to + i * wide);
    if (entry.type.big_endian) std::reverse(to + i * wide, to + i * wide + size);
  }
}

}  // namespace

struct Hdf5Reader::Impl {
  std::string what;
  std::vector<std::byte> bytes;
  Catalog catalog;

  Impl(std::vector<std::byte> file, std::string name)
      : what(std::move(name)),
        bytes(std::move(file)),
        catalog(CatalogBuilder(bytes, what).build()) {
    for (auto& [path, entry] : catalog) {
      std::sort(entry.groups.begin(), entry.groups.end());
      std::sort(entry.datasets.begin(), entry.datasets.end());
    }
  }

  static std::string key(const std::string& path) {
    return !path.empty() && path.front() == '/' ? path.substr(1) : path;
  }

  const Entry& entry(const std::string& path) const {
    const auto found = catalog.find(key(path));
    if (found == catalog.end()) {
      throw FileError(what + ": expected a group or dataset at " + path + ", got none");
    }
    return found->second;
  }

  const Entry& entry(const std::string& path, bool group) const {
    const Entry& found = entry(path);
    if (found.is_group != group) {
      throw FileError(what + ": " + path + ": expected a " + (group ? "group" : "dataset") +
                      ", got a " + (group ? "dataset" : "group"));
    }
    return found;
  }
};

Hdf5Reader::Hdf5Reader(std::vector<std::byte> bytes, std::string what)
    : impl_(std::make_unique<Impl>(std::move(bytes), std::move(what))) {}
Hdf5Reader::~Hdf5Reader() = default;
Hdf5Reader::Hdf5Reader(Hdf5Reader&&) noexcept = default;
Hdf5Reader& Hdf5Reader::operator=(Hdf5Reader&&) noexcept = default;

bool Hdf5Reader::exists(const std::string& path) const {
  return impl_->catalog.count(Impl::key(path)) != 0;
}

std::vector<std::string> Hdf5Reader::groups(const std::string& path) const {
  return impl_->entry(path, true).groups;
}

std::vector<std::string> Hdf5Reader::datasets(const std::string& path) const {
  return impl_->entry(path, true).datasets;
}

Shape Hdf5Reader::shape(const std::string& path) const { return impl_->entry(path, false).shape; }

Tensor Hdf5Reader::read(const std::string& path) const {
  const Entry& entry = impl_->entry(path, false);
  Tensor out = Tensor::uninitialized(entry.type.dtype, entry.shape);
  if (entry.data.empty()) return out;
  std::byte* bytes = out.mutable_raw();
  if (entry.type.dtype == DType::boolean) {
    // Any other byte than 0 and 1 in a bool is undefined behaviour.
    std::transform(entry.data.begin(), entry.data.end(), bytes,
                   [](std::byte b) { return b == std::byte{0} ? b : std::byte{1}; });
  } else if (entry.type.big_endian ||
             entry.data.size() != static_cast<std::size_t>(out.byte_size())) {
    widen(entry, out);
  } else {
    std::memcpy(bytes, entry.data.data(), entry.data.size());
  }
  return out;
}

std::optional<std::string> Hdf5Reader::string_attribute(const std::string& path,
                                                        const std::string& name) const {
  const auto found = string_list_attribute(path, name);
  if (!found) return std::nullopt;
  if (found->size() != 1) {
    throw FileError(impl_->what + ": " + path + ": attribute " + name +
                    ": expected one text, got " + std::to_string(found->size()));
  }
  return found->front();
}

std::optional<std::vector<std::string>> Hdf5Reader::string_list_attribute(
    const std::string& path, const std::string& name) const {
  const std::uint64_t offset = impl_->entry(path).offset;
  return with_error_prefix(impl_->what + ": " + path + ": attribute " + name + ": ", [&] {
    return hdf5::read_strings(impl_->bytes, hdf5::read_object(impl_->bytes, offset), name);
  });
}

}  // namespace antler
