#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct CTCOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "ctc";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// Connectionist temporal classification: -log of the probability of all alignments of the labels
/// with the time steps; see ops::ctc_loss. Class 0 is the blank and fills up short label sequences:
/// the number of labels of an example is how many are not 0.
///
/// Shapes  y_true (batch, labels), y_pred (batch, time, classes), logits -> (batch,).
/// Types   y_true: any; fractions are cut off.
/// Errors  ShapeError, also for a number of steps, labels or classes that is not known; a label
///         outside [0, classes) fails the run.
/// Source  keras.losses.CTC; Graves et al. (2006).
class CTC : public Loss {
 public:
  CTC(const CTCOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value ctc(const Value& y_true, const Value& y_pred, const LossContext& context = {});

}  // namespace losses
}  // namespace antler
