#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "antler/saving/hdf5_format.h"

/// Finding one's way in an HDF5 file: the object headers and the groups.
namespace antler::hdf5 {

/// One message of an object header.
struct Message {
  Kind kind;
  bool is_shared;  // the content stands elsewhere in the file
  std::span<const std::byte> content;
};

/// All messages of the object header (version 1 or 2) at an offset, continuations included.
/// Errors  FileError: malformed, more than 1,000 messages.
std::vector<Message> read_object(std::span<const std::byte> file, std::uint64_t offset);

/// The only message of a kind, or nullptr. Errors: FileError when it is shared.
const Message* find_message(const std::vector<Message>& messages, Kind kind);

struct Member {
  std::string name;
  std::uint64_t offset;  // of the object header
};

/// Whether these are the messages of a group.
bool is_group(const std::vector<Message>& messages);

/// The members of a group, in the order of the file.
/// Errors  FileError: malformed, more than `limit` members, names over 1,024 bytes, soft or
/// external links, and groups in
///         the dense form that h5py writes for libver="latest" with many members.
std::vector<Member> read_group(std::span<const std::byte> file,
                               const std::vector<Message>& messages, std::size_t limit);

/// The offset of the root group's object header. Errors: FileError for what is no HDF5 file.
std::uint64_t read_superblock(std::span<const std::byte> file);

}  // namespace antler::hdf5
