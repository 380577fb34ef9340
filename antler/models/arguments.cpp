#include "antler/models/arguments.h"

#include <unistd.h>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {

template class ItemList<LossesArg::Named>;
template class ItemList<LossWeightsArg::Named>;
template class ItemList<MetricsArg::Named>;
template class ItemList<DataArg::Named>;

LossesArg::LossesArg(std::initializer_list<LossArg> in_order) : is_single_(in_order.size() == 1) {
  for (const LossArg& loss : in_order) losses_.get().push_back({"", loss});
}

LossesArg::LossesArg(std::initializer_list<Named> by_name)
    : LossesArg(std::vector<Named>(by_name)) {}
LossesArg::LossesArg(std::vector<Named> by_name) : losses_(std::move(by_name)), is_named_(true) {}

LossWeightsArg::LossWeightsArg(std::initializer_list<Named> by_name)
    : LossWeightsArg(std::vector<Named>(by_name), true) {}
LossWeightsArg::LossWeightsArg(std::vector<Named> weights, bool named)
    : weights_(std::move(weights)), is_named_(named) {}
LossWeightsArg::LossWeightsArg(std::initializer_list<double> in_order) {
  for (const double weight : in_order) weights_.get().emplace_back("", weight);
}

MetricsArg::MetricsArg(std::initializer_list<MetricArg> metrics)
    : MetricsArg(std::vector<MetricArg>(metrics)) {}
MetricsArg::MetricsArg(std::vector<MetricArg> metrics) : metrics_({{"", std::move(metrics)}}) {}
MetricsArg::MetricsArg(std::initializer_list<Named> by_name)
    : MetricsArg(std::vector<Named>(by_name)) {}
MetricsArg::MetricsArg(std::vector<Named> by_name)
    : metrics_(std::move(by_name)), is_named_(true) {}
MetricsArg::MetricsArg(const std::vector<std::vector<MetricArg>>& in_order)
    : is_list_an_output_(true) {
  for (const std::vector<MetricArg>& metrics : in_order) metrics_.get().push_back({"", metrics});
}

std::vector<std::vector<MetricArg>> MetricsArg::in_order(const std::string& what,
                                                         std::size_t outputs) const {
  std::vector<std::vector<MetricArg>> lists;
  for (const Named& entry : metrics_.get()) {
    if (is_list_an_output_ || outputs == 1) {
      lists.push_back(entry.metrics);
    } else {
      for (const MetricArg& metric : entry.metrics) lists.push_back({metric});
    }
  }
  if (lists.size() == outputs) return lists;
  throw ValueError("compile: " + what + ": expected one for each of the " +
                   std::to_string(outputs) + " outputs, got " + std::to_string(lists.size()) +
                   "; or name the outputs, as in {{\"price\", {\"mae\"}}}");
}

DataArg::DataArg(const Tensor& tensor) : tensors_({{"", tensor}}) {}
DataArg::DataArg(const Value& value) : DataArg(Tensor(value)) {}
DataArg::DataArg(std::initializer_list<Named> by_name) : DataArg(std::vector<Named>(by_name)) {}
DataArg::DataArg(std::vector<Named> by_name) : tensors_(std::move(by_name)), is_named_(true) {}
DataArg::DataArg(const std::vector<Tensor>& in_order) {
  for (const Tensor& tensor : in_order) tensors_.get().emplace_back("", tensor);
}

DataArg::DataArg(std::initializer_list<Tensor> in_order) : DataArg(std::vector<Tensor>(in_order)) {}

const Tensor* DataArg::single() const {
  return tensors_.get().size() == 1 && !is_named_ ? &tensors_.get()[0].second : nullptr;
}

std::vector<Tensor> DataArg::in_order_of(const std::string& what,
                                         const std::vector<std::string>& names) const {
  if (tensors_.get().size() != names.size()) {
    throw ValueError(what + ": expected " + std::to_string(names.size()) + " tensors, got " +
                     std::to_string(tensors_.get().size()));
  }
  std::vector<Tensor> ordered;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!is_named_) {
      ordered.push_back(tensors_.get()[i].second);
      continue;
    }
    const std::size_t before = ordered.size();
    for (const Named& named : tensors_.get()) {
      if (named.first == names[i]) ordered.push_back(named.second);
    }
    if (ordered.size() == before + 1) continue;
    for (const Named& named : tensors_.get()) {
      bool known = false;
      for (const std::string& name : names) known = known || name == named.first;
      if (!known) {
        throw ValueError(what + ": " +
                         unknown_name("name", named.first, {names.begin(), names.end()}));
      }
    }
    throw ValueError(what + ": expected each of its names once, got \"" + names[i] + "\" " +
                     std::to_string(ordered.size() - before) + " times");
  }
  return ordered;
}

Verbose::Verbose(const char* automatic) {
  if (std::string(automatic) != "auto") {
    throw ValueError("verbose: expected \"auto\", 0, 1 or 2, got \"" + std::string(automatic) +
                     "\"");
  }
}

int Verbose::level() const {
  if (level_ >= 0) return level_;
  return isatty(STDOUT_FILENO) != 0 ? 1 : 2;
}

}  // namespace antler
