#include "antler/saving/hdf5_objects.h"

#include <algorithm>
#include <set>
#include <utility>

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

constexpr std::size_t kMaxMessages = 1'000;
constexpr std::size_t kMaxName = 1'024;

// A stretch of an object header that is still to be read.
struct Block {
  std::uint64_t offset;
  std::uint64_t size;
};

class ObjectReader {
 public:
  explicit ObjectReader(std::span<const std::byte> file) : file_(file) {}

  std::vector<Message> read(std::uint64_t offset) {
    Input head = at(file_, offset);
    if (head.left() > 0 && head.rest()[0] == std::byte{'O'}) {
      read_new(head, offset);
    } else {
      read_old(head, offset);
    }
    return std::move(messages_);
  }

 private:
  void read_old(Input head, std::uint64_t offset) {
    head.expect(std::string_view("\1\0", 2), "an object header");
    head.skip(6);  // counts of messages and of links
    const std::uint64_t size = head.number(4);
    blocks_.push_back({offset + 16, size});
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      Input block = at(file_, blocks_[i].offset, blocks_[i].size);
      while (block.left() >= 8) {
        const auto kind = static_cast<Kind>(block.number(2));
        const std::uint64_t length = block.number(2);
        const std::uint64_t flags = block.number(1);
        block.skip(3);
        add(kind, flags, block.take(length));
      }
    }
  }

  void read_new(Input head, std::uint64_t offset) {
    const std::size_t whole = head.left();
    head.expect("OHDR\2", "an object header");
    const std::uint64_t flags = head.number(1);
    if ((flags & 0x20) != 0) head.skip(16);  // times
    if ((flags & 0x10) != 0) head.skip(4);   // limits of attribute storage
    const std::uint64_t size = head.number(std::size_t{1} << (flags & 3));
    const std::size_t order_size = (flags & 4) != 0 ? 2 : 0;
    blocks_.push_back({offset + (whole - head.left()), size});
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      Input block = at(file_, blocks_[i].offset, blocks_[i].size);
      std::size_t checksum = 0;
      if (i > 0) {
        block.expect("OCHK", "the rest of an object header");
        checksum = 4;
      }
      while (block.left() >= 4 + order_size + checksum) {
        const auto kind = static_cast<Kind>(block.number(1));
        const std::uint64_t length = block.number(2);
        const std::uint64_t message_flags = block.number(1);
        block.skip(order_size);
        add(kind, message_flags, block.take(length));
      }
    }
  }

  void add(Kind kind, std::uint64_t flags, std::span<const std::byte> content) {
    if (messages_.size() >= kMaxMessages || blocks_.size() >= kMaxMessages) {
      throw FileError("expected at most 1000 messages in an object header, got more");
    }
    messages_.push_back({kind, (flags & 2) != 0, content});
    if (kind != Kind::continuation) return;
    Input next(content);
    const std::uint64_t offset = next.number(8);
    blocks_.push_back({offset, next.number(8)});
  }

  std::span<const std::byte> file_;
  std::vector<Block> blocks_;
  std::vector<Message> messages_;
};

// The form of version-0 files: a tree of symbol nodes, and a heap of names.
class OldGroup {
 public:
  OldGroup(std::span<const std::byte> file, std::size_t limit) : file_(file), limit_(limit) {}

  std::vector<Member> read(Input table) {
    const std::uint64_t tree = table.number(8);
    Input heap = at(file_, table.number(8));
    heap.expect(std::string_view("HEAP\0", 5), "the names of a group");
    heap.skip(3);
    const std::uint64_t size = heap.number(8);
    heap.skip(8);  // free list
    names_ = at(file_, heap.number(8), size).rest();
    walk_tree(tree, 256);
    return std::move(members_);
  }

 private:
  // Levels fall from parent to child, so a tree that holds itself ends; each node is read once.
  void walk_tree(std::uint64_t offset, std::uint64_t parent_level) {
    Input node = at(file_, offset);
    node.expect(std::string_view("TREE\0", 5), "the tree of a group");
    const std::uint64_t level = node.number(1);
    if (level >= parent_level || !seen_.insert(offset).second) {
      throw FileError("expected a tree of groups, got a loop");
    }
    const std::uint64_t count = node.number(2);
    node.skip(16);  // siblings
    for (std::uint64_t i = 0; i < count; ++i) {
      node.skip(8);  // key
      const std::uint64_t child = node.number(8);
      if (level > 0) {
        walk_tree(child, level);
      } else {
        read_symbols(child);
      }
    }
  }

  void read_symbols(std::uint64_t offset) {
    Input node = at(file_, offset);
    node.expect("SNOD\1", "a node of a group");
    if (!seen_.insert(offset).second) throw FileError("expected a tree of groups, got a loop");
    node.skip(1);
    const std::uint64_t count = node.number(2);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t name = node.number(8);
      const std::uint64_t object = node.number(8);
      const std::uint64_t cached = node.number(4);
      node.skip(20);
      // Names may overlap, so a hostile heap could hold many long ones in few bytes.
      const std::span<const std::byte> from = at(names_, name).rest();
      std::string text = Input(from.first(std::min(from.size(), kMaxName + 1))).text();
      if (cached == 2) throw FileError("expected a group or dataset, got the soft link " + text);
      if (members_.size() >= limit_)
        throw FileError("expected fewer groups and datasets, got more");
      members_.push_back({std::move(text), object});
    }
  }

  std::span<const std::byte> file_;
  std::size_t limit_;
  std::span<const std::byte> names_;
  std::vector<Member> members_;
  std::set<std::uint64_t> seen_;
};

Member decode_link(Input link) {
  link.expect("\1", "a link");
  const std::uint64_t flags = link.number(1);
  const std::uint64_t type = (flags & 8) != 0 ? link.number(1) : 0;
  if ((flags & 4) != 0) link.skip(8);   // creation order
  if ((flags & 16) != 0) link.skip(1);  // character set
  const std::span<const std::byte> name = link.take(link.number(std::size_t{1} << (flags & 3)));
  std::string text(reinterpret_cast<const char*>(name.data()), name.size());
  if (type != 0)
    throw FileError("expected a group or dataset, got the soft or external link " + text);
  return {std::move(text), link.number(8)};
}

}  // namespace

std::vector<Message> read_object(std::span<const std::byte> file, std::uint64_t offset) {
  return ObjectReader(file).read(offset);
}

const Message* find_message(const std::vector<Message>& messages, Kind kind) {
  for (const Message& message : messages) {
    if (message.kind != kind) continue;
    if (message.is_shared) throw FileError("expected a plain type, got a named one");
    return &message;
  }
  return nullptr;
}

bool is_group(const std::vector<Message>& messages) {
  return find_message(messages, Kind::symbol_table) != nullptr ||
         find_message(messages, Kind::link_info) != nullptr;
}

std::vector<Member> read_group(std::span<const std::byte> file,
                               const std::vector<Message>& messages, std::size_t limit) {
  if (const Message* table = find_message(messages, Kind::symbol_table)) {
    return OldGroup(file, limit).read(Input(table->content));
  }
  const Message* info = find_message(messages, Kind::link_info);
  Input fields(info->content);
  fields.expect(std::string_view("\0", 1), "a group");
  const std::uint64_t flags = fields.number(1);
  if ((flags & 1) != 0) fields.skip(8);
  if (fields.number(8) != kUndefined) {
    throw FileError(
        "expected a group as h5py writes it by default, got the dense form; "
        "save without libver and track_order");
  }
  std::vector<Member> members;
  for (const Message& message : messages) {
    if (message.kind == Kind::link) members.push_back(decode_link(Input(message.content)));
  }
  if (members.size() > limit) throw FileError("expected fewer groups and datasets, got more");
  return members;
}

std::uint64_t read_superblock(std::span<const std::byte> file) {
  Input block(file);
  block.expect(kSignature, "an HDF5 file");
  const std::uint64_t version = block.number(1);
  if (version > 3) {
    throw FileError("expected HDF5 superblock 0 to 3, got " + std::to_string(version));
  }
  if (version < 2) block.skip(4);
  block.expect("\x08\x08", "offsets and lengths of 8 bytes");
  block.skip(version >= 2 ? 1 : version == 1 ? 13 : 9);
  if (block.number(8) != 0) throw FileError("expected HDF5 base address 0, got another");
  block.skip(8);
  const std::uint64_t end = block.number(8);
  if (end > file.size()) {
    throw FileError("expected " + std::to_string(end) + " bytes, got " +
                    std::to_string(file.size()) + "; is the file whole?");
  }
  if (version < 2) block.skip(16);  // driver, name of the root
  return block.number(8);
}

}  // namespace antler::hdf5
