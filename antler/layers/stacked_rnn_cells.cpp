#include <unordered_map>

#include "antler/core/serialized.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/recurrent_cells.h"
#include "antler/layers/recurrent_layer.h"
#include "antler/layers/wrappers.h"

namespace antler {
namespace {

class StackedRNNCellsLayer final : public RNNCellBase {
 public:
  StackedRNNCellsLayer(const std::vector<Layer>& cells, const StackedRNNCellsOptions& options)
      : RNNCellBase(LayerCommon{options.name, options.dtype, options.trainable,
                                options.activity_regularizer}) {
    require_argument("StackedRNNCells", options, !cells.empty(), "expected at least one cell");
    for (const Layer& cell : cells) {
      const bool is_cell = cell && dynamic_cast<const RNNCellBase*>(&cell.base()) != nullptr;
      require_argument("StackedRNNCells", options, is_cell,
                       "expected cells, got " + (cell ? cell.class_name() : "an empty handle"));
      cells_.push_back(add_layer(cell));
    }
  }

  std::string class_name() const override { return "StackedRNNCells"; }
  std::int64_t output_size() const override { return cell(cells_.size() - 1).output_size(); }
  // Keras takes the first state of the last cell.
  std::size_t output_state() const override {
    return state_size().size() - cell(cells_.size() - 1).state_size().size();
  }

  std::vector<std::int64_t> state_size() const override {
    std::vector<std::int64_t> sizes;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      for (const std::int64_t size : cell(i).state_size()) sizes.push_back(size);
    }
    return sizes;
  }

  std::vector<Shape> state_shapes(const Shape& input) const override {
    std::vector<Shape> shapes;
    Shape step = input;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      for (const Shape& shape : cell(i).state_shapes(step)) shapes.push_back(shape);
      step = {step.front(), cell(i).output_size()};
    }
    return shapes;
  }

  void build(const Shape& input) override {
    Shape step = input;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      cells_[i].base().ensure_built({step});
      step = {step.front(), cell(i).output_size()};
    }
  }

  Step step(const Value& x, const std::vector<Value>& states, CallContext& context) const override {
    Step result{x, {}};
    auto next = states.begin();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      std::vector<Value> arguments = {result.output};
      const auto end = next + static_cast<std::ptrdiff_t>(cell(i).state_size().size());
      arguments.insert(arguments.end(), next, end);
      next = end;
      const std::vector<Value> outputs = cells_[i].call_all(arguments, context);
      result.output = outputs.front();
      result.states.insert(result.states.end(), outputs.begin() + 1, outputs.end());
    }
    return result;
  }

  Config get_config() const override {
    Config cells = Config::list();
    for (const Layer& cell : cells_) cells.push_back(layer_to_config(cell));
    return with_argument(RNNCellBase::get_config(), "cells", std::move(cells));
  }

  // Keras' names of the elements of a list: the class, from the second on with a number.
  std::vector<std::string> weight_groups() const override {
    std::unordered_map<std::string, int> counts;
    std::vector<std::string> groups;
    for (const Layer& cell : cells_) {
      const std::string name = snake_case(cell.class_name());
      const int count = counts[name]++;
      groups.push_back("cells/" + name + (count == 0 ? "" : "_" + std::to_string(count)));
    }
    return groups;
  }

 private:
  const RNNCellBase& cell(std::size_t i) const {
    return static_cast<const RNNCellBase&>(cells_[i].base());
  }

  std::vector<Layer> cells_;
};

}  // namespace

StackedRNNCells::StackedRNNCells(const std::vector<Layer>& cells,
                                 const StackedRNNCellsOptions& options)
    : Layer(std::make_shared<StackedRNNCellsLayer>(cells, options)) {}

Layer stacked_rnn_cells_from_config(const Config& config, const CustomObjects& custom) {
  const auto options = layer_options<StackedRNNCellsOptions>("StackedRNNCells", config, {"cells"});
  std::vector<Layer> cells;
  for (const Config& cell : inner_config("StackedRNNCells", config, "cells").as_list()) {
    cells.push_back(layer_from_config(cell, custom));
  }
  return StackedRNNCells(cells, options);
}

}  // namespace antler
