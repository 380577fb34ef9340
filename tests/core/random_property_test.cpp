#include "antler/core/random.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

std::uint64_t any_bits() { return *rc::gen::arbitrary<std::uint64_t>(); }

RandomStream any_stream() {
  return {any_bits(), static_cast<std::uint32_t>(any_bits()), any_bits()};
}

RC_GTEST_PROP(RandomStreamProperty, AnElementDoesNotDependOnWhatWasDrawnBefore, ()) {
  const RandomStream random = any_stream();
  const auto count = static_cast<int>(any_number(1, 40));
  const std::uint64_t first = any_bits() / 2;
  std::vector<double> in_order;
  for (int i = 0; i < count; ++i) {
    in_order.push_back(random.uniform(first + static_cast<std::uint64_t>(i)));
  }
  for (const int i : any_permutation(count)) {
    const std::uint64_t element = first + static_cast<std::uint64_t>(i);
    RC_ASSERT(random.uniform(element) == in_order[static_cast<std::size_t>(i)]);
    RC_ASSERT(random.word(element) == random.block(element / 4)[element % 4]);
  }
}

// Two of 128 bits are the same once in 2^128 draws: never.
RC_GTEST_PROP(RandomStreamProperty, SeedStreamStepAndElementAllCount, ()) {
  const std::uint64_t seed = any_bits(), step = any_bits(), element = any_bits();
  const auto stream = static_cast<std::uint32_t>(any_bits());
  const std::uint64_t flip = std::uint64_t{1} << any_number(0, 63);
  const auto block = RandomStream(seed, stream, step).block(element);
  RC_ASSERT(RandomStream(seed, stream, step).block(element) == block);
  RC_ASSERT(RandomStream(seed ^ flip, stream, step).block(element) != block);
  RC_ASSERT(RandomStream(seed, stream, step ^ flip).block(element) != block);
  RC_ASSERT(RandomStream(seed, stream, step).block(element ^ flip) != block);
  const std::uint32_t flip_stream = std::uint32_t{1} << any_number(0, 31);
  RC_ASSERT(RandomStream(seed, stream ^ flip_stream, step).block(element) != block);
}

RC_GTEST_PROP(RandomStreamProperty, KeepsWithinItsBounds, ()) {
  const RandomStream random = any_stream();
  const std::uint64_t element = any_bits();
  const double uniform = random.uniform(element);
  RC_ASSERT(uniform >= 0 && uniform < 1);
  RC_ASSERT(static_cast<double>(static_cast<float>(uniform)) == uniform);
  const std::uint64_t bound = any_bits() / 2 + 1;
  RC_ASSERT(random.below(element, bound) < bound);
  RC_ASSERT(random.below(element, 1) == 0);
  const double normal = random.normal(element);
  RC_ASSERT(normal > -7 && normal < 7);
}

}  // namespace
}  // namespace antler::testing
