// Model::predict: the compiled inference function, batch by batch.
#include <algorithm>
#include <cstring>

#include "antler/core/error.h"
#include "antler/models/callback_list.h"
#include "antler/models/model.h"
#include "antler/models/trainer.h"
#include "antler/models/training_data.h"

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

// The outputs of the batches, one behind the other.
class Predictions {
 public:
  /// `expected`: the number of rows of all batches, 0 when it is not known.
  explicit Predictions(std::int64_t expected) : expected_(expected) {}

  void append(std::vector<Tensor> outputs, std::int64_t rows) {
    if (all_.empty()) {
      all_ = std::move(outputs);
      rows_ = capacity_ = rows;
      return;
    }
    reserve(rows_ + rows);
    for (std::size_t i = 0; i < all_.size(); ++i) {
      std::memcpy(all_[i].mutable_raw() + rows_ * (outputs[i].byte_size() / rows), outputs[i].raw(),
                  static_cast<std::size_t>(outputs[i].byte_size()));
    }
    rows_ += rows;
  }

  std::vector<Tensor> result() const {
    std::vector<Tensor> out;
    for (const Tensor& tensor : all_) {
      out.push_back(capacity_ == rows_ ? tensor : tensor.slice(0, rows_).clone());
    }
    return out;
  }

 private:
  void reserve(std::int64_t rows) {
    if (rows <= capacity_) return;
    capacity_ = rows <= expected_ ? expected_ : std::max(2 * capacity_, rows);
    for (Tensor& tensor : all_) {
      Tensor larger = Tensor::uninitialized(tensor.dtype(),
                                            tensor.shape().without_batch().with_batch(capacity_));
      std::memcpy(larger.mutable_raw(), tensor.raw(),
                  static_cast<std::size_t>(tensor.byte_size() / tensor.length() * rows_));
      tensor = std::move(larger);
    }
  }

  std::int64_t expected_;
  std::int64_t rows_ = 0;
  std::int64_t capacity_ = 0;
  std::vector<Tensor> all_;
};

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
  Predictions predictions(rows);
  std::vector<Tensor> views(inputs.size());
  for (std::int64_t begin = 0; begin < rows; begin += batch_size) {
    const std::int64_t end = std::min(begin + batch_size, rows);
    for (std::size_t i = 0; i < inputs.size(); ++i) views[i] = inputs[i].slice(begin, end);
    callbacks.on_predict_batch_begin(begin / batch_size);
    predictions.append(trainer.predict_batch(function, views), end - begin);
    callbacks.on_predict_batch_end(begin / batch_size);
  }
  callbacks.on_predict_end();
  return predictions.result();
}

Tensor Model::predict_first(const Dataset& data, const PredictOptions& options) const {
  return predict_dataset(data, options).front();
}

std::vector<Tensor> Model::predict_dataset(const Dataset& data,
                                           const PredictOptions& options) const {
  if (options.batch_size) {
    throw ValueError("predict: expected batch_size only with tensors; batch the Dataset itself");
  }
  Trainer& trainer = model_base().trainer();
  const std::int64_t steps = options.steps.value_or(data.batch_count().value_or(0));
  CallbackList callbacks(
      *this, options.callbacks,
      {.add_progbar = true, .params = {options.verbose.level(), 1, steps, false}});
  BatchReader reader(fed_by(model_base(), data));
  Batch batch;
  Predictions predictions(options.steps ? 0 : data.example_count().value_or(0));
  callbacks.on_predict_begin();
  reader.start(0);
  std::int64_t count = 0;
  while ((!options.steps || count < *options.steps) && reader.next(batch)) {
    std::vector<Tensor> views;
    for (const Tensor& x : batch.x) views.push_back(x.slice(0, batch.size));
    const Function& function = trainer.predict_function(specs_of(views, batch.size));
    callbacks.on_predict_batch_begin(count);
    predictions.append(trainer.predict_batch(function, views), batch.size);
    callbacks.on_predict_batch_end(count);
    ++count;
  }
  if (count == 0) throw ValueError("predict: expected at least one batch, got none");
  callbacks.on_predict_end();
  return predictions.result();
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
