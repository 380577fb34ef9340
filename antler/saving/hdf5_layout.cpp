#include "antler/saving/hdf5_layout.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "antler/saving/hdf5_format.h"

namespace antler::hdf5 {
namespace {

// Half of the most entries in a node, as the superblock says; HDF5's own defaults.
constexpr std::size_t kLeafHalf = 4;
constexpr std::size_t kTreeHalf = 16;

// Header messages, each padded to 8 bytes.
class Messages {
 public:
  void add(Kind kind, std::vector<std::byte> content) {
    content.resize((content.size() + 7) / 8 * 8);
    ++count_;
    out_.number(static_cast<std::uint64_t>(kind), 2);
    out_.number(content.size(), 2);
    out_.number(0, 4);
    out_.append(content);
  }

  void write_to(Output& file) const {
    file.number(1, 2);  // version
    file.number(count_, 2);
    file.number(1, 4);  // links to this object
    file.number(out_.bytes.size(), 4);
    file.pad();
    file.append(out_.bytes);
  }

 private:
  Output out_;
  std::size_t count_ = 0;
};

std::vector<std::byte> shape_message(std::span<const std::int64_t> dims) {
  Output out;
  out.number(1, 1);
  out.number(dims.size(), 1);
  out.zeros(6);
  for (const std::int64_t size : dims) out.number(static_cast<std::uint64_t>(size), 8);
  return out.bytes;
}

// UTF-8 text of variable length: a list of bytes with the mark that it is text.
std::vector<std::byte> text_type_message() {
  Output out;
  out.number(0x19, 1);
  out.number(0x0101, 3);
  out.number(16, 4);
  out.number(0x10, 1);
  out.number(0, 3);
  out.number(1, 4);
  out.number(0x80000, 4);
  return out.bytes;
}

// `references`: 16 bytes for each text, which stands in a heap.
std::vector<std::byte> attribute_message(const std::string& name, const TextAttribute& attribute,
                                         std::span<const std::byte> references) {
  const auto count = static_cast<std::int64_t>(attribute.texts.size());
  const std::vector<std::byte> type = text_type_message();
  const std::vector<std::byte> space =
      shape_message({&count, static_cast<std::size_t>(attribute.is_list ? 1 : 0)});
  Output out;
  out.number(1, 2);
  out.number(name.size() + 1, 2);
  out.number(type.size(), 2);
  out.number(space.size(), 2);
  out.text(name);
  out.zeros(1);
  out.pad();
  out.append(type);
  out.pad();
  out.append(space);
  out.append(references);
  return out.bytes;
}

// Writes a tree of nodes, children before parents, so that every offset is known when it is needed.
class FileWriter {
 public:
  std::vector<std::byte> write(const Node& root) {
    out_.bytes.reserve(data_bytes(root));
    out_.zeros(96);  // the superblock, filled in at the end
    place_texts(root);
    close_heap();
    const std::uint64_t offset = write_node(root);
    std::vector<std::byte> superblock = superblock_of(offset);
    std::copy(superblock.begin(), superblock.end(), out_.bytes.begin());
    return std::move(out_.bytes);
  }

 private:
  static std::size_t data_bytes(const Node& node) {
    std::size_t bytes = static_cast<std::size_t>(node.value.byte_size()) + 1024;
    for (const auto& [name, member] : node.members) bytes += data_bytes(member);
    return bytes;
  }

  std::vector<std::byte> superblock_of(std::uint64_t root) const {
    Output out;
    out.text(hdf5::kSignature);
    out.number(0, 5);
    out.number(0x0808, 3);  // bytes of an offset and of a length
    out.number(kLeafHalf, 2);
    out.number(kTreeHalf, 2);
    out.number(0, 4);
    out.number(0, 8);  // base
    out.number(kUndefined, 8);
    out.number(out_.position(), 8);
    out.number(kUndefined, 8);
    out.number(0, 8);  // name of the root
    out.number(root, 8);
    out.zeros(24);
    return out.bytes;
  }

  void place_texts(const Node& node) {
    for (const auto& [name, attribute] : node.attributes) {
      Output& references = references_[&attribute];
      for (const std::string& text : attribute.texts) place_text(text, references);
    }
    for (const auto& [name, member] : node.members) place_texts(member);
  }

  // A heap begins with its size, which is known when it is closed.
  void place_text(const std::string& text, Output& references) {
    constexpr std::uint64_t kMaxTexts = 65'000;
    references.number(text.size(), 4);
    if (text.empty()) {
      references.number(0, 12);
      return;
    }
    if (heap_count_ == kMaxTexts) close_heap();
    if (heap_count_ == 0) {
      heap_ = out_.position();
      out_.text("GCOL\1");
      out_.zeros(11);
    }
    references.number(heap_, 8);
    references.number(++heap_count_, 4);
    out_.number(heap_count_, 2);
    out_.number(0, 6);
    out_.number(text.size(), 8);
    out_.text(text);
    out_.pad();
  }

  // The free rest is an object too, number 0; a heap has at least 4,096 bytes.
  void close_heap() {
    if (heap_count_ == 0) return;
    const std::uint64_t used = out_.position() - heap_;
    const std::uint64_t size = std::max<std::uint64_t>(used + 16, 4096);
    out_.number(0, 8);
    out_.number(size - used, 8);
    out_.zeros(size - used - 16);
    Output field;
    field.number(size, 8);
    std::copy(field.bytes.begin(), field.bytes.end(),
              out_.bytes.begin() + static_cast<std::ptrdiff_t>(heap_ + 8));
    heap_count_ = 0;
  }

  std::uint64_t write_node(const Node& node) {
    Messages messages;
    if (node.is_group) {
      messages.add(Kind::symbol_table, write_members(node));
    } else {
      add_dataset(node.value, messages);
    }
    for (const auto& [name, attribute] : node.attributes) {
      messages.add(Kind::attribute,
                   attribute_message(name, attribute, references_[&attribute].bytes));
    }
    const std::uint64_t offset = out_.position();
    messages.write_to(out_);
    return offset;
  }

  void add_dataset(const Tensor& value, Messages& messages) {
    constexpr std::uint64_t kFillWithZeros = 0x01020202;  // version 2; when asked; default value
    Output fill;
    fill.number(kFillWithZeros, 8);
    Output layout;
    layout.number(0x0103, 2);  // version 3, contiguous
    layout.number(value.size() == 0 ? kUndefined : out_.position(), 8);
    layout.number(static_cast<std::uint64_t>(value.byte_size()), 8);
    messages.add(Kind::dataspace, shape_message(value.shape().dims()));
    messages.add(Kind::datatype, hdf5::encode_number_type(value.dtype()));
    messages.add(Kind::fill_value, fill.bytes);
    messages.add(Kind::layout, layout.bytes);
    if (value.size() == 0) return;
    out_.append({value.raw(), static_cast<std::size_t>(value.byte_size())});
    out_.pad();
  }

  // A node of the tree: where it is, and the greatest name below it.
  struct Branch {
    std::uint64_t offset;
    std::uint64_t last_name;
  };

  // The names, the symbol nodes and the tree over them; returns the message that points to both.
  std::vector<std::byte> write_members(const Node& group) {
    Output names;
    names.zeros(8);  // the empty name: below all others
    std::vector<std::pair<std::uint64_t, std::uint64_t>> symbols;  // name, object
    for (const auto& [name, member] : group.members) {
      symbols.emplace_back(names.position(), write_node(member));
      names.text(name);
      names.zeros(1);
      names.pad();
    }
    std::vector<Branch> level;
    for (std::size_t i = 0; i < symbols.size(); i += 2 * kLeafHalf) {
      const std::size_t count = std::min(2 * kLeafHalf, symbols.size() - i);
      level.push_back({out_.position(), symbols[i + count - 1].first});
      write_symbols(std::span(symbols).subspan(i, count));
    }
    const std::uint64_t tree = write_tree(level);
    const std::uint64_t heap = out_.position();
    out_.text("HEAP");
    out_.number(0, 4);
    out_.number(names.bytes.size(), 8);
    out_.number(1, 8);  // nothing is free
    out_.number(heap + 32, 8);
    out_.append(names.bytes);
    Output table;
    table.number(tree, 8);
    table.number(heap, 8);
    return table.bytes;
  }

  void write_symbols(std::span<const std::pair<std::uint64_t, std::uint64_t>> symbols) {
    constexpr std::size_t kEntryBytes = 40;
    out_.text("SNOD");
    out_.number(1, 2);
    out_.number(symbols.size(), 2);
    for (const auto& [name, object] : symbols) {
      out_.number(name, 8);
      out_.number(object, 8);
      out_.zeros(kEntryBytes - 16);
    }
    out_.zeros((2 * kLeafHalf - symbols.size()) * kEntryBytes);
  }

  // Level upon level until one node is left; returns its offset.
  std::uint64_t write_tree(std::vector<Branch> level) {
    for (std::uint64_t height = 0;; ++height) {
      std::vector<Branch> parents;
      std::uint64_t first_name = 0;
      const std::size_t nodes =
          std::max<std::size_t>(1, (level.size() + 2 * kTreeHalf - 1) / (2 * kTreeHalf));
      const std::uint64_t start = out_.position();
      for (std::size_t i = 0; i < nodes; ++i) {
        const std::size_t begin = i * 2 * kTreeHalf;
        const std::size_t count = std::min(2 * kTreeHalf, level.size() - begin);
        const auto children = std::span(level).subspan(begin, count);
        write_tree_node(height, i, nodes, start, first_name, children);
        first_name = children.empty() ? 0 : children.back().last_name;
        parents.push_back({start + i * kTreeNodeBytes, first_name});
      }
      if (nodes == 1) return start;
      level = std::move(parents);
    }
  }

  void write_tree_node(std::uint64_t height, std::size_t index, std::size_t nodes,
                       std::uint64_t start, std::uint64_t first_name,
                       std::span<const Branch> children) {
    out_.text("TREE");
    out_.number(height << 8, 2);
    out_.number(children.size(), 2);
    out_.number(index == 0 ? kUndefined : start + (index - 1) * kTreeNodeBytes, 8);
    out_.number(index + 1 == nodes ? kUndefined : start + (index + 1) * kTreeNodeBytes, 8);
    out_.number(first_name, 8);
    for (const Branch& child : children) {
      out_.number(child.offset, 8);
      out_.number(child.last_name, 8);
    }
    out_.zeros((2 * kTreeHalf - children.size()) * 16);
  }

  static constexpr std::uint64_t kTreeNodeBytes = 24 + 2 * kTreeHalf * 16 + 8;

  Output out_;
  std::map<const TextAttribute*, Output> references_;
  std::uint64_t heap_ = 0;
  std::uint64_t heap_count_ = 0;
};

}  // namespace

std::size_t header_bytes(const std::string& name, const TextAttribute& attribute) {
  const std::vector<std::byte> references(16 * attribute.texts.size());
  return attribute_message(name, attribute, references).size();
}

std::vector<std::byte> lay_out(const Node& root) { return FileWriter().write(root); }

}  // namespace antler::hdf5
