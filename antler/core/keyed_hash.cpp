#include <cstddef>

#include "antler/core/byte_words.h"
#include "antler/core/fingerprint.h"

namespace antler {
namespace {

using detail::rotate_left;

class SipHash {
 public:
  SipHash(std::uint64_t key0, std::uint64_t key1)
      : v0_(key0 ^ 0x736F6D6570736575),
        v1_(key1 ^ 0x646F72616E646F6D),
        v2_(key0 ^ 0x6C7967656E657261),
        v3_(key1 ^ 0x7465646279746573) {}

  void add(std::uint64_t word) {
    v3_ ^= word;
    for (int i = 0; i < 2; ++i) round();
    v0_ ^= word;
  }

  std::uint64_t finish() {
    v2_ ^= 0xFF;
    for (int i = 0; i < 4; ++i) round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  void round() {
    v0_ += v1_;
    v1_ = rotate_left(v1_, 13) ^ v0_;
    v0_ = rotate_left(v0_, 32);
    v2_ += v3_;
    v3_ = rotate_left(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = rotate_left(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = rotate_left(v1_, 17) ^ v2_;
    v2_ = rotate_left(v2_, 32);
  }

  std::uint64_t v0_, v1_, v2_, v3_;
};

}  // namespace

std::uint64_t keyed_hash64(std::string_view bytes, std::uint64_t key0, std::uint64_t key1) {
  SipHash hash(key0, key1);
  const std::size_t whole = bytes.size() / 8 * 8;
  for (std::size_t i = 0; i < whole; i += 8) hash.add(detail::word64(bytes.data() + i));
  // The last word: what is left, and the size in its highest byte.
  hash.add(detail::little_endian(bytes.data() + whole, bytes.size() - whole) |
           std::uint64_t{bytes.size()} << 56);
  return hash.finish();
}

}  // namespace antler
