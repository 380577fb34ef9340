#pragma once

#include <string>
#include <utility>

#include "antler/core/options.h"
#include "antler/losses/loss.h"

namespace antler::losses {

/// What the built-in losses share: options with `name` and `reduction`, and the config from them.
template <class Options>
class LossWithOptions : public LossBase {
 public:
  explicit LossWithOptions(Options options) : options_(std::move(options)) {}

  const std::string& name() const final { return options_.name; }
  Reduction reduction() const final { return options_.reduction.get(); }
  Config get_config() const final { return options_to_config(options_); }

 protected:
  const Options& options() const { return options_; }

 private:
  Options options_;
};

}  // namespace antler::losses
