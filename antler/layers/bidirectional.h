#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct BidirectionalOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::string> merge_mode = std::string("concat");
  Layer backward_layer = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("merge_mode", self.merge_mode);
  }
};

/// A recurrent layer run forwards, and a second one backwards along time, with their outputs joined
/// step by step:
///
///   Bidirectional(LSTM(64, {.return_sequences = true}), {.merge_mode = "sum"})
///
/// Options  layer: a recurrent layer, from whose config both are made; merge_mode: "concat", "sum",
///          "ave", "mul", or none (std::nullopt): two outputs; backward_layer: for the way back,
///          with the other go_backwards and the same return_sequences, return_state and stateful.
/// Shapes   as the layer's; with "concat" twice as wide. return_state: the states of both follow.
///          Weights: those of the forward layer, then those of the backward layer. initial_state:
///          the first half for the forward layer.
/// Masks    both layers see it; with return_sequences, masked steps give 0.
/// Errors   ValueError for a layer that is not recurrent, an unknown merge_mode, or a backward
///          layer that does not fit; ShapeError for an odd number of initial states.
/// Source   keras.layers.Bidirectional; Schuster and Paliwal (1997).
class Bidirectional : public Layer {
 public:
  Bidirectional(const Layer& layer, const BidirectionalOptions& options = {});

  /// Both layers start from zero states again. Errors: StateError unless they are stateful.
  void reset_state() const;
};

}  // namespace antler
