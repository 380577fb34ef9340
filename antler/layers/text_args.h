#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/config.h"

// The arguments of TextVectorization that Keras takes in more than one form.
namespace antler {

/// What is done to a text first: "lower_and_strip_punctuation", "lower", "strip_punctuation",
/// nothing (nullptr), or a function of the text. Letters and punctuation are those of ASCII, all
/// others stay, as in Keras.
class StandardizeArg {
 public:
  using Function = Callable<std::string(const std::string& text)>;

  StandardizeArg(std::nullptr_t = nullptr) {}
  /// Errors: ValueError for an unknown name, with the nearest.
  StandardizeArg(const char* name) : StandardizeArg(std::string(name)) {}
  StandardizeArg(const std::string& name);
  template <class F>
    requires std::is_invocable_r_v<std::string, F&, const std::string&>
  StandardizeArg(F function) : function_(std::move(function)) {}

  bool lowers() const { return lowers_; }
  bool strips() const { return strips_; }
  const Function& function() const { return function_; }

 private:
  bool lowers_ = false;
  bool strips_ = false;
  Function function_;
};

/// How a text becomes tokens: "whitespace", "character" (of UTF-8), not at all (nullptr), or a
/// function of the text.
class SplitArg {
 public:
  using Function = Callable<std::vector<std::string>(const std::string& text)>;
  enum class Kind { none, whitespace, character, function };

  SplitArg(std::nullptr_t = nullptr) {}
  /// Errors: ValueError for an unknown name, with the nearest.
  SplitArg(const char* name) : SplitArg(std::string(name)) {}
  SplitArg(const std::string& name);
  template <class F>
    requires std::is_invocable_r_v<std::vector<std::string>, F&, const std::string&>
  SplitArg(F function) : kind_(Kind::function), function_(std::move(function)) {}

  Kind kind() const { return kind_; }
  const Function& function() const { return function_; }

 private:
  Kind kind_ = Kind::none;
  Function function_;
};

/// Which runs of tokens become one, joined by spaces: 3 for those of one, two and three tokens,
/// {2} or {1, 3} for those lengths alone, {} for none: the tokens stay.
class NgramsArg {
 public:
  NgramsArg() = default;
  NgramsArg(int longest) : longest_(longest) {}
  NgramsArg(std::int64_t longest) : longest_(longest) {}
  NgramsArg(std::initializer_list<std::int64_t> lengths);
  NgramsArg(std::vector<std::int64_t> lengths);

  bool is_none() const { return !longest_ && lengths_.empty(); }
  const std::optional<std::int64_t>& longest() const { return longest_; }
  /// As given; see all_lengths.
  const std::vector<std::int64_t>& lengths() const { return lengths_; }
  /// In the order that Keras makes them. Errors: ValueError for one below 1 or above 1000.
  std::vector<std::int64_t> all_lengths() const;

 private:
  std::optional<std::int64_t> longest_;
  std::vector<std::int64_t> lengths_;
};

/// The name, or null. Errors: StateError for a function: no file holds one.
Config to_config(const StandardizeArg& standardize);
Config to_config(const SplitArg& split);
Config to_config(const NgramsArg& ngrams);
/// Errors: ValueError for a function that Keras wrote.
void from_config(const Config& config, StandardizeArg& standardize);
void from_config(const Config& config, SplitArg& split);
void from_config(const Config& config, NgramsArg& ngrams);

}  // namespace antler
