#include "antler/core/callable.h"

#include "antler/core/error.h"

namespace antler {

void detail::refuse_empty_call() {
  throw StateError("expected a function to call, got an empty one");
}

}  // namespace antler
