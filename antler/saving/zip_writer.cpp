#include <zip.h>

#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/saving/zip_archive.h"
#include "antler/saving/zip_names.h"

namespace antler {
namespace {

// 1 January 1980, midnight: the first date there is, and what Python's zipfile writes by default.
constexpr zip_uint16_t kTime = 0;
constexpr zip_uint16_t kDate = 0x21;

struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;
using Archive = std::unique_ptr<zip_t, DiscardArchive>;

void require_done(bool done) {
  if (!done) throw FileError("ZipWriter: cannot build the archive; out of memory?");
}

std::vector<std::byte> bytes_of(zip_source_t* source) {
  require_done(zip_source_open(source) == 0);
  zip_source_seek(source, 0, SEEK_END);
  const zip_int64_t size = zip_source_tell(source);
  zip_source_seek(source, 0, SEEK_SET);
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::max<zip_int64_t>(size, 0)));
  const bool whole = size >= 0 && zip_source_read(source, bytes.data(), bytes.size()) == size;
  zip_source_close(source);
  require_done(whole);
  return bytes;
}

}  // namespace

struct ZipWriter::Impl {
  struct Member {
    std::string name;
    std::vector<std::byte> content;
  };
  std::vector<Member> members;
};

ZipWriter::ZipWriter() : impl_(std::make_unique<Impl>()) {}
ZipWriter::~ZipWriter() = default;
ZipWriter::ZipWriter(ZipWriter&&) noexcept = default;
ZipWriter& ZipWriter::operator=(ZipWriter&&) noexcept = default;

void ZipWriter::add(const std::string& name, std::vector<std::byte> content) {
  if (!impl_) throw StateError("ZipWriter: expected calls before finish(), got one after it");
  if (const char* fault = fault_of_member_name(name)) {
    throw ValueError("ZipWriter: expected a relative name, got " + std::string(fault) + ": \"" +
                     name + "\"");
  }
  for (const Impl::Member& member : impl_->members) {
    if (member.name == name) {
      throw ValueError("ZipWriter: expected a new name, got \"" + name + "\" a second time");
    }
  }
  impl_->members.push_back({name, std::move(content)});
}

void ZipWriter::add(const std::string& name, std::string_view content) {
  const auto* begin = reinterpret_cast<const std::byte*>(content.data());
  add(name, std::vector<std::byte>(begin, begin + content.size()));
}

std::vector<std::byte> ZipWriter::finish() {
  if (!impl_) throw StateError("ZipWriter: expected one finish(), got a second");
  if (impl_->members.empty()) throw StateError("ZipWriter: expected members, got none");
  const Source target(zip_source_buffer_create(nullptr, 0, 0, nullptr));
  require_done(target != nullptr);
  zip_source_keep(target.get());  // one owner is the archive, the other reads the bytes at the end
  Archive archive(zip_open_from_source(target.get(), ZIP_CREATE | ZIP_TRUNCATE, nullptr));
  if (!archive) zip_source_free(target.get());
  require_done(archive != nullptr);
  for (const Impl::Member& member : impl_->members) {
    Source content(
        zip_source_buffer(archive.get(), member.content.data(), member.content.size(), 0));
    require_done(content != nullptr);
    const zip_int64_t index =
        zip_file_add(archive.get(), member.name.c_str(), content.get(), ZIP_FL_ENC_UTF_8);
    require_done(index >= 0);
    (void)content.release();  // now the archive's
    const auto place = static_cast<zip_uint64_t>(index);
    require_done(zip_set_file_compression(archive.get(), place, ZIP_CM_STORE, 0) == 0);
    require_done(zip_file_set_dostime(archive.get(), place, kTime, kDate, 0) == 0);
  }
  // On success the archive is gone; on failure it is still to be discarded.
  require_done(zip_close(archive.get()) == 0);
  (void)archive.release();
  impl_.reset();
  return bytes_of(target.get());
}

}  // namespace antler
