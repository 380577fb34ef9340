// Model::predict: the compiled inference function, batch by batch.
#include <algorithm>
#include <cstring>

#include "antler/core/error.h"
#include "antler/models/callback_list.h"
#include "antler/models/model.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

void check_examples(const std::vector<Tensor>& x) {
  for (const Tensor& tensor : x) {
    if (tensor.rank() == 0 || tensor.length() == 0 || tensor.length() != x[0].length()) {
      throw ShapeError("predict: expected inputs with one number of examples, at least 1, got " +
                       tensor.shape().to_string());
    }
  }
}

std::vector<TensorSpec> specs_of(const std::vector<Tensor>& inputs, std::int64_t rows) {
  std::vector<TensorSpec> specs;
  for (const Tensor& input : inputs) {
    specs.push_back({input.shape().without_batch().with_batch(rows), input.dtype()});
  }
  return specs;
}

}  // namespace

std::vector<Tensor> Model::predict_all(const DataArg& x, const PredictOptions& options) const {
  Trainer& trainer = model_base().trainer();
  const std::vector<Tensor> inputs = trainer.predict_inputs(x);
  check_examples(inputs);
  const std::int64_t batch_size = options.batch_size.value_or(32);
  if (batch_size < 1) {
    throw ValueError("predict: expected batch_size of at least 1, got " +
                     std::to_string(batch_size));
  }
  const std::int64_t rows = options.steps
                                ? std::min(*options.steps * batch_size, inputs[0].length())
                                : inputs[0].length();
  const Function& function = trainer.predict_function(specs_of(inputs, std::min(rows, batch_size)));
  const std::int64_t steps = (rows + batch_size - 1) / batch_size;
  CallbackList callbacks(
      *this, options.callbacks,
      {.add_progbar = true, .params = {options.verbose.level(), 1, steps, false}});
  callbacks.on_predict_begin();
  std::vector<Tensor> results;
  std::vector<Tensor> views(inputs.size());
  for (std::int64_t begin = 0; begin < rows; begin += batch_size) {
    const std::int64_t end = std::min(begin + batch_size, rows);
    for (std::size_t i = 0; i < inputs.size(); ++i) views[i] = inputs[i].slice(begin, end);
    callbacks.on_predict_batch_begin(begin / batch_size);
    std::vector<Tensor> outputs = trainer.predict_batch(function, views);
    const bool is_all = begin == 0 && end == rows;
    if (is_all) results = std::move(outputs);
    for (std::size_t i = 0; !is_all && i < outputs.size(); ++i) {
      if (i == results.size()) {
        Shape whole = outputs[i].shape();
        whole.set(0, rows);
        results.push_back(Tensor::uninitialized(outputs[i].dtype(), whole));
      }
      const std::int64_t row_bytes = outputs[i].byte_size() / (end - begin);
      std::memcpy(results[i].mutable_raw() + begin * row_bytes, outputs[i].raw(),
                  static_cast<std::size_t>(outputs[i].byte_size()));
    }
    callbacks.on_predict_batch_end(begin / batch_size);
  }
  callbacks.on_predict_end();
  return results;
}

Tensor Model::predict(const DataArg& x, const PredictOptions& options) const {
  return predict_all(x, options).front();
}

Tensor Model::predict_on_batch(const DataArg& x) const {
  Trainer& trainer = model_base().trainer();
  const std::vector<Tensor> inputs = trainer.predict_inputs(x);
  check_examples(inputs);
  const Function& function = trainer.predict_function(specs_of(inputs, inputs[0].length()));
  return trainer.predict_batch(function, inputs).front();
}

}  // namespace antler
