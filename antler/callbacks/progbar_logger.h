#pragma once

#include "antler/models/callback.h"

namespace antler {

/// Shows the progress bar of a fit whose verbose is 0; where fit shows one itself it does nothing.
///
/// Source  keras.callbacks.ProgbarLogger.
class ProgbarLogger : public Callback {
 public:
  ProgbarLogger();
};

}  // namespace antler
