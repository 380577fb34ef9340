#pragma once

#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct SwapEMAWeightsOptions {
  NamedOnly named_only = NamedOnly();
  bool swap_on_epoch = false;
};

/// Gives the model the moving averages of its weights (an optimizer with use_ema) whenever it is
/// tested or predicts, and its own weights back afterwards.
///
/// Options  swap_on_epoch: also from the end of an epoch to the start of the next, so that
///          callbacks behind it in the list, such as ModelCheckpoint, see the averages.
/// Errors   StateError for an optimizer without use_ema.
/// Source   keras.callbacks.SwapEMAWeights, which leaves the averages in the model after predict,
///          and with swap_on_epoch the own weights after a fit that was stopped early; here the
///          model has its own weights after the first and the averages after the second.
class SwapEMAWeights : public Callback {
 public:
  SwapEMAWeights(const SwapEMAWeightsOptions& options = {});
};

}  // namespace antler
