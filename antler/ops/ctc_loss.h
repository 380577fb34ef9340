#pragma once

#include "antler/graph/value.h"

// A composite, whose gradient is one too: a backend may run either as one kernel.
//
//   composite          inputs                                      outputs
//   ctc_loss           emissions, skips, ends, lives               loss, alphas
//   ctc_loss_gradient  emissions, skips, ends, lives,              loss by emissions
//                      alphas, loss, g
namespace antler::ops {

/// Connectionist temporal classification: -log of the probability of all ways to read `target` off
/// `output`, where each step tells a class or the blank, `mask_index`; equal neighbors count once,
/// then blanks are dropped.
///
/// Shapes  target (batch, labels), output (batch, time, classes), logits; target_length and
///         output_length (batch,): what lies beyond is not looked at -> (batch,).
/// Types   target and lengths integers, output float.
/// Errors  ShapeError, also for unknown numbers of labels, steps or classes: the loop over time is
///         unrolled, some 10 kernel calls a step. A label outside [0, classes) fails the run. Where
///         the time is too short for the labels, the loss is about 1e5, as in Keras.
/// Source  keras.ops.ctc_loss; Graves et al. (2006), doi:10.1145/1143844.1143891.
Value ctc_loss(const Value& target, const Value& output, const Value& target_length,
               const Value& output_length, int mask_index = 0);

}  // namespace antler::ops
