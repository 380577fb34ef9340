#include "antler/backends/cpu/kernels/philox.h"

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/philox.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

constexpr uint32_t kMultiply0 = 0xD2511F53U;
constexpr uint32_t kMultiply1 = 0xCD9E8D57U;
constexpr uint32_t kWeyl0 = 0x9E3779B9U;
constexpr uint32_t kWeyl1 = 0xBB67AE85U;
constexpr int kRounds = 10;

// One block, where there are no lanes to fill.
HWY_INLINE void words_of_block(const PhiloxStream& stream, uint64_t block, uint32_t* out) {
  uint32_t c[4] = {static_cast<uint32_t>(block), static_cast<uint32_t>(block >> 32), stream.stream,
                   stream.step};
  uint32_t key0 = stream.key[0], key1 = stream.key[1];
  for (int round = 0; round < kRounds; ++round) {
    const uint64_t product0 = static_cast<uint64_t>(kMultiply0) * c[0];
    const uint64_t product1 = static_cast<uint64_t>(kMultiply1) * c[2];
    c[0] = static_cast<uint32_t>(product1 >> 32) ^ c[1] ^ key0;
    c[2] = static_cast<uint32_t>(product0 >> 32) ^ c[3] ^ key1;
    c[1] = static_cast<uint32_t>(product1);
    c[3] = static_cast<uint32_t>(product0);
    key0 += kWeyl0;
    key1 += kWeyl1;
  }
  for (int i = 0; i < 4; ++i) out[i] = c[i];
}

void words_of_blocks(const PhiloxStream& stream, uint64_t first, int64_t blocks, uint32_t* out) {
  int64_t done = 0;
#if HWY_TARGET != HWY_SCALAR
  // A block in the low half of each 64-bit lane; what stands in the high halves does not matter
  // until the end.
  using Tag = hn::ScalableTag<uint64_t>;
  using V = hn::Vec<Tag>;
  const Tag d;
  const hn::Repartition<uint32_t, Tag> d32;
  const auto product = [&](V a, V b) ANTLER_INLINE_LAMBDA {
    return hn::MulEven(hn::BitCast(d32, a), hn::BitCast(d32, b));
  };
  // Several vectors side by side: a round waits for its products.
  constexpr int kSide = 2;
  constexpr auto kBlocks = static_cast<int64_t>(hn::MaxLanes(Tag()));
  const V multiply0 = hn::Set(d, uint64_t{kMultiply0});
  const V multiply1 = hn::Set(d, uint64_t{kMultiply1});
  const V low_half = hn::Set(d, uint64_t{0xFFFFFFFFU});
  for (; done + kSide * kBlocks <= blocks; done += kSide * kBlocks) {
    V c0[kSide], c1[kSide], c2[kSide], c3[kSide];
    for (int i = 0; i < kSide; ++i) {
      const uint64_t block = first + static_cast<uint64_t>(done + i * kBlocks);
      c0[i] = hn::Add(hn::Iota(d, 0), hn::Set(d, block));
      c1[i] = hn::ShiftRight<32>(c0[i]);
      c2[i] = hn::Set(d, uint64_t{stream.stream});
      c3[i] = hn::Set(d, uint64_t{stream.step});
    }
    uint32_t key0 = stream.key[0], key1 = stream.key[1];
    for (int round = 0; round < kRounds; ++round) {
      const V round_key0 = hn::Set(d, uint64_t{key0});
      const V round_key1 = hn::Set(d, uint64_t{key1});
      for (int i = 0; i < kSide; ++i) {
        const V product0 = product(c0[i], multiply0);
        const V product1 = product(c2[i], multiply1);
        c0[i] = hn::Xor(hn::Xor(hn::ShiftRight<32>(product1), c1[i]), round_key0);
        c2[i] = hn::Xor(hn::Xor(hn::ShiftRight<32>(product0), c3[i]), round_key1);
        c1[i] = product1;
        c3[i] = product0;
      }
      key0 += kWeyl0;
      key1 += kWeyl1;
    }
    for (int i = 0; i < kSide; ++i) {
      const V front = hn::Or(hn::And(c0[i], low_half), hn::ShiftLeft<32>(c1[i]));
      const V back = hn::Or(hn::And(c2[i], low_half), hn::ShiftLeft<32>(c3[i]));
      HWY_ALIGN uint64_t pairs[2 * kBlocks];
      hn::StoreInterleaved2(front, back, d, pairs);
      uint32_t* to = out + 4 * (done + i * kBlocks);
      hn::StoreU(hn::BitCast(d32, hn::Load(d, pairs)), d32, to);
      hn::StoreU(hn::BitCast(d32, hn::Load(d, pairs + kBlocks)), d32, to + 2 * kBlocks);
    }
  }
#endif
  for (; done < blocks; ++done) {
    words_of_block(stream, first + static_cast<uint64_t>(done), out + 4 * done);
  }
}

// The vectors of uniform numbers of words, and what is left at the end one by one.
HWY_INLINE FloatVector uniform(const uint32_t* words) {
  const hn::RebindToUnsigned<FloatTag> du;
  const hn::RebindToSigned<FloatTag> di;
  const auto high = hn::BitCast(di, hn::ShiftRight<8>(hn::LoadU(du, words)));
  return hn::Mul(hn::ConvertTo(FloatTag(), high), set(0x1p-24f));
}
HWY_INLINE float uniform_of(uint32_t word) { return static_cast<float>(word >> 8) * 0x1p-24f; }

void uniform_numbers(const uint32_t* words, int64_t size, float* out) {
  int64_t i = 0;
  for (; i + kLanes <= size; i += kLanes) hn::StoreU(uniform(words + i), FloatTag(), out + i);
  for (; i < size; ++i) out[i] = uniform_of(words[i]);
}

void dropped_out(const uint32_t* words, const float* x, float rate, float scale, int64_t size,
                 float* y) {
  const FloatTag d;
  const FloatVector threshold = set(rate);
  const FloatVector factor = set(scale);
  int64_t i = 0;
  for (; i + kLanes <= size; i += kLanes) {
    const FloatVector scaled = hn::Mul(hn::LoadU(d, x + i), factor);
    hn::StoreU(hn::IfThenElseZero(hn::Ge(uniform(words + i), threshold), scaled), d, y + i);
  }
  for (; i < size; ++i) y[i] = uniform_of(words[i]) >= rate ? x[i] * scale : 0.0f;
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(words_of_blocks);
HWY_EXPORT(uniform_numbers);
HWY_EXPORT(dropped_out);

void philox_words(const PhiloxStream& stream, uint64_t first, int64_t blocks,
                  uint32_t* out) noexcept {
  HWY_DYNAMIC_DISPATCH(words_of_blocks)(stream, first, blocks, out);
}

void uniform_of_words(const uint32_t* words, int64_t size, float* out) noexcept {
  HWY_DYNAMIC_DISPATCH(uniform_numbers)(words, size, out);
}

void dropout_of_words(const uint32_t* words, const float* x, float rate, float scale, int64_t size,
                      float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(dropped_out)(words, x, rate, scale, size, y);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
