#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "antler/graph/op.h"
#include "antler/layers/layer_registry.h"
#include "antler/layers/rnn_cell.h"

namespace antler {

/// How a recurrent layer runs its cell; see RNN.
struct RecurrentFlags {
  bool return_sequences, return_state, go_backwards, stateful, unroll, zero_output_for_mask;

  template <class Options>
  static RecurrentFlags of(const Options& options) {
    return {options.return_sequences, options.return_state, options.go_backwards,
            options.stateful,         options.unroll,       options.zero_output_for_mask};
  }
};

/// The loop that all recurrent layers are: a cell, run along time as one Scan.
class RecurrentLayer : public LayerBase {
 public:
  RecurrentLayer(std::string_view class_name, LayerCommon common, const Layer& cell,
                 const RecurrentFlags& flags, Config arguments);

  std::string class_name() const override { return std::string(class_name_); }
  bool supports_masking() const override { return true; }
  std::vector<std::string_view> call_arguments() const override { return {"initial_state"}; }
  Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const override;
  void build_list(const std::vector<Shape>& inputs) override;
  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override;
  Config get_config() const override;
  std::vector<std::string> weight_groups() const override { return {"cell"}; }

  const RecurrentFlags& flags() const { return flags_; }
  void set_zero_output_for_mask(bool zero);
  void reset_state();

 private:
  const RNNCellBase& cell() const;
  void check_input(const Shape& input) const;
  std::vector<Value> initial_states(const Shape& input, CallContext& context) const;
  struct Step {
    Value output;
    std::vector<Value> states;
    std::ptrdiff_t output_is_state;  // its number, or -1
  };
  bool repeats_output(bool masked) const { return masked && flags_.unroll; }
  Step step(std::span<const Value> carried, std::span<const Value> slices,
            CallContext& context) const;
  std::vector<Value> run(const Value& x, const Value& mask, std::vector<Value> states,
                         CallContext& context) const;

  std::string_view class_name_;
  Layer cell_;
  RecurrentFlags flags_;
  Config arguments_;  // the config's keys beyond those of every layer
  std::vector<Variable> states_;
};

/// The initial states of a call as Keras nests them: a list of its own for each of stacked cells.
Config nested_states(const Layer& layer, const Config& states);

/// The outputs of a layer whose ops need sizes that are not known yet: their shapes alone, as for a
/// recorded call. Nothing is ever run on such values.
std::vector<Value> outputs_of_unknown_sizes(const LayerBase& layer,
                                            const std::vector<Value>& inputs,
                                            const CallContext& context);

}  // namespace antler
