#pragma once

#include <array>
#include <cstdint>

namespace antler {

/// Philox4x32-10 (Salmon et al., 2011): a random number is a function of a key and a counter, so a
/// draw does not depend on any other draw, on threads, or on the order of execution.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key);

/// The random numbers of one stream at one step: element i is the same whoever asks for it.
///
/// The key is the seed; the counter is (element / 4, stream, step). Copying is free.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint32_t stream, std::uint64_t step)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
        stream_(stream ^ (static_cast<std::uint32_t>(step >> 32) * 0x9E3779B9U)),
        step_(static_cast<std::uint32_t>(step)) {}

  /// Four independent 32-bit words: elements 4*block .. 4*block+3.
  std::array<std::uint32_t, 4> block(std::uint64_t block) const {
    return philox({static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32),
                   stream_, step_},
                  key_);
  }
  std::uint32_t word(std::uint64_t element) const { return block(element / 4)[element % 4]; }

  /// In [0, 1), a multiple of 2^-24, exact in float32.
  double uniform(std::uint64_t element) const;
  /// Standard normal, by Box-Muller from the words of the element's own block.
  double normal(std::uint64_t element) const;
  /// In [0, bound), without bias worth measuring (64-bit multiply); bound > 0.
  std::uint64_t below(std::uint64_t element, std::uint64_t bound) const;

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint32_t stream_;
  std::uint32_t step_;
};

/// keras.utils.set_random_seed: the seed of models and initializers made from now on; the sequence
/// of their streams starts anew. Threads: not while models are being made in another thread.
void set_random_seed(std::uint64_t seed);
/// The default seed: what set_random_seed was given, else drawn from the clock at the first use.
std::uint64_t default_seed();
/// A number that no other call under the same default seed has got: 0, 1, 2, ...
std::uint32_t next_stream();

}  // namespace antler
