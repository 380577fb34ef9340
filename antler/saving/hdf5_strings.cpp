#include "antler/saving/hdf5_strings.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "antler/core/error.h"
#include "antler/saving/utf8.h"

namespace antler::hdf5 {
namespace {

struct Attribute {
  std::string name;
  std::span<const std::byte> type;
  std::span<const std::byte> space;
  std::span<const std::byte> data;
  bool is_shared = false;
};

Attribute decode_attribute(Input message) {
  const std::uint64_t version = message.number(1);
  if (version < 1 || version > 3) {
    throw FileError("expected attributes of version 1 to 3, got " + std::to_string(version));
  }
  Attribute out;
  out.is_shared = message.number(1) != 0 && version > 1;
  const std::uint64_t name_size = message.number(2);
  const std::uint64_t type_size = message.number(2);
  const std::uint64_t space_size = message.number(2);
  if (version == 3) message.skip(1);  // character set
  const auto part = [&](std::uint64_t size) {
    const std::span<const std::byte> taken = message.take(size);
    if (version == 1) message.skip((8 - size % 8) % 8);
    return taken;
  };
  out.name = Input(part(name_size)).text();
  out.type = part(type_size);
  out.space = part(space_size);
  out.data = message.rest();
  return out;
}

// The heaps that hold what has variable length: each is gone through once.
class Heaps {
 public:
  explicit Heaps(std::span<const std::byte> file) : file_(file) {}

  std::string text(std::uint64_t offset, std::uint64_t index) {
    const auto [place, is_new] = heaps_.try_emplace(offset);
    if (is_new) place->second = objects_of(offset);
    const auto found = place->second.find(index);
    if (found == place->second.end()) {
      throw FileError("expected text " + std::to_string(index) + " of a heap, got none");
    }
    return {reinterpret_cast<const char*>(found->second.data()), found->second.size()};
  }

 private:
  using Objects = std::map<std::uint64_t, std::span<const std::byte>>;

  Objects objects_of(std::uint64_t offset) const {
    constexpr std::size_t kMaxObjects = 65'536;  // an index has 16 bits
    Input head = at(file_, offset);
    head.expect("GCOL\1", "a heap of texts");
    head.skip(3);
    Input heap = at(file_, offset, head.number(8));
    heap.skip(16);
    Objects objects;
    while (heap.left() >= 16 && objects.size() < kMaxObjects) {
      const std::uint64_t index = heap.number(2);
      heap.skip(6);  // count of references
      const std::uint64_t size = heap.number(8);
      if (index == 0) break;  // the free rest
      if (!objects.emplace(index, heap.take(size)).second) {
        throw FileError("expected distinct texts in a heap, got one twice");
      }
      heap.skip(std::min<std::uint64_t>((8 - size % 8) % 8, heap.left()));
    }
    return objects;
  }

  std::span<const std::byte> file_;
  std::map<std::uint64_t, Objects> heaps_;
};

std::string variable_text(Heaps& heaps, Input& data) {
  const std::uint64_t length = data.number(4);
  const std::uint64_t offset = data.number(8);
  const std::uint64_t index = data.number(4);
  if (length == 0) return {};
  std::string text = heaps.text(offset, index);
  text.resize(std::min<std::uint64_t>(length, text.size()));
  return text;
}

std::string fixed_text(const StringType& type, Input& data) {
  const std::span<const std::byte> field = data.take(type.width);
  std::string text(reinterpret_cast<const char*>(field.data()), field.size());
  if (type.space_padded) {
    text.resize(text.find_last_not_of(' ') + 1);
  } else {
    text.resize(std::min(text.find('\0'), text.size()));
  }
  return text;
}

std::vector<std::string> decode_texts(std::span<const std::byte> file, const Attribute& attribute) {
  if (attribute.is_shared) throw FileError("expected a plain type, got a named one");
  const std::int64_t count = decode_shape(Input(attribute.space)).size();
  if (count == 0) return {};
  const StringType type = decode_string_type(Input(attribute.type));
  Input data(attribute.data);
  Heaps heaps(file);
  // Many references may share one long text: their sum is bounded, and with it the work.
  std::uint64_t total = 0;
  std::vector<std::string> texts;
  for (std::int64_t i = 0; i < count; ++i) {
    texts.push_back(type.variable ? variable_text(heaps, data) : fixed_text(type, data));
    total += texts.back().size();
    if (total > file.size()) throw FileError("expected less text than the file, got more");
    if (!is_utf8(texts.back())) throw FileError("expected UTF-8 text, got other bytes");
  }
  return texts;
}

}  // namespace

std::optional<std::vector<std::string>> read_strings(std::span<const std::byte> file,
                                                     const std::vector<Message>& messages,
                                                     std::string_view name) {
  for (const Message& message : messages) {
    if (message.kind != Kind::attribute || message.is_shared) continue;
    const Attribute attribute = decode_attribute(Input(message.content));
    if (attribute.name == name) return decode_texts(file, attribute);
  }
  if (const Message* info = find_message(messages, Kind::attribute_info)) {
    Input fields(info->content);
    fields.expect(std::string_view("\0", 1), "the attributes of a group or dataset");
    const std::uint64_t flags = fields.number(1);
    if ((flags & 1) != 0) fields.skip(2);
    if (fields.number(8) != kUndefined) {
      throw FileError("expected attributes as h5py writes them by default, got the dense form");
    }
  }
  return std::nullopt;
}

}  // namespace antler::hdf5
