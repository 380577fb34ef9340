#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// Builds an HDF5 file in memory, as h5py writes it for Keras: superblock 0, contiguous
/// little-endian datasets, no filters. A path is "layers/dense/vars/0"; "" and "/" are the root;
/// groups on the way are made when they are missing. Equal contents give equal bytes, in whichever
/// order they were written.
///
/// Types    every DType; bool is h5py's enumeration of int8.
/// Errors   ValueError: a path or attribute that exists already, a path through a dataset, an empty
///          name in it, text that is not UTF-8 or holds a zero byte, over 64 KB of attribute.
///          StateError after finish().
class Hdf5Writer {
 public:
  Hdf5Writer();
  ~Hdf5Writer();
  Hdf5Writer(Hdf5Writer&&) noexcept;
  Hdf5Writer& operator=(Hdf5Writer&&) noexcept;

  /// Makes a group; nothing happens when it is there.
  void create_group(const std::string& path);
  void write(const std::string& path, const Tensor& value);
  /// A UTF-8 attribute of variable length on a group or dataset that exists.
  void set_attribute(const std::string& path, const std::string& name, const std::string& text);
  void set_attribute(const std::string& path, const std::string& name,
                     const std::vector<std::string>& texts);
  /// The bytes of the file; the writer is then used up.
  std::vector<std::byte> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads an HDF5 file from memory, guarded against hostile files: everything that the file holds is
/// looked at once, when it is opened, and what Keras does not write is refused: soft and external
/// links, external storage, virtual and chunked datasets, filters, named types, groups in the dense
/// form, data outside the file. No bytes can make it crash, hang or take much more memory than they
/// take themselves.
///
/// Types    float32, float64, int32, int64, uint8, bool, in either byte order; int8, int16 and
///          uint16 are read as int32, uint32 as int64 (Keras' seeds are uint32).
/// Errors   FileError that names `what` and the path: the above, malformed bytes, more than 4 GiB
/// in
///          a dataset, 100,000 objects or 64 levels of groups, a path that is not there.
/// Threads  reading may be done from several threads at once.
/// Source   guards of Keras' saving_lib.py (CVE-2026-0897, CVE-2026-1669).
class Hdf5Reader {
 public:
  Hdf5Reader(std::vector<std::byte> bytes, std::string what);
  ~Hdf5Reader();
  Hdf5Reader(Hdf5Reader&&) noexcept;
  Hdf5Reader& operator=(Hdf5Reader&&) noexcept;

  bool exists(const std::string& path) const;
  /// The names of the groups in a group, in the order of their bytes ("dense" < "dense_1").
  std::vector<std::string> groups(const std::string& path = "") const;
  /// The names of the datasets in a group, in the order of their bytes ("10" < "2").
  std::vector<std::string> datasets(const std::string& path = "") const;
  Tensor read(const std::string& path) const;
  /// The shape of a dataset, without reading it.
  Shape shape(const std::string& path) const;

  /// A string attribute, of fixed or variable length; nullopt when there is none of that name.
  std::optional<std::string> string_attribute(const std::string& path,
                                              const std::string& name) const;
  /// A list of strings; an empty list may be stored as anything (Keras stores float64).
  std::optional<std::vector<std::string>> string_list_attribute(const std::string& path,
                                                                const std::string& name) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace antler
