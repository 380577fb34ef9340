#pragma once

#include <string>
#include <string_view>

#include "antler/models/trainer.h"
#include "antler/saving/saving.h"

namespace antler {

/// The zip member that Keras ignores.
inline constexpr std::string_view kAntlerMember = "antler.json";

/// Its text: seed and step of the trainer, what compile has beyond Keras, and the caller's extra.
std::string antler_member_text(const Trainer& trainer, const SaveOptions& options);

struct AntlerMember {
  FileExtra extra;
  /// compile's arguments that Keras does not have.
  bool stable_rewrites = true;
  std::string backend = "cpu";
};

/// Errors: FileError, ValueError or TypeError, opened by `what` or the key.
AntlerMember parse_antler_member(std::string_view text, const std::string& what);

}  // namespace antler
