#pragma once

#include <cstdint>
#include <string>

#include "antler/data/batch.h"
#include "antler/models/model.h"

namespace antler::cli {

/// What `antler bench` times: a compiled model, and a batch for it.
struct BenchSubject {
  /// The letter of the workload, or the file's name as given.
  std::string name;
  Model model;
  /// One batch for the model, as predict_on_batch takes it, and as a training step does.
  std::vector<Tensor> x;
  Batch batch;
};

/// Errors: ValueError for what is neither the name of a workload nor ends in .keras, with the
/// nearest workload.
void check_bench_name(const std::string& what);

/// The network of a workload at its own batch, or the model of a file with `batch_size` random
/// examples.
///
/// Errors  FileError of the reader; StateError for a model that was not compiled with a loss, for a
///         training step needs one, or whose input shape is not known.
BenchSubject make_bench_subject(const std::string& what, std::int64_t batch_size);

}  // namespace antler::cli
