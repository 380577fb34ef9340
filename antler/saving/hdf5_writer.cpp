#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/saving/hdf5_file.h"
#include "antler/saving/hdf5_layout.h"
#include "antler/saving/utf8.h"

namespace antler {
namespace {

constexpr std::size_t kMaxMessageBytes = 65'528;

void require_text(const std::string& text, const char* what) {
  if (text.find('\0') != std::string::npos || !is_utf8(text)) {
    throw ValueError(std::string("Hdf5Writer: expected ") + what +
                     " in UTF-8 without zero bytes, got other bytes");
  }
}

std::vector<std::string> parts_of(const std::string& path) {
  require_text(path, "a path");
  std::vector<std::string> parts;
  for (std::size_t begin = path.substr(0, 1) == "/" ? 1 : 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    if (parts.back().empty() || parts.back() == ".") {
      throw ValueError("Hdf5Writer: expected a path without empty names and \".\", got \"" + path +
                       "\"");
    }
    begin = end + 1;
  }
  return parts;
}

}  // namespace

struct Hdf5Writer::Impl {
  hdf5::Node root;

  // The group at the first `count` parts, made where it is missing.
  hdf5::Node& group(const std::vector<std::string>& parts, std::size_t count,
                    const std::string& path) {
    hdf5::Node* node = &root;
    for (std::size_t i = 0; i <= count; ++i) {
      if (!node->is_group) {
        throw ValueError("Hdf5Writer: expected groups on the way of " + path +
                         ", got the dataset " + parts[i - 1]);
      }
      if (i < count) node = &node->members[parts[i]];
    }
    return *node;
  }

  void set_attribute(const std::string& path, const std::string& name,
                     hdf5::TextAttribute attribute) {
    require_text(name, "an attribute's name");
    for (const std::string& text : attribute.texts) require_text(text, "an attribute");
    hdf5::Node* node = &root;
    for (const std::string& part : parts_of(path)) {
      const auto found = node->members.find(part);
      if (found == node->members.end()) {
        throw ValueError("Hdf5Writer: expected a group or dataset at " + path + ", got none");
      }
      node = &found->second;
    }
    const std::string where = "attribute " + name + " of " + path;
    if (hdf5::header_bytes(name, attribute) > kMaxMessageBytes) {
      throw ValueError("Hdf5Writer: expected at most 64 KB for " + where + ", got " +
                       std::to_string(attribute.texts.size()) + " texts; split the list");
    }
    if (!node->attributes.emplace(name, std::move(attribute)).second) {
      throw ValueError("Hdf5Writer: expected a new attribute, got " + where + " a second time");
    }
  }
};

namespace {

template <class Impl>
Impl& require_open(const std::unique_ptr<Impl>& impl) {
  if (!impl) throw StateError("Hdf5Writer: expected calls before finish(), got one after it");
  return *impl;
}

}  // namespace

Hdf5Writer::Hdf5Writer() : impl_(std::make_unique<Impl>()) {}
Hdf5Writer::~Hdf5Writer() = default;
Hdf5Writer::Hdf5Writer(Hdf5Writer&&) noexcept = default;
Hdf5Writer& Hdf5Writer::operator=(Hdf5Writer&&) noexcept = default;

void Hdf5Writer::create_group(const std::string& path) {
  const std::vector<std::string> parts = parts_of(path);
  require_open(impl_).group(parts, parts.size(), path);
}

void Hdf5Writer::write(const std::string& path, const Tensor& value) {
  const std::vector<std::string> parts = parts_of(path);
  if (parts.empty()) throw ValueError("Hdf5Writer: expected a dataset's path, got the root");
  hdf5::Node& parent = require_open(impl_).group(parts, parts.size() - 1, path);
  const auto [place, is_new] = parent.members.try_emplace(parts.back());
  if (!is_new) {
    throw ValueError("Hdf5Writer: expected a new path, got " + path + " a second time");
  }
  place->second.is_group = false;
  place->second.value = value;
}

void Hdf5Writer::set_attribute(const std::string& path, const std::string& name,
                               const std::string& text) {
  require_open(impl_).set_attribute(path, name, {{text}, false});
}

void Hdf5Writer::set_attribute(const std::string& path, const std::string& name,
                               const std::vector<std::string>& texts) {
  require_open(impl_).set_attribute(path, name, {texts, true});
}

std::vector<std::byte> Hdf5Writer::finish() {
  std::vector<std::byte> bytes = hdf5::lay_out(require_open(impl_).root);
  impl_.reset();
  return bytes;
}

}  // namespace antler
