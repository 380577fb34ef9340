#pragma once

#include <cstdint>
#include <string_view>

namespace antler {

/// FarmHash's Fingerprint64: 64 bits of any bytes, the same on every machine and for ever. It is no
/// defence against someone who chooses the text; keyed_hash64 is.
///
/// Source  Pike, FarmHash (2014), the 64-bit function that tf.strings.to_hash_bucket_fast uses.
std::uint64_t fingerprint64(std::string_view bytes);

/// The fingerprint of two that follow each other; the order counts.
///
/// Source  the mixing step of MurmurHash2 (Appleby, 2008), as tf.sparse.cross_hashed chains it.
std::uint64_t combine_fingerprints(std::uint64_t first, std::uint64_t second);

/// SipHash-2-4 under a key of 128 bits: who does not know the key cannot choose texts that collide.
///
/// Source  Aumasson and Bernstein (2012); tf.strings.to_hash_bucket_strong.
std::uint64_t keyed_hash64(std::string_view bytes, std::uint64_t key0, std::uint64_t key1);

}  // namespace antler
