#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "antler/layers/input.h"
#include "antler/models/model.h"

namespace antler {

class HostLayer;
class SequentialModel;

struct SequentialOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = {};
  bool trainable = true;
};

/// A stack of layers: the output of each is the input of the next. Without an Input in front it is
/// built when it first meets data.
///
/// Shapes   x as the first layer takes it -> what the last one gives.
/// Errors   ValueError for an empty handle, and for an Input that is not the first; ShapeError for
///          several inputs; StateError for building a model without layers; those of the layers.
/// Source   keras.Sequential.
class Sequential : public Model {
 public:
  Sequential(std::initializer_list<Layer> layers, const SequentialOptions& options = {});
  explicit Sequential(const std::vector<Layer>& layers, const SequentialOptions& options = {});
  Sequential();
  explicit Sequential(std::shared_ptr<SequentialModel> base);
  static Sequential from_config(const Config& config, const CustomObjects& custom_objects = {});

  /// Puts a layer on top, and takes the top one off. Errors: StateError for pop on an empty model.
  void add(const Layer& layer) const;
  void pop() const;
};

/// The model behind Sequential.
class SequentialModel final : public ModelBase {
 public:
  explicit SequentialModel(LayerCommon common);
  ~SequentialModel() override;
  std::string class_name() const override { return "Sequential"; }
  Config get_config() const override;
  void build_list(const std::vector<Shape>& inputs) override;
  /// As in Keras, an InputLayer is not listed.
  std::vector<Layer> layers() const override;
  bool has_host_layers() const override;
  void add(const std::vector<Layer>& layers);
  void pop();
  /// The Input in front, or an empty handle.
  const Layer& entry() const { return entry_; }

 private:
  const HostLayer* host_layer_in_front() const;
  void push(const Layer& layer);
  bool may_extend(const Layer& layer) const;
  void rebuild();

  Layer entry_;
  std::vector<Layer> stack_;
  bool is_rebuilding_ = false;
};

}  // namespace antler
