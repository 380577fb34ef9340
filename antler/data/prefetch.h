#pragma once

#include <memory>

#include "antler/data/dataset.h"

namespace antler {

/// A stage that reads one batch ahead of its reader in a thread of its own, and gives the same
/// batches; where there are no threads, `stage` itself.
std::unique_ptr<BatchReader::Stage> prefetched(std::unique_ptr<BatchReader::Stage> stage);

}  // namespace antler
