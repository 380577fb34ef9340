#pragma once

#include <cstdint>
#include <optional>

namespace antler {

/// When ModelCheckpoint and BackupAndRestore save: "epoch", or a number of batches.
class SaveFreq {
 public:
  /// Errors: ValueError for another word, or a number below 1.
  SaveFreq(const char* word);
  SaveFreq(std::int64_t batches);
  SaveFreq(int batches) : SaveFreq(static_cast<std::int64_t>(batches)) {}
  /// Nothing for "epoch".
  std::optional<std::int64_t> batches() const { return batches_; }

 private:
  std::optional<std::int64_t> batches_;
};

/// Counts batches, over the ends of epochs, and says after which one to save.
class SaveCounter {
 public:
  explicit SaveCounter(SaveFreq frequency) : frequency_(frequency) {}

  void reset() { since_save_ = 0; }
  bool saves_after_epochs() const { return !frequency_.batches(); }
  bool saves_after_batch() {
    if (saves_after_epochs() || ++since_save_ < *frequency_.batches()) return false;
    since_save_ = 0;
    return true;
  }

 private:
  SaveFreq frequency_;
  std::int64_t since_save_ = 0;
};

}  // namespace antler
