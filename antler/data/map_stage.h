#pragma once

#include <memory>
#include <vector>

#include "antler/data/dataset.h"

namespace antler {

/// Makes the change and checks what came of it. Errors: ShapeError for tensors that disagree in
/// their rows.
void apply_change(const Dataset::Change& change, Batch& batch);

/// A stage whose batches are those of `stage`, changed.
std::unique_ptr<BatchReader::Stage> mapped(std::unique_ptr<BatchReader::Stage> stage,
                                           std::vector<Dataset::Change> changes);

}  // namespace antler
