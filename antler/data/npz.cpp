#include "antler/data/npz.h"

#include "antler/core/error.h"
#include "antler/data/input_file.h"
#include "antler/data/npy.h"

#ifdef ANTLER_HAS_SAVING
#include <zip.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>
#endif

namespace antler {

#ifdef ANTLER_HAS_SAVING

namespace {

constexpr std::int64_t kMaxEntries = 4096;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

[[noreturn]] void fail(const std::string& name, const std::string& what) {
  throw FileError(name + ": " + what);
}

Archive open_archive(std::span<const std::byte> bytes, const std::string& name) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  Archive archive(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  const std::string reason = archive == nullptr ? zip_error_strerror(&error) : "";
  zip_error_fini(&error);
  if (archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    fail(name, "expected an NPZ file (a zip of arrays), got none: " + reason +
                   "; is it cut short, or another format?");
  }
  return archive;
}

// An entry can unpack to 1032 times its packed size at most; a header that says more lies, and is
// refused before memory is taken.
std::vector<std::byte> read_entry(zip_t* archive, const zip_stat_t& info, const std::string& name,
                                  std::int64_t& budget) {
  const auto size = static_cast<std::int64_t>(std::min<zip_uint64_t>(info.size, INT64_MAX));
  if (size > budget || info.size / 1032 > info.comp_size + 1) {
    fail(name, "expected arrays of at most " + std::to_string(kMaxFileBytes) +
                   " bytes in all, got a size of " + std::to_string(info.size) + " from " +
                   std::to_string(info.comp_size) + " packed bytes; is the file damaged?");
  }
  budget -= size;
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(archive, info.index, 0));
  if (entry == nullptr) fail(name, std::string("cannot unpack: ") + zip_strerror(archive));
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const zip_int64_t count = zip_fread(entry.get(), bytes.data() + filled, bytes.size() - filled);
    if (count <= 0) break;
    filled += static_cast<std::size_t>(count);
  }
  // The checksum is compared when the end is read, so one byte more is asked for.
  std::byte beyond;
  if (filled != bytes.size() || zip_fread(entry.get(), &beyond, 1) != 0) {
    fail(name, "the packed data is damaged (" +
                   std::string(zip_error_strerror(zip_file_get_error(entry.get()))) +
                   "); copy the file again");
  }
  return bytes;
}

}  // namespace

FlatMap<std::string, Tensor> parse_npz(std::span<const std::byte> bytes, const std::string& name) {
  const Archive archive = open_archive(bytes, name);
  const std::int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count == 0)
    fail(name, "expected at least one array, got an empty zip; save with numpy.savez");
  if (count > kMaxEntries) {
    fail(name, "expected at most " + std::to_string(kMaxEntries) + " arrays, got " +
                   std::to_string(count) + "; is it the right file?");
  }
  FlatMap<std::string, Tensor> arrays;
  std::int64_t budget = kMaxFileBytes;
  for (std::int64_t i = 0; i < count; ++i) {
    zip_stat_t info;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &info) != 0 ||
        (info.valid & kNeeded) != kNeeded) {
      fail(name, "entry " + std::to_string(i) + " of the zip has no name or size; is it damaged?");
    }
    std::string key = info.name;
    const std::string entry_name = name + ": " + key;
    if (!std::string_view(key).ends_with(".npy")) {
      fail(entry_name, "expected only .npy arrays in an NPZ file; is it another kind of zip?");
    }
    key.resize(key.size() - 4);
    Tensor array = parse_npy(read_entry(archive.get(), info, entry_name, budget), entry_name);
    if (!arrays.try_emplace(key, std::move(array)).second)
      fail(entry_name, "the name appears twice");
  }
  return arrays;
}

#else

FlatMap<std::string, Tensor> parse_npz(std::span<const std::byte>, const std::string& name) {
  throw FileError(name +
                  ": this build of Antler has no libzip and cannot open NPZ files; save each "
                  "array with numpy.save");
}

#endif

FlatMap<std::string, Tensor> read_npz(const std::string& path) {
  return parse_npz(read_file(path), path);
}

}  // namespace antler
