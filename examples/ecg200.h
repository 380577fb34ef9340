// The heartbeats of ECG200.
#pragma once

#include <antler/antler.h>

#include <string>

#include "course.h"

namespace course {

/// A part of ECG200, "TRAIN" or "TEST": x (beats, 100, 1), the 96 samples and on each side two more
/// like the outermost; y (beats, 1), 1 for a normal beat, 0 for an infarction. Errors: MissingData.
inline antler::datasets::Examples ecg200(const std::string& part) {
  const antler::Value rows = antler::read_numbers(data_file("ecg/ECG200_" + part + ".txt"));
  const std::int64_t count = rows.shape()[0], samples = rows.shape()[1] - 1;
  const antler::Value x =
      antler::ops::slice(antler::ops::cast(rows, antler::DType::float32), {0, 1}, {count, samples});
  return {
      antler::ops::expand_dims(antler::ops::pad(x, {{0, 0}, {2, 2}}, {.mode = "edge"}), -1),
      antler::ops::cast(antler::ops::slice(rows, {0, 0}, {count, 1}) > 0, antler::DType::float32)};
}

}  // namespace course
