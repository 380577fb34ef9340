#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace antler {

/// Keras' arguments that every optimizer takes, in the order it lists them.
///
///   weight_decay     each step first takes learning_rate * weight_decay of a weight off it,
///                    apart from the gradient ("decoupled")
///   clipnorm         a gradient longer than this is scaled to it, each variable by itself
///   clipvalue        each element of a gradient is clipped to +- this
///   global_clipnorm  as clipnorm, with the norm over all gradients; at most one clip may be set
///   use_ema, ema_momentum   averages of the weights: avg = momentum avg + (1 - momentum) w
///   ema_overwrite_frequency the weights take their averages every so many steps; in any case at
///                    the end of fit
///   loss_scale_factor  the loss is multiplied by it, the gradients are divided by it
///   gradient_accumulation_steps  every so many steps (at least 2) one update from the mean of
///                    their gradients
///   name             by default the snake case of the class
///
/// Errors  ValueError, of the optimizer, for numbers out of range and for several clips.
/// Source  keras.optimizers.Optimizer.
struct OptimizerCommon {
  std::optional<double> weight_decay = {};
  std::optional<double> clipnorm = {};
  std::optional<double> clipvalue = {};
  std::optional<double> global_clipnorm = {};
  bool use_ema = false;
  double ema_momentum = 0.99;
  std::optional<std::int64_t> ema_overwrite_frequency = {};
  std::optional<double> loss_scale_factor = {};
  std::optional<std::int64_t> gradient_accumulation_steps = {};
  std::string name = {};

  /// The common part of an optimizer's options: each lists these fields for itself, so that they
  /// can be given by name.
  template <class Options>
  static OptimizerCommon of(const Options& options) {
    return {.weight_decay = options.weight_decay,
            .clipnorm = options.clipnorm,
            .clipvalue = options.clipvalue,
            .global_clipnorm = options.global_clipnorm,
            .use_ema = options.use_ema,
            .ema_momentum = options.ema_momentum,
            .ema_overwrite_frequency = options.ema_overwrite_frequency,
            .loss_scale_factor = options.loss_scale_factor,
            .gradient_accumulation_steps = options.gradient_accumulation_steps,
            .name = options.name};
  }
  static void visit(auto& self, auto&& field) {
    field("weight_decay", self.weight_decay);
    field("clipnorm", self.clipnorm);
    field("clipvalue", self.clipvalue);
    field("global_clipnorm", self.global_clipnorm);
    field("use_ema", self.use_ema);
    field("ema_momentum", self.ema_momentum);
    field("ema_overwrite_frequency", self.ema_overwrite_frequency);
    field("loss_scale_factor", self.loss_scale_factor);
    field("gradient_accumulation_steps", self.gradient_accumulation_steps);
    field("name", self.name);
  }
};

}  // namespace antler
