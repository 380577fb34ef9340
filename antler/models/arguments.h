#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "antler/core/item_list.h"
#include "antler/core/tensor.h"
#include "antler/losses/loss.h"
#include "antler/metrics/metric.h"

// The arguments of compile and fit that may be given by output: one thing, a list in the order of
// the outputs, or a list of (output name, thing).
namespace antler {

/// compile's `loss`: "mse", a Loss, a function, {"mse", "mae"}, or {{"price", "mse"}, ...}.
class LossesArg {
 public:
  struct Named {
    std::string output;
    LossArg loss;
  };
  LossesArg() = default;
  template <class T>
    requires(std::is_convertible_v<T, LossArg> &&
             !std::is_same_v<std::remove_cvref_t<T>, LossesArg>)
  LossesArg(T&& loss) : LossesArg(std::initializer_list<LossArg>{LossArg(std::forward<T>(loss))}) {}
  LossesArg(std::initializer_list<LossArg> in_order);
  LossesArg(std::initializer_list<Named> by_name);
  LossesArg(std::vector<Named> by_name);

  bool empty() const { return losses_.empty(); }
  bool is_single() const { return is_single_; }
  bool is_named() const { return is_named_; }
  const std::vector<Named>& losses() const { return losses_.get(); }

 private:
  ItemList<Named> losses_;
  bool is_single_ = false;
  bool is_named_ = false;
};

/// compile's `loss_weights`: {1.0, 0.5}, or {{"price", 0.5}, ...}.
class LossWeightsArg {
 public:
  using Named = std::pair<std::string, double>;
  LossWeightsArg() = default;
  LossWeightsArg(std::initializer_list<double> in_order);
  LossWeightsArg(std::initializer_list<Named> by_name);
  LossWeightsArg(std::vector<Named> weights, bool named);

  bool empty() const { return weights_.empty(); }
  bool is_named() const { return is_named_; }
  const std::vector<Named>& weights() const { return weights_.get(); }

 private:
  ItemList<Named> weights_;
  bool is_named_ = false;
};

/// compile's `metrics`: {"accuracy", metrics::TopK...}, with several outputs one for each, or
/// {{"price", {"mae"}}, ...}.
class MetricsArg {
 public:
  struct Named {
    std::string output;
    std::vector<MetricArg> metrics;
  };
  MetricsArg() = default;
  MetricsArg(std::initializer_list<MetricArg> metrics);
  MetricsArg(std::vector<MetricArg> metrics);
  /// One list an output.
  MetricsArg(const std::vector<std::vector<MetricArg>>& in_order);
  MetricsArg(std::initializer_list<Named> by_name);
  MetricsArg(std::vector<Named> by_name);

  bool empty() const { return metrics_.empty(); }
  bool is_named() const { return is_named_; }
  const std::vector<Named>& metrics() const { return metrics_.get(); }
  /// What was given without names, for each output. Errors: ValueError for another count; `what`
  /// ("metrics") opens it.
  std::vector<std::vector<MetricArg>> in_order(const std::string& what, std::size_t outputs) const;

 private:
  ItemList<Named> metrics_;
  bool is_named_ = false;
  bool is_list_an_output_ = false;
};

/// fit's x, y and sample_weight: a Tensor, several in the order of inputs (outputs), or by their
/// names.
class DataArg {
 public:
  using Named = std::pair<std::string, Tensor>;
  DataArg() = default;
  DataArg(const Tensor& tensor);
  /// A computed value: evaluated.
  DataArg(const Value& value);
  DataArg(const std::vector<Tensor>& in_order);
  DataArg(std::initializer_list<Tensor> in_order);
  DataArg(std::initializer_list<Named> by_name);
  DataArg(std::vector<Named> by_name);

  bool empty() const { return tensors_.empty(); }
  /// The tensor, when it came alone and without a name; else null.
  const Tensor* single() const;
  /// In the order of `names`. Errors: ValueError for another count or a name that is not among
  /// them; `what` ("x") opens it.
  std::vector<Tensor> in_order_of(const std::string& what,
                                  const std::vector<std::string>& names) const;

 private:
  ItemList<Named> tensors_;
  bool is_named_ = false;
};

extern template class ItemList<LossesArg::Named>;
extern template class ItemList<LossWeightsArg::Named>;
extern template class ItemList<MetricsArg::Named>;
extern template class ItemList<DataArg::Named>;

/// fit's `verbose`: "auto" (a bar on a terminal, else a line an epoch), 0 silent, 1 a progress bar,
/// 2 a line an epoch.
class Verbose {
 public:
  Verbose(int level) : level_(level) {}
  Verbose(const char* automatic);
  /// 0, 1 or 2.
  int level() const;

 private:
  int level_ = -1;  // automatic
};

}  // namespace antler
