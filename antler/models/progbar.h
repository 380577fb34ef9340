#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/models/logs.h"

namespace antler::utils {

struct ProgbarOptions {
  NamedOnly named_only = NamedOnly();
  int width = 20;          // of the bar, in characters
  int verbose = 1;         // 0 nothing, 1 a bar that is redrawn, 2 one line at the end
  double interval = 0.05;  // seconds between two drawings at least
  /// The values that are shown as they are; all others are averaged over the steps until the last,
  /// whose values are shown as they are, too. Left out: all are shown as they are.
  std::optional<std::vector<std::string>> stateful_metrics = std::nullopt;
  std::string unit_name = "step";
};

/// The progress of a loop of one's own on standard output:
/// `5/157 [bar] 2s 17ms/step - loss: 1.7224`.
///
/// On a terminal that does not show UTF-8 the bar is drawn in ASCII; where output is no terminal
/// only the end is printed, without colours.
///
/// Errors  ValueError for a negative target or a width below 1.  Source  keras.utils.Progbar.
class Progbar {
 public:
  using Values = std::vector<Logs::Entry>;

  /// `target` steps in all; 0: not known.
  explicit Progbar(std::int64_t target, const ProgbarOptions& options = {});

  /// `current` steps are done, the last of them with these values. `finalize`: whether it was the
  /// last of all; left out: once the target is reached.
  void update(std::int64_t current);
  void update(std::int64_t current, const Values& values,
              std::optional<bool> finalize = std::nullopt);
  /// `n` steps more are done.
  void add(std::int64_t n) { update(seen_ + n); }
  void add(std::int64_t n, const Values& values) { update(seen_ + n, values); }
  /// What was not known at the start.
  void set_target(std::int64_t target) { target_ = target; }
  /// Whether an update that is not the last would draw.
  bool is_due() const;

 private:
  struct Shown {
    std::string name;
    double sum, weight;
  };

  void take(std::int64_t current, const Values& values, bool finalize);
  std::string text(std::int64_t current, bool finished) const;

  std::int64_t target_;
  ProgbarOptions options_;
  bool is_terminal_, is_utf8_;
  double start_;  // times are in seconds
  double last_draw_ = 0;
  std::optional<double> first_step_end_;
  std::int64_t seen_ = 0;
  std::size_t shown_width_ = 0;
  std::vector<Shown> values_;
};

}  // namespace antler::utils
