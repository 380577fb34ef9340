#pragma once

namespace antler {

/// The first member of every options struct: options are given by name, `{.units = 3}`; without it
/// `{3, 2}` would set the first two members in silence.
struct NamedOnly {
  explicit NamedOnly() = default;
};

}  // namespace antler
