#include "antler/data/gzip.h"

#include <algorithm>
#include <new>

#include "antler/core/error.h"

#ifdef ANTLER_HAS_ZLIB
#include <zlib.h>
#endif

namespace antler {

bool is_gzip(std::span<const std::byte> bytes) {
  return bytes.size() >= 3 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b} &&
         bytes[2] == std::byte{8};
}

#ifdef ANTLER_HAS_ZLIB

namespace {

class Inflater {
 public:
  Inflater() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }
  z_stream* operator->() { return &stream_; }
  int step() { return inflate(&stream_, Z_NO_FLUSH); }
  void next_member() { inflateReset(&stream_); }

 private:
  z_stream stream_ = {};
};

// The last four bytes say how much the last member unpacks to, modulo 2^32. It is only a hint, so
// it is bounded by what deflate can reach (1032 bytes from one) and by the limit.
std::int64_t expected_size(std::span<const std::byte> bytes, std::int64_t max_bytes) {
  std::int64_t size = 0;
  for (int i = 1; i <= 4; ++i) {
    size = size << 8 |
           std::to_integer<std::int64_t>(bytes[bytes.size() - static_cast<std::size_t>(i)]);
  }
  const std::int64_t reachable = static_cast<std::int64_t>(bytes.size()) * 1032;
  return std::min({std::max(size, std::int64_t{256}), reachable, max_bytes});
}

void check_unpacked(std::size_t size, std::int64_t max_bytes, const std::string& name) {
  if (size <= static_cast<std::size_t>(max_bytes)) return;
  throw FileError(name + ": expected at most " + std::to_string(max_bytes) +
                  " bytes when unpacked, got more; is it the right file?");
}

bool all_zero(std::span<const std::byte> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{}; });
}

}  // namespace

std::vector<std::byte> gunzip(std::span<const std::byte> bytes, const std::string& name,
                              std::int64_t max_bytes) {
  constexpr std::size_t kChunk = std::size_t{1} << 30;  // zlib counts in 32 bits
  std::vector<std::byte> out;
  // One byte more than expected, so that an output of just that size needs no second buffer.
  if (bytes.size() >= 18) out.resize(static_cast<std::size_t>(expected_size(bytes, max_bytes)) + 1);
  std::size_t read = 0;
  std::size_t written = 0;
  Inflater inflater;
  while (true) {
    check_unpacked(written, max_bytes, name);
    if (written == out.size()) {
      out.resize(std::min(std::max<std::size_t>(out.size() * 2, 1024),
                          static_cast<std::size_t>(max_bytes) + 1));
    }
    const std::size_t in_chunk = std::min(bytes.size() - read, kChunk);
    const std::size_t out_chunk = std::min(out.size() - written, kChunk);
    inflater->next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data() + read));
    inflater->avail_in = static_cast<uInt>(in_chunk);
    inflater->next_out = reinterpret_cast<Bytef*>(out.data() + written);
    inflater->avail_out = static_cast<uInt>(out_chunk);
    const int status = inflater.step();
    read += in_chunk - inflater->avail_in;
    written += out_chunk - inflater->avail_out;
    if (status == Z_STREAM_END) {
      // gzip pads with zeros on tapes; anything else after a member must be another member.
      if (all_zero(bytes.subspan(read))) break;
      inflater.next_member();
    } else if (status == Z_BUF_ERROR ||
               (status == Z_OK && read == bytes.size() && inflater->avail_out > 0)) {
      throw FileError(name + ": the gzip data ends too early, after " + std::to_string(written) +
                      " unpacked bytes; download or copy it again");
    } else if (status != Z_OK) {
      throw FileError(name + ": the gzip data is damaged" +
                      (inflater->msg == nullptr ? "" : " (" + std::string(inflater->msg) + ")") +
                      "; download or copy it again");
    }
  }
  check_unpacked(written, max_bytes, name);
  out.resize(written);
  return out;
}

#else

std::vector<std::byte> gunzip(std::span<const std::byte>, const std::string& name, std::int64_t) {
  throw FileError(name +
                  ": this build of Antler has no zlib and cannot unpack gzip; unpack the "
                  "file first (gunzip)");
}

#endif

}  // namespace antler
