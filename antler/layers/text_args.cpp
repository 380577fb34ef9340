#include "antler/layers/text_args.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/suggest.h"

namespace antler {
namespace {

constexpr const char* kNoFile = "no file holds a function";

template <class Arg>
void read_named(const Config& config, Arg& argument) {
  if (config.is_null()) {
    argument = nullptr;
  } else if (config.is_map()) {
    throw ValueError("expected a name, got " + config.to_string() + "; " + kNoFile +
                     ": make the layer by custom_objects = {{\"TextVectorization\", ...}}");
  } else {
    argument = config.as_string();
  }
}

}  // namespace

NgramsArg::NgramsArg(std::initializer_list<std::int64_t> lengths) : lengths_(lengths) {}
NgramsArg::NgramsArg(std::vector<std::int64_t> lengths) : lengths_(std::move(lengths)) {}

StandardizeArg::StandardizeArg(const std::string& name)
    : lowers_(name.starts_with("lower")), strips_(name.ends_with("strip_punctuation")) {
  const std::vector<std::string_view> names = {"lower_and_strip_punctuation", "lower",
                                               "strip_punctuation"};
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw ValueError(unknown_name("standardize", name, names));
  }
}

SplitArg::SplitArg(const std::string& name)
    : kind_(name == "character" ? Kind::character : Kind::whitespace) {
  if (name != "character" && name != "whitespace") {
    throw ValueError(unknown_name("split", name, {"whitespace", "character"}));
  }
}

std::vector<std::int64_t> NgramsArg::all_lengths() const {
  constexpr std::int64_t kLongest = 1000;  // a file may say any number
  std::vector<std::int64_t> all = longest_ ? std::vector{*longest_} : lengths_;
  for (const std::int64_t length : all) {
    if (length > 0 && length <= kLongest) continue;
    throw ValueError("expected ngrams from 1 to " + std::to_string(kLongest) + ", got " +
                     std::to_string(length));
  }
  if (longest_) {
    all.resize(static_cast<std::size_t>(*longest_));
    std::iota(all.begin(), all.end(), 1);
  }
  return all;
}

Config to_config(const StandardizeArg& standardize) {
  if (standardize.function()) throw StateError(std::string("standardize: ") + kNoFile);
  if (standardize.lowers()) {
    return standardize.strips() ? "lower_and_strip_punctuation" : "lower";
  }
  return standardize.strips() ? Config("strip_punctuation") : Config();
}

Config to_config(const SplitArg& split) {
  switch (split.kind()) {
    case SplitArg::Kind::whitespace:
      return "whitespace";
    case SplitArg::Kind::character:
      return "character";
    case SplitArg::Kind::function:
      throw StateError(std::string("split: ") + kNoFile);
    case SplitArg::Kind::none:
      break;
  }
  return {};
}

Config to_config(const NgramsArg& ngrams) {
  if (ngrams.longest()) return *ngrams.longest();
  return ngrams.is_none() ? Config() : Config(ngrams.lengths());
}

void from_config(const Config& config, StandardizeArg& standardize) {
  read_named(config, standardize);
}
void from_config(const Config& config, SplitArg& split) { read_named(config, split); }

void from_config(const Config& config, NgramsArg& ngrams) {
  if (config.is_null()) {
    ngrams = NgramsArg();
  } else if (config.is_list()) {
    std::vector<std::int64_t> lengths;
    from_config(config, lengths);
    ngrams = NgramsArg(std::move(lengths));
  } else {
    ngrams = NgramsArg(config.as_integer());
  }
}

}  // namespace antler
