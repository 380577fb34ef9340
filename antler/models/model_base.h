#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "antler/layers/layer.h"
#include "antler/losses/loss.h"
#include "antler/metrics/metric.h"

namespace antler {

class HostFront;
class StepContext;
class Trainer;

/// What a model is: a layer that can be trained. A functional model is the graph between symbolic
/// inputs and outputs; a user's subclass overrides call:
///
///   struct Autoencoder : ModelBase {
///     Dense encode = add_layer(Dense(8, {.activation = "relu"}));
///     Dense decode = add_layer(Dense(64));
///     Value call(const Value& x, CallContext& context) const override {
///       return decode(encode(x, context), context);
///     }
///   };
///   Model model = make_model<Autoencoder>();
///
/// Source  keras.Model.
class ModelBase : public LayerBase {
 public:
  explicit ModelBase(LayerCommon common = {});
  ~ModelBase() override;

  bool is_model() const override { return true; }
  /// What Keras names the class: "Functional", "Sequential", or the user's.
  std::string class_name() const override;

  /// The loss of one batch; by default compile's losses, the regularizers and what layers added.
  virtual Value compute_loss(const std::vector<Value>& y_true, const std::vector<Value>& y_pred,
                             const std::vector<Value>& sample_weight, StepContext& context) const;
  /// One training step as graph: what fit compiles. By default forward, loss, gradients, update.
  virtual void train_step(StepContext& context) const;
  /// One evaluation step as graph.
  virtual void test_step(StepContext& context) const;

  /// Symbolic inputs and outputs; empty for a subclass and for a Sequential that is not built.
  const std::vector<Value>& inputs() const { return inputs_; }
  const std::vector<Value>& outputs() const { return outputs_; }
  bool is_functional() const { return !outputs_.empty(); }
  /// Names of inputs and outputs, in order: for DataArg, losses and logs.
  std::vector<std::string> input_names() const;
  std::vector<std::string> output_names() const;

  /// Whether layers of it run on the host, before its programs: then those take feed(x) in place of
  /// the inputs x.
  virtual bool has_host_layers() const;
  /// What its programs take: inputs(), or what those layers make of them.
  const std::vector<Value>& program_inputs() const;
  /// What those layers make of a batch. Errors: ShapeError, TypeError for data that no input takes.
  std::vector<Tensor> feed(const std::vector<Tensor>& x);

  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override;
  std::vector<Layer> layers() const override;

  Trainer& trainer() const { return *trainer_; }
  /// fit ends after the present batch; fit takes it back when it starts.
  void set_stopping(bool stopping) { stopping_ = stopping; }
  bool is_stopping() const { return stopping_; }

 protected:
  /// Makes this the functional model between symbolic values. Errors: ValueError when an output
  /// depends on an input that is not listed, or inputs are no Inputs.
  void set_graph(std::vector<Value> inputs, std::vector<Value> outputs);
  /// Goes on from its only output: `output` is what `layer` made of it.
  void extend_graph(const Layer& layer, Value output);
  /// A metric of the user's own train_step: reset each epoch, in the logs under its name.
  Metric add_metric(Metric metric);

 private:
  void check_shape(const std::string& name, const Shape& expected, const Shape& shape) const;

  std::vector<Value> inputs_, outputs_;
  std::shared_ptr<const HostFront> front_;
  std::vector<Layer> graph_layers_;
  std::shared_ptr<Trainer> trainer_;  // of this model alone
  bool stopping_ = false;
};

/// The layers of the graph between symbolic values in Keras' order: by depth from the outputs,
/// deepest first, then as they are met.
std::vector<Layer> layers_in_keras_order(const std::vector<Value>& inputs,
                                         const std::vector<Value>& outputs);

/// Names the layers without a name after their classes, counted within the model: "dense",
/// "dense_1". Errors: ValueError for a name given twice.
void name_layers(const std::vector<Layer>& layers);

}  // namespace antler
