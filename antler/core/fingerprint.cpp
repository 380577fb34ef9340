#include "antler/core/fingerprint.h"

#include <cstddef>
#include <utility>

#include "antler/core/byte_words.h"

// The constants and the order of the steps are the hash: a change of any makes another one.
namespace antler {
namespace {

using detail::rotate_right;
using detail::word32;
using detail::word64;

constexpr std::uint64_t kPrime0 = 0xC3A5C85C97CB3127;
constexpr std::uint64_t kPrime1 = 0xB492B66FBE98F273;
constexpr std::uint64_t kPrime2 = 0x9AE16A3B2F90404F;

std::uint64_t fold(std::uint64_t word) { return word ^ word >> 47; }

std::uint64_t hash_pair(std::uint64_t first, std::uint64_t second, std::uint64_t multiplier) {
  const std::uint64_t a = fold((first ^ second) * multiplier);
  return fold((second ^ a) * multiplier) * multiplier;
}

std::uint64_t multiplier_for(std::size_t size) { return kPrime2 + 2 * std::uint64_t{size}; }

std::uint64_t hash_to_16(const char* s, std::size_t size) {
  const std::uint64_t multiplier = multiplier_for(size);
  if (size >= 8) {
    const std::uint64_t a = word64(s) + kPrime2;
    const std::uint64_t b = word64(s + size - 8);
    return hash_pair(rotate_right(b, 37) * multiplier + a, (rotate_right(a, 25) + b) * multiplier,
                     multiplier);
  }
  if (size >= 4) return hash_pair(size + (word32(s) << 3), word32(s + size - 4), multiplier);
  if (size == 0) return kPrime2;
  const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(s[i])}; };
  const std::uint64_t y = byte(0) + (byte(size / 2) << 8);
  const std::uint64_t z = size + (byte(size - 1) << 2);
  return fold(y * kPrime2 ^ z * kPrime0) * kPrime2;
}

// What 17 to 64 bytes begin with: two words from each end, mixed in two ways.
struct Ends {
  std::uint64_t a, b, sum, pair;
};

Ends hash_ends(const char* s, std::size_t size, std::uint64_t prime, std::uint64_t multiplier) {
  const std::uint64_t a = word64(s) * prime;
  const std::uint64_t b = word64(s + 8);
  const std::uint64_t c = word64(s + size - 8) * multiplier;
  const std::uint64_t d = word64(s + size - 16) * kPrime2;
  const std::uint64_t sum = rotate_right(a + b, 43) + rotate_right(c, 30) + d;
  return {a, b, sum, hash_pair(sum, a + rotate_right(b + kPrime2, 18) + c, multiplier)};
}

std::uint64_t hash_17_to_32(const char* s, std::size_t size) {
  return hash_ends(s, size, kPrime1, multiplier_for(size)).pair;
}

std::uint64_t hash_33_to_64(const char* s, std::size_t size) {
  const std::uint64_t multiplier = multiplier_for(size);
  const Ends ends = hash_ends(s, size, kPrime2, multiplier);
  const std::uint64_t e = word64(s + 16) * multiplier;
  const std::uint64_t f = word64(s + 24);
  const std::uint64_t g = (ends.sum + word64(s + size - 32)) * multiplier;
  const std::uint64_t h = (ends.pair + word64(s + size - 24)) * multiplier;
  return hash_pair(rotate_right(e + f, 43) + rotate_right(g, 30) + h,
                   e + rotate_right(f + ends.a, 18) + g, multiplier);
}

// The state that runs over a longer text, 64 bytes at a time.
struct Blocks {
  using Pair = std::pair<std::uint64_t, std::uint64_t>;

  std::uint64_t x, y, z;
  Pair v = {0, 0}, w = {0, 0};

  static Pair weak_hash(const char* s, std::uint64_t a, std::uint64_t b) {
    a += word64(s);
    b = rotate_right(b + a + word64(s + 24), 21);
    const std::uint64_t start = a;
    a += word64(s + 8) + word64(s + 16);
    b += rotate_right(a, 44);
    return {a + word64(s + 24), b + start};
  }

  // The last block weighs v and w's part by 9.
  void add(const char* s, std::uint64_t prime, std::uint64_t weight) {
    x = rotate_right(x + y + v.first + word64(s + 8), 37) * prime;
    y = rotate_right(y + v.second + word64(s + 48), 42) * prime;
    x ^= w.second * weight;
    y += v.first * weight + word64(s + 40);
    z = rotate_right(z + w.first, 33) * prime;
    v = weak_hash(s, v.second * prime, x + w.first);
    w = weak_hash(s + 32, z + w.second, y + word64(s + 16));
    std::swap(z, x);
  }
};

std::uint64_t hash_long(const char* s, std::size_t size) {
  constexpr std::uint64_t kSeed = 81;
  const std::uint64_t y = kSeed * kPrime1 + 113;
  Blocks blocks{kSeed * kPrime2 + word64(s), y, fold(y * kPrime2 + 113) * kPrime2};
  const std::size_t last = (size - 1) % 64;  // the bytes of the last block, less one
  for (const char* end = s + (size - 1 - last); s != end; s += 64) blocks.add(s, kPrime1, 1);
  const std::uint64_t multiplier = kPrime1 + ((blocks.z & 0xFF) << 1);
  blocks.w.first += last;
  blocks.v.first += blocks.w.first;
  blocks.w.first += blocks.v.first;
  blocks.add(s + last - 63, multiplier, 9);  // the last 64 bytes, some of them a second time
  return hash_pair(
      hash_pair(blocks.v.first, blocks.w.first, multiplier) + fold(blocks.y) * kPrime0 + blocks.z,
      hash_pair(blocks.v.second, blocks.w.second, multiplier) + blocks.x, multiplier);
}

}  // namespace

std::uint64_t fingerprint64(std::string_view bytes) {
  if (bytes.size() <= 16) return hash_to_16(bytes.data(), bytes.size());
  if (bytes.size() <= 32) return hash_17_to_32(bytes.data(), bytes.size());
  if (bytes.size() <= 64) return hash_33_to_64(bytes.data(), bytes.size());
  return hash_long(bytes.data(), bytes.size());
}

std::uint64_t combine_fingerprints(std::uint64_t first, std::uint64_t second) {
  constexpr std::uint64_t kMultiplier = 0xC6A4A7935BD1E995;
  const std::uint64_t mixed = first ^ kMultiplier ^ fold(second * kMultiplier) * kMultiplier;
  return fold(fold(mixed * kMultiplier) * kMultiplier);
}

}  // namespace antler
