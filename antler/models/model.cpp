#include "antler/models/model.h"

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/models/functional_config.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

class FunctionalModel final : public ModelBase {
 public:
  explicit FunctionalModel(const ModelOptions& options) : ModelBase({options.name, {}, true}) {
    if (options.name.empty()) set_name("functional", true);
    if (options.inputs.empty() || options.outputs.empty()) {
      throw ValueError(name() + ": expected at least one input and one output");
    }
    set_graph(options.inputs, options.outputs);
  }
  Config get_config() const override { return functional_config(*this); }
};

}  // namespace

template class ItemList<std::pair<std::int64_t, double>>;

ValidationData::ValidationData() = default;
ValidationData::ValidationData(DataArg x, DataArg y, DataArg sample_weight)
    : x(std::move(x)), y(std::move(y)), sample_weight(std::move(sample_weight)) {}
ValidationData::ValidationData(Dataset data)
    : dataset(std::make_shared<Dataset>(std::move(data))) {}

Model::Model(const ModelOptions& options) : Layer(std::make_shared<FunctionalModel>(options)) {}

void Model::compile(const CompileOptions& options) const {
  model_base().trainer().compile(options);
}

std::vector<Layer> Model::layers() const { return base().layers(); }
std::vector<Value> Model::inputs() const { return model_base().inputs(); }
std::vector<Value> Model::outputs() const { return model_base().outputs(); }

Layer Model::get_layer(const std::string& name) const {
  const std::vector<Layer> all = layers();
  std::vector<std::string_view> names;
  for (const Layer& layer : all) {
    if (layer.name() == name) return layer;
    names.push_back(layer.name());
  }
  throw ValueError(base().shown_name() + ": " + unknown_name("layer", name, names));
}

Layer Model::get_layer(int index) const {
  const std::vector<Layer> all = layers();
  const int count = static_cast<int>(all.size());
  if (index < -count || index >= count) {
    throw ValueError(base().shown_name() + ": expected a layer's index in [-" +
                     std::to_string(count) + ", " + std::to_string(count) + "), got " +
                     std::to_string(index));
  }
  return all[static_cast<std::size_t>(index < 0 ? index + count : index)];
}

const Optimizer& Model::optimizer() const { return model_base().trainer().optimizer(); }

std::vector<std::string> Model::metrics_names() const {
  return model_base().trainer().metric_names();
}

void Model::stop_training() const { model_base().set_stopping(true); }

bool Model::is_stopping() const { return model_base().is_stopping(); }

}  // namespace antler
