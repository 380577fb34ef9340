#include "antler/saving/antler_member.h"

#include <limits>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/saving/json.h"

namespace antler {
namespace {

// Of the member's layout: a reader refuses a later one.
constexpr std::int64_t kFormat = 1;

std::int64_t integer_at(const Config& config, std::string_view key, std::int64_t low,
                        std::int64_t high) {
  return with_error_prefix("\"" + std::string(key) + "\": ", [&] {
    const std::int64_t value = config.at(key).as_integer();
    if (value < low || value > high) {
      throw ValueError("expected an integer from " + std::to_string(low) + " to " +
                       std::to_string(high) + ", got " + std::to_string(value));
    }
    return value;
  });
}

}  // namespace

std::string antler_member_text(const Trainer& trainer, const SaveOptions& options) {
  // JSON's integers are signed here: a seed over 2^63 is written as its two's complement.
  Config member = Config::map({{"format", kFormat},
                               {"seed", static_cast<std::int64_t>(trainer.seed())},
                               {"step", trainer.step()}});
  if (options.epoch) member.set("epoch", *options.epoch);
  if (trainer.is_compiled()) {
    member.set("compile", Config::map({{"stable_rewrites", trainer.options().stable_rewrites},
                                       {"backend", trainer.options().backend}}));
  }
  if (!options.user.is_null()) member.set("user", options.user);
  return to_json(member, 1);
}

AntlerMember parse_antler_member(std::string_view text, const std::string& what) {
  const Config config = parse_json(text, what);
  return with_error_prefix(what + ": ", [&] {
    constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
    AntlerMember member;
    const std::int64_t format = integer_at(config, "format", 1, kMax);
    if (format > kFormat) {
      throw ValueError("written by a later Antler (format " + std::to_string(format) +
                       "); install that one");
    }
    for (const auto& [key, value] : config.as_map()) {
      if (key == "seed") {
        member.extra.seed = static_cast<std::uint64_t>(
            integer_at(config, key, std::numeric_limits<std::int64_t>::min(), kMax));
      } else if (key == "step") {
        member.extra.step = integer_at(config, key, 0, kMax);
      } else if (key == "epoch") {
        member.extra.epoch =
            static_cast<int>(integer_at(config, key, 0, std::numeric_limits<int>::max()));
      } else if (key == "user") {
        value.as_map();
        member.extra.user = value;
      } else if (key == "compile") {
        member.stable_rewrites = value.at("stable_rewrites").as_bool();
        member.backend = value.at("backend").as_string();
        if (member.backend != "cpu" && member.backend != "reference") {
          throw ValueError("compile: " +
                           unknown_name("backend", member.backend, {"cpu", "reference"}));
        }
      } else if (key != "format") {
        throw ValueError(
            unknown_name("key", key, {"format", "seed", "step", "epoch", "compile", "user"}));
      }
    }
    return member;
  });
}

}  // namespace antler
