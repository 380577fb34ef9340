#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "antler/core/config.h"

namespace antler {

/// How per-sample losses become one number.
///   sum_over_batch_size  sum / number of elements (the default; "mean" is another name)
///   sum
///   none                 the per-sample losses themselves
///   mean_with_sample_weight  sum(w l) / sum(w)
///
/// Source  the `reduction` of keras.losses.Loss.
enum class Reduction : std::uint8_t { sum_over_batch_size, sum, none, mean_with_sample_weight };

std::string_view name(Reduction reduction);
/// Also accepts "mean" and "auto". Errors: ValueError with the nearest name.
Reduction reduction_from_name(std::string_view name);

/// A reduction argument: Keras' name, or the enumerator.
class ReductionArg {
 public:
  ReductionArg() = default;
  ReductionArg(Reduction reduction) : reduction_(reduction) {}
  ReductionArg(const char* name) : reduction_(reduction_from_name(name)) {}
  ReductionArg(const std::string& name) : reduction_(reduction_from_name(name)) {}
  Reduction get() const { return reduction_; }

 private:
  Reduction reduction_ = Reduction::sum_over_batch_size;
};
Config to_config(const ReductionArg& reduction);
/// A name, or null for "none".
void from_config(const Config& config, ReductionArg& reduction);

}  // namespace antler
