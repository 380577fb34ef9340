#include "antler/core/fingerprint.h"

#include <gtest/gtest.h>

#include <string>

namespace antler {
namespace {

// Bytes that reach every value up to 250, in no simple order.
std::string text(std::uint64_t size) {
  std::string bytes;
  for (std::uint64_t i = 0; i < size; ++i) {
    bytes += static_cast<char>((i * i * 7 + i * 13 + size * 5) % 251);
  }
  return bytes;
}

struct Row {
  std::uint64_t size, fingerprint, keyed;
};

// TensorFlow's to_hash_bucket_fast and to_hash_bucket_strong, key {3, 2^63 - 1}, in 2^62 buckets:
// sizes on both sides of each branch.
constexpr std::uint64_t kBuckets = std::uint64_t{1} << 62;
constexpr Row kRows[] = {
    {0, 1936946117179621455, 1677231529938724464},
    {1, 1162088608846893026, 3165188999052956949},
    {2, 3398357075090526976, 3777466841259794490},
    {3, 3659243142730705332, 1271391040371679281},
    {4, 4378764157310730054, 2892627849754889599},
    {5, 2143692067793844480, 3669180333428053493},
    {7, 2385961966737566154, 726273600216850999},
    {8, 360735616513957882, 4178535474611120218},
    {9, 932426693410291636, 1017714139028955194},
    {15, 3889227221758948291, 3841100382851436112},
    {16, 2215172572540440907, 1181353730888265962},
    {17, 278814840049917220, 4250712096625597857},
    {24, 1243073674575984034, 3312189286590520621},
    {31, 3384221523565315303, 1507768425822724024},
    {32, 4202330906953673505, 1243555279289434194},
    {33, 1079453241461390366, 1393667150941683239},
    {40, 293346990853538211, 1066260788627466161},
    {48, 3607304414496788243, 1868533422649290954},
    {63, 1167733718559474206, 1299335596969221193},
    {64, 1926622213980533066, 3629674985160080696},
    {65, 4049685666130592938, 3095626385232451366},
    {66, 4461256439485930462, 425334162337622994},
    {100, 3809098349077122487, 231245782955415897},
    {127, 3522004847181076953, 4513479138724674159},
    {128, 2469248142192324527, 1999926005507628652},
    {129, 4460077199764264589, 4290986665680045559},
    {191, 2610503847303084381, 3797741475732480904},
    {192, 2164888139632007106, 2641898819041061726},
    {193, 2690562519990847690, 4197161048976670457},
    {300, 1885327074713261072, 3789136821944355506},
    {1000, 1991478215402767360, 996495777307543069},
};

TEST(Fingerprint, IsThatOfTensorFlow) {
  for (const Row& row : kRows) {
    EXPECT_EQ(fingerprint64(text(row.size)) % kBuckets, row.fingerprint) << row.size;
  }
}

TEST(Fingerprint, KeyedIsThatOfTensorFlow) {
  for (const Row& row : kRows) {
    EXPECT_EQ(keyed_hash64(text(row.size), 3, 0x7FFFFFFFFFFFFFFF) % kBuckets, row.keyed)
        << row.size;
  }
}

// The example in the paper's appendix, and no bytes at all: bytes 0, 1, ... under the key 0 ... 15.
TEST(Fingerprint, KeyedIsThatOfItsPaper) {
  const auto counting = [](int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(i);
    return bytes;
  };
  constexpr std::uint64_t kKey0 = 0x0706050403020100, kKey1 = 0x0F0E0D0C0B0A0908;
  EXPECT_EQ(keyed_hash64(counting(15), kKey0, kKey1), 0xA129CA6149BE45E5);
  EXPECT_EQ(keyed_hash64("", kKey0, kKey1), 0x726FDB47DD0E0E31);
}

// TensorFlow's sparse.cross_hashed with its default key, in 2^31 - 1 buckets.
TEST(Fingerprint, CombinesAsTensorFlowCrosses) {
  constexpr std::uint64_t kKey = 0xDECAFCAFFE;
  const auto cross = [](std::uint64_t a, std::uint64_t b) {
    return combine_fingerprints(combine_fingerprints(kKey, a), b) % 0x7FFFFFFF;
  };
  EXPECT_EQ(cross(fingerprint64("A"), 5), 1977409455U);
  EXPECT_EQ(cross(fingerprint64("A"), static_cast<std::uint64_t>(-5)), 1968514035U);
  EXPECT_EQ(cross(fingerprint64("bc"), fingerprint64("d")), 2114446441U);
}

}  // namespace
}  // namespace antler
