#include "antler/optimizers/adam_w.h"

#include "antler/optimizers/adam.h"

namespace antler {

AdamW::AdamW(const AdamWOptions& options)
    : Optimizer(
          make_adam("AdamW", {.learning_rate = options.learning_rate,
                              .beta_1 = options.beta_1,
                              .beta_2 = options.beta_2,
                              .epsilon = options.epsilon,
                              .amsgrad = options.amsgrad,
                              .weight_decay = options.weight_decay,
                              .clipnorm = options.clipnorm,
                              .clipvalue = options.clipvalue,
                              .global_clipnorm = options.global_clipnorm,
                              .use_ema = options.use_ema,
                              .ema_momentum = options.ema_momentum,
                              .ema_overwrite_frequency = options.ema_overwrite_frequency,
                              .loss_scale_factor = options.loss_scale_factor,
                              .gradient_accumulation_steps = options.gradient_accumulation_steps,
                              .name = options.name})) {}

}  // namespace antler
