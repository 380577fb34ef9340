#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct CSVLoggerOptions {
  NamedOnly named_only = NamedOnly();
  std::string separator = ",";
  bool append = false;
};

/// Writes the logs of every epoch as a line of a CSV file: epoch (from 0), then the names in
/// alphabetical order. Without validation in the first epoch there are columns for it all the same;
/// what an epoch lacks reads NA. A line is on the disk before the next epoch begins.
///
/// Options  separator: one character; append: adds to the file if it exists, without a second
///          header line.
/// Errors   ValueError for another separator. FileError naming the file: it is a directory or
///          cannot be written (thrown before training), the disk is full, or, with append, its
///          header has other columns.
/// Source   keras.callbacks.CSVLogger; lines end in \n alone.
class CSVLogger : public Callback {
 public:
  CSVLogger(const std::string& filename, const CSVLoggerOptions& options = {});
};

}  // namespace antler
