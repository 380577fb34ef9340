#include "antler/core/random.h"

#include <atomic>
#include <chrono>
#include <cmath>

namespace antler {
namespace {

struct DefaultSeed {
  std::atomic<std::uint64_t> seed{static_cast<std::uint64_t>(
      std::chrono::high_resolution_clock::now().time_since_epoch().count())};
  std::atomic<std::uint32_t> streams{0};
};

DefaultSeed& default_state() {
  static DefaultSeed state;
  return state;
}

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t kMultiply0 = 0xD2511F53U;
  constexpr std::uint64_t kMultiply1 = 0xCD9E8D57U;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9U;
  constexpr std::uint32_t kWeyl1 = 0xBB67AE85U;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = kMultiply0 * counter[0];
    const std::uint64_t product1 = kMultiply1 * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product0)};
    key[0] += kWeyl0;
    key[1] += kWeyl1;
  }
  return counter;
}

double RandomStream::uniform(std::uint64_t element) const {
  return static_cast<double>(word(element) >> 8) * 0x1p-24;
}

// Words 0 and 1 of a block of its own give the element's pair, so that no element waits for its
// neighbour. The first uniform is in (0, 1]: its logarithm is finite.
double RandomStream::normal(std::uint64_t element) const {
  constexpr double kTwoPi = 6.283185307179586;
  const std::array<std::uint32_t, 4> words = block(element);
  const double u = (static_cast<double>(words[0]) + 1.0) * 0x1p-32;
  const double v = static_cast<double>(words[1]) * 0x1p-32;
  return std::sqrt(-2.0 * std::log(u)) * std::cos(kTwoPi * v);
}

std::uint64_t RandomStream::below(std::uint64_t element, std::uint64_t bound) const {
  const std::array<std::uint32_t, 4> words = block(element);
  const std::uint64_t wide = (static_cast<std::uint64_t>(words[0]) << 32) | words[1];
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(wide) * bound) >> 64);
}

void set_random_seed(std::uint64_t seed) {
  default_state().seed = seed;
  default_state().streams = 0;
}

std::uint64_t default_seed() { return default_state().seed; }

std::uint32_t next_stream() { return default_state().streams++; }

}  // namespace antler
