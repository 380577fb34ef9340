// A Dataset allocates nothing after its first batches.
#include "antler/data/dataset.h"

#include <gtest/gtest.h>

#include "tests/allocation/allocation_count.h"

namespace antler {
namespace {

using testing::allocation_count;

TEST(Dataset, AllocatesNothingAfterTheFirstBatches) {
  if (!ANTLER_COUNTS_ALLOCATIONS) GTEST_SKIP() << testing::kNotCounted;
  for (const bool prefetch : {false, true}) {
    const Dataset dataset =
        Dataset(Tensor::zeros({500, 2}), Tensor::zeros({500}), Tensor::ones({500}))
            .batch(32)
            .shuffle(1);
    BatchReader reader(prefetch ? dataset.prefetch() : dataset);
    Batch batch;
    reader.start(0);
    for (int i = 0; i < 4; ++i) reader.next(batch);
    const std::int64_t before = allocation_count();
    for (std::uint64_t step = 0; step < 3; ++step) {
      std::int64_t rows = 0;
      for (reader.start(step); reader.next(batch);) rows += batch.size;
      ASSERT_EQ(rows, 500);
    }
    EXPECT_EQ(allocation_count() - before, 0) << "prefetch: " << prefetch;
  }
}

}  // namespace
}  // namespace antler
