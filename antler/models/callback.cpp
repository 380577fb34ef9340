#include "antler/models/callback.h"

#include "antler/core/error.h"

namespace antler {

Model& CallbackBase::model() const {
  if (model_ == nullptr) {
    throw StateError(
        "expected a model in the callback, got none; it is there from on_train_begin to the end");
  }
  return *model_;
}

}  // namespace antler
