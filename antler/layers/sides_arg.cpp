#include "antler/layers/sides_arg.h"

#include <string>

#include "antler/core/error.h"

namespace antler {

template class ItemList<SidesArg::Pair>;

SidesArg::SidesArg(int both) : entries_({{both, both}}), kind_(Kind::number) {}
SidesArg::SidesArg(std::initializer_list<Pair> sides)
    : entries_(std::vector(sides)), kind_(Kind::pairs) {}
SidesArg::SidesArg(std::initializer_list<std::int64_t> both) : kind_(Kind::list) {
  for (const std::int64_t size : both) entries_.get().emplace_back(size, size);
}

std::vector<SidesArg::Pair> SidesArg::resolve(std::string_view argument, int rank) const {
  std::vector<Pair> sides = entries_.get();
  if (kind_ == Kind::number) sides.resize(static_cast<std::size_t>(rank), entries_.get().front());
  if (kind_ == Kind::list && rank == 1 && entries_.get().size() == 2) {
    sides = {{entries_.get()[0].first, entries_.get()[1].first}};
  }
  bool fits = static_cast<int>(sides.size()) == rank &&
              !(kind_ == Kind::list && entries_.get().size() == 1);
  for (const auto& [before, after] : sides) fits = fits && before >= 0 && after >= 0;
  if (fits) return sides;
  const std::string axes = std::to_string(rank);
  throw ValueError("expected " + std::string(argument) + " to be an integer of at least 0" +
                   (rank == 1 ? std::string(" or a pair of them")
                              : ", " + axes + " of them or " + axes + " pairs of them") +
                   ", got " + to_config(*this).to_string());
}

Config to_config(const SidesArg& sides) {
  if (sides.kind_ == SidesArg::Kind::number) return sides.entries_.get().front().first;
  Config list = Config::list();
  for (const auto& [before, after] : sides.entries_.get()) {
    list.push_back(sides.kind_ == SidesArg::Kind::list ? Config(before)
                                                       : Config(Config::List{before, after}));
  }
  return list;
}

void from_config(const Config& config, SidesArg& sides) {
  if (!config.is_list()) {
    sides = SidesArg(static_cast<int>(config.as_integer()));
    return;
  }
  sides.entries_.get().clear();
  sides.kind_ = SidesArg::Kind::list;
  for (const Config& entry : config.as_list()) {
    if (entry.is_list()) {
      sides.kind_ = SidesArg::Kind::pairs;
      if (entry.size() != 2) throw ValueError("expected pairs, got " + config.to_string());
      sides.entries_.get().emplace_back(entry[0].as_integer(), entry[1].as_integer());
    } else {
      sides.entries_.get().emplace_back(entry.as_integer(), entry.as_integer());
    }
  }
}

Config sides_config(const std::vector<SidesArg::Pair>& sides) {
  Config list = Config::list();
  for (const auto& [before, after] : sides) list.push_back(Config(Config::List{before, after}));
  return sides.size() == 1 ? list[0] : list;
}

}  // namespace antler
