#include <zip.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "antler/core/error.h"
#include "antler/saving/zip_archive.h"
#include "antler/saving/zip_names.h"

namespace antler {
namespace {

constexpr zip_int64_t kMaxMembers = 10'000;
constexpr std::uint64_t kMaxMemberBytes = std::uint64_t{4} << 30;
constexpr std::uint64_t kMaxRatio = 100;
// A short text may well shrink to a hundredth, and does no harm.
constexpr std::uint64_t kHarmlessBytes = std::uint64_t{64} << 10;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

std::string text_of(zip_error_t& error) {
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

}  // namespace

struct ZipReader::Impl {
  std::string what;
  std::vector<std::byte> bytes;
  std::unique_ptr<zip_t, CloseArchive> archive;
  std::vector<std::string> names;

  [[noreturn]] void fail(const std::string& expected, const std::string& got) const {
    throw FileError(what + ": expected " + expected + ", got " + got);
  }

  void open(zip_source_t* source, zip_error_t& error) {
    if (source != nullptr) {
      archive.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
      if (!archive) zip_source_free(source);
    }
    if (!archive && zip_error_code_zip(&error) == ZIP_ER_EXISTS) {
      zip_error_fini(&error);
      fail("distinct names of members", "one twice");
    }
    if (!archive) {
      throw FileError(what + ": expected a whole zip archive, got: " + text_of(error) +
                      "; is the file damaged or truncated?");
    }
    zip_error_fini(&error);
    list();
  }

  void list() {
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count == 0) fail("a zip archive with members", "an empty file or archive");
    if (count > kMaxMembers) fail("at most 10000 members", std::to_string(count));
    std::set<std::string> seen;
    for (zip_int64_t i = 0; i < count; ++i) {
      const char* raw = zip_get_name(archive.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
      const std::string name = raw == nullptr ? "" : raw;
      if (const char* fault = fault_of_member_name(name)) {
        fail("relative names of members", std::string(fault) + ": \"" + name + "\"");
      }
      if (!seen.insert(name).second) fail("distinct names of members", "\"" + name + "\" twice");
      names.push_back(name);
    }
  }

  // Index and size of a member that may be read.
  std::pair<zip_uint64_t, std::uint64_t> check(std::string_view name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      fail("a member " + std::string(name), "none of that name; is it a .keras file?");
    }
    const auto index = static_cast<zip_uint64_t>(found - names.begin());
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t kNeeded =
        ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(archive.get(), index, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded) {
      fail("a readable member " + *found, "a damaged one");
    }
    if (stat.encryption_method != ZIP_EM_NONE) {
      fail("a member without a password", *found + " encrypted");
    }
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
      fail("a stored or deflated member", *found + " packed by another method");
    }
    if (stat.size > kMaxMemberBytes) {
      fail("at most 4 GiB in " + *found, std::to_string(stat.size) + " bytes");
    }
    if (stat.size > kHarmlessBytes && stat.size / kMaxRatio > stat.comp_size) {
      fail("at most 100 times the packed size in " + *found,
           std::to_string(stat.size) + " bytes from " + std::to_string(stat.comp_size));
    }
    return {index, stat.size};
  }

  template <class Container>
  Container read(std::string_view name) const {
    const auto [index, size] = check(name);
    const std::unique_ptr<zip_file_t, CloseMember> member(zip_fopen_index(archive.get(), index, 0));
    if (!member) fail("a readable member " + std::string(name), zip_strerror(archive.get()));
    // In steps: what the archive declares is believed only as the bytes come.
    constexpr std::uint64_t kStep = std::uint64_t{16} << 20;
    Container out;
    for (std::uint64_t done = 0; done < size;) {
      const std::uint64_t step = std::min(kStep, size - done);
      if (out.capacity() < done + step) out.reserve(std::min(size, 2 * done + step));
      out.resize(done + step);
      const zip_int64_t got = zip_fread(member.get(), out.data() + done, step);
      if (got <= 0) fail_reading(name, member.get());
      done += static_cast<std::uint64_t>(got);
    }
    // The checksum is compared at the end only, which one more byte finds.
    char beyond = 0;
    if (zip_fread(member.get(), &beyond, 1) != 0) fail_reading(name, member.get());
    return out;
  }

  [[noreturn]] void fail_reading(std::string_view name, zip_file_t* member) const {
    fail("a whole member " + std::string(name),
         std::string(zip_file_strerror(member)) + "; is the file damaged?");
  }
};

ZipReader::ZipReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

ZipReader::ZipReader(std::vector<std::byte> bytes, std::string what)
    : impl_(std::make_unique<Impl>()) {
  impl_->what = std::move(what);
  impl_->bytes = std::move(bytes);
  zip_error_t error;
  zip_error_init(&error);
  impl_->open(zip_source_buffer_create(impl_->bytes.data(), impl_->bytes.size(), 0, &error), error);
}

ZipReader ZipReader::open(const std::string& path) {
  auto impl = std::make_unique<Impl>();
  impl->what = path;
  std::error_code status;
  if (!std::filesystem::is_regular_file(path, status)) {
    impl->fail("a file", std::filesystem::is_directory(path, status) ? "a directory"
                                                                     : "nothing of that name");
  }
  zip_error_t error;
  zip_error_init(&error);
  impl->open(zip_source_file_create(path.c_str(), 0, -1, &error), error);
  return ZipReader(std::move(impl));
}

ZipReader::~ZipReader() = default;
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;

const std::vector<std::string>& ZipReader::names() const { return impl_->names; }

bool ZipReader::contains(std::string_view name) const {
  return std::find(names().begin(), names().end(), name) != names().end();
}

std::vector<std::byte> ZipReader::read(std::string_view name) const {
  return impl_->read<std::vector<std::byte>>(name);
}

std::string ZipReader::read_text(std::string_view name) const {
  return impl_->read<std::string>(name);
}

}  // namespace antler
