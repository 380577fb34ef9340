#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "antler/core/tensor.h"

/// Laying out an HDF5 file.
namespace antler::hdf5 {

struct TextAttribute {
  std::vector<std::string> texts;
  bool is_list = false;
};

/// A group or a dataset.
struct Node {
  bool is_group = true;
  Tensor value;                         // of a dataset
  std::map<std::string, Node> members;  // of a group; HDF5 wants them in the order of their bytes
  std::map<std::string, TextAttribute> attributes;
};

/// The bytes that an attribute takes in an object header, where there is room for 65,528.
std::size_t header_bytes(const std::string& name, const TextAttribute& attribute);

/// The bytes of the file with this root.
std::vector<std::byte> lay_out(const Node& root);

}  // namespace antler::hdf5
