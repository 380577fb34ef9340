#include "tests/golden/check_host_layers.h"

#include <algorithm>
#include <string>

#include "antler/core/error.h"
#include "antler/layers/vocabulary_layer.h"

namespace antler::golden {
namespace {

template <class Token>
bool check_adapted(const Config& c, const Layer& layer, Failures& failures) {
  auto* adaptable = dynamic_cast<VocabularyLayer<Token>*>(&layer.base());
  if (adaptable == nullptr) return false;
  const Config& data = c.at("adapt");
  if (data.is_list()) {
    std::vector<Tensor> batches;
    for (const Config& batch : data.as_list()) batches.push_back(read_tensor(batch));
    adaptable->adapt(batches);
  } else {
    adaptable->adapt(read_tensor(data));
  }
  failures.compare("vocabulary", Tensor::from(adaptable->lookup().get_vocabulary()),
                   read_tensor(c.at("vocabulary")), 0);
  failures.compare_with(c, "idf_weights", Tensor::from(adaptable->idf_weights()), kTolerance);
  return true;
}

}  // namespace

void check_host_layer(const Config& golden_case, const Layer& layer,
                      const std::vector<Tensor>& inputs, Failures& failures) {
  const Config* data = golden_case.find("adapt");
  if (data != nullptr && !data->is_null() &&
      !check_adapted<std::string>(golden_case, layer, failures) &&
      !check_adapted<std::int64_t>(golden_case, layer, failures)) {
    throw ValueError("the layer has no adapt()");
  }
  const Config::List& expected = golden_case.at("outputs").as_list();
  const std::vector<Value> outputs = layer.call_all({inputs.begin(), inputs.end()});
  if (outputs.size() != expected.size()) {
    throw ValueError("expected " + std::to_string(expected.size()) + " outputs, got " +
                     std::to_string(outputs.size()));
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Tensor wanted = read_tensor(expected[i]);
    const Tensor got = outputs[i];
    const std::string title = "outputs[" + std::to_string(i) + "]";
    if (got.dtype() != wanted.dtype()) {
      failures.add(title + " is " + std::string(name(got.dtype())) + ", expected " +
                   std::string(name(wanted.dtype())));
    } else {
      failures.compare(title, got, wanted, is_floating(wanted.dtype()) ? kTolerance : 0);
    }
  }
}

}  // namespace antler::golden
