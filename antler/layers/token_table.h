#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "antler/core/fingerprint.h"

namespace antler {

/// How a token is passed: texts as views, so that looking one up copies nothing.
template <class Token>
using TokenView = std::conditional_t<std::is_same_v<Token, std::string>, std::string_view, Token>;

/// Different tokens in the order they came, each found by its value: a hash table of places.
/// Token is std::string or std::int64_t.
template <class Token>
class TokenTable {
 public:
  using View = TokenView<Token>;
  static constexpr std::int64_t kAbsent = -1;

  /// Where the token stands, or kAbsent.
  std::int64_t find(View token) const { return slots_.empty() ? kAbsent : slots_[slot_of(token)]; }
  /// Where the token stands now; a new one comes last.
  std::int64_t add(View token) {
    if (2 * (tokens_.size() + 1) > slots_.size()) grow();
    std::int64_t& place = slots_[slot_of(token)];
    if (place == kAbsent) {
      place = static_cast<std::int64_t>(tokens_.size());
      tokens_.emplace_back(token);
    }
    return place;
  }
  const std::vector<Token>& tokens() const { return tokens_; }

 private:
  static std::uint64_t hash(std::string_view text) { return fingerprint64(text); }
  static std::uint64_t hash(std::int64_t number) {
    return combine_fingerprints(0, static_cast<std::uint64_t>(number));
  }

  // The token's slot, or the free one where it would go. At least half of the slots are free.
  std::size_t slot_of(View token) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash(token)) & mask;
    while (slots_[slot] != kAbsent && tokens_[static_cast<std::size_t>(slots_[slot])] != token) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  void grow() {
    slots_.assign(slots_.empty() ? 16 : 2 * slots_.size(), kAbsent);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      slots_[slot_of(tokens_[i])] = static_cast<std::int64_t>(i);
    }
  }

  std::vector<Token> tokens_;
  std::vector<std::int64_t> slots_;  // a power of two of them
};

}  // namespace antler
