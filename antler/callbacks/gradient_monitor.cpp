#include "antler/callbacks/gradient_monitor.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <utility>

#include "antler/core/config.h"
#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/terminal.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

// The sums of one layer over the steps of an epoch.
struct Sums {
  LayerGradients row;
  double weight = 0, gradient = 0, update = 0;  // squares, in the present step
  bool is_reached = false;                      // by the loss
  std::vector<bool> active;
};

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

std::string layer_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

class GradientMonitorCallback final : public CallbackBase {
 public:
  explicit GradientMonitorCallback(const GradientMonitorOptions& options) : options_(options) {
    for (const auto& [name, value] :
         {std::pair("vanishing", options.vanishing), std::pair("exploding", options.exploding),
          std::pair("large_update", options.large_update),
          std::pair("dead_units", options.dead_units)}) {
      if (value > 0) continue;
      throw ValueError(std::string("GradientMonitor: expected a positive ") + name + ", got " +
                       Config(value).to_string());
    }
  }

  Probes wants_probes() const override { return {.norms = true}; }

  void on_train_begin() override {
    layers_.clear();
    warnings_.clear();
    known_.clear();
  }

  void on_epoch_begin(int epoch) override {
    epoch_ = epoch;
    steps_ = 0;
    sums_.clear();
  }

  void on_train_batch_end(std::int64_t, const Logs&) override {
    for (const Probe& probe : model().model_base().trainer().probes()) add(probe);
    for (Sums& sums : sums_) end_step(sums);
    ++steps_;
  }

  void on_epoch_end(int, Logs&) override {
    sort_sums();
    layers_.clear();
    double largest = 0;
    std::string largest_layer;
    for (Sums& sums : sums_) {
      LayerGradients& row = sums.row;
      const auto steps = static_cast<double>(steps_);
      row.weight_norm /= steps;
      row.gradient_norm /= steps;
      row.update_norm /= steps;
      row.relu_units = static_cast<std::int64_t>(sums.active.size());
      row.dead_units = std::count(sums.active.begin(), sums.active.end(), false);
      if (size_of_element(row) > largest) {
        largest = size_of_element(row);
        largest_layer = row.layer;
      }
      layers_.push_back(row);
    }
    for (const Sums& sums : sums_) judge(sums, largest, largest_layer);
  }

  const std::vector<LayerGradients>& layers() const { return layers_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  // The root mean square of a layer's gradient: comparable between layers of different sizes.
  static double size_of_element(const LayerGradients& row) {
    if (row.elements == 0 || !std::isfinite(row.gradient_norm)) return 0;
    return row.gradient_norm / std::sqrt(static_cast<double>(row.elements));
  }

  static void list_names(const std::vector<Layer>& layers, std::vector<std::string>& names) {
    for (const Layer& layer : layers) {
      names.push_back(layer.name());
      list_names(layer.base().layers(), names);
    }
  }

  // Probes come by their kinds, not by layers.
  void sort_sums() {
    std::vector<std::string> names;
    list_names(model().layers(), names);
    const auto place = [&](const Sums& sums) {
      return std::find(names.begin(), names.end(), sums.row.layer) - names.begin();
    };
    std::stable_sort(sums_.begin(), sums_.end(),
                     [&](const Sums& a, const Sums& b) { return place(a) < place(b); });
  }

  Sums& sums_of(const std::string& layer) {
    for (Sums& sums : sums_) {
      if (sums.row.layer == layer) return sums;
    }
    sums_.emplace_back();
    sums_.back().row.layer = layer;
    return sums_.back();
  }

  void add(const Probe& probe) {
    switch (probe.kind) {
      case Probe::Kind::finite:
        return;
      case Probe::Kind::active: {
        std::vector<bool>& active = sums_of(probe.name).active;
        active.resize(static_cast<std::size_t>(probe.read.size()));
        for (std::size_t i = 0; i < active.size(); ++i) {
          active[i] = active[i] || probe.read.item<bool>(static_cast<std::int64_t>(i));
        }
        return;
      }
      case Probe::Kind::weight:
        sums_of(layer_of(probe.name)).weight += probe.read.item<double>();
        return;
      case Probe::Kind::gradient: {
        Sums& sums = sums_of(layer_of(probe.name));
        sums.gradient += probe.read.item<double>();
        sums.is_reached = true;
        return;
      }
      case Probe::Kind::update:
        sums_of(layer_of(probe.name)).update += probe.read.item<double>();
        return;
    }
  }

  void end_step(Sums& sums) {
    if (steps_ == 0) sums.row.elements = elements_of(sums.row.layer);
    sums.row.weight_norm += std::sqrt(std::exchange(sums.weight, 0.0));
    sums.row.gradient_norm += std::sqrt(std::exchange(sums.gradient, 0.0));
    sums.row.update_norm += std::sqrt(std::exchange(sums.update, 0.0));
  }

  std::int64_t elements_of(const std::string& layer) const {
    std::int64_t count = 0;
    for (const Variable& weight : model().trainable_weights()) {
      if (layer_of(weight.path()) == layer) count += weight.size();
    }
    return count;
  }

  void judge(const Sums& sums, double largest, const std::string& largest_layer) {
    const LayerGradients& row = sums.row;
    if (row.elements > 0) {
      const double share = size_of_element(row) / largest;
      const double change = row.update_norm / row.weight_norm;
      if (!sums.is_reached) {
        warn(row, "unreached", "the loss does not reach its weights");
      } else if (row.gradient_norm == 0) {
        warn(row, "zero", "its gradient was 0 in every step: nothing it does changes the loss");
      } else if (!(row.gradient_norm <= options_.exploding)) {
        warn(row, "exploding",
             "its gradient explodes, with a norm of " + number(row.gradient_norm) +
                 "; try a smaller learning rate or clipnorm");
      } else if (share < options_.vanishing) {
        warn(row, "vanishing",
             "its gradient vanishes: an element is " + number(share) + " of one of " +
                 largest_layer + "; try relu, he_normal or a normalization");
      }
      if (change > options_.large_update) {
        warn(row, "update",
             "a step changes its weights by " + number(100 * change) +
                 " %; try a smaller learning rate");
      }
    }
    if (static_cast<double>(row.dead_units) >
        options_.dead_units * static_cast<double>(row.relu_units)) {
      warn(row, "dead",
           std::to_string(row.dead_units) + " of " + std::to_string(row.relu_units) +
               " ReLU units were 0 for every example; try a smaller learning rate, he_normal or "
               "LeakyReLU");
    }
  }

  void warn(const LayerGradients& row, const std::string& kind, const std::string& text) {
    if (!known_.insert(row.layer + "/" + kind).second) return;
    warnings_.push_back("epoch " + std::to_string(epoch_ + 1) + ": " + row.layer + ": " + text);
    if (params().verbose > 0) print_text("\nGradientMonitor: " + warnings_.back() + "\n");
  }

  GradientMonitorOptions options_;
  std::vector<Sums> sums_;
  std::vector<LayerGradients> layers_;
  std::vector<std::string> warnings_;
  std::set<std::string> known_;  // layer and kind of the warnings
  int epoch_ = 0;
  std::int64_t steps_ = 0;
};

const GradientMonitorCallback& state(const GradientMonitor& callback) {
  return static_cast<const GradientMonitorCallback&>(callback.base());
}

}  // namespace

GradientMonitor::GradientMonitor(const GradientMonitorOptions& options)
    : Callback(make_callback<GradientMonitorCallback>(options)) {}

const std::vector<LayerGradients>& GradientMonitor::layers() const { return state(*this).layers(); }
const std::vector<std::string>& GradientMonitor::warnings() const {
  return state(*this).warnings();
}

std::string GradientMonitor::report() const {
  std::size_t width = 5;
  for (const LayerGradients& row : layers()) width = std::max(width, row.layer.size());
  std::string text = "layer" + std::string(width - 5, ' ') +
                     "      weights    gradients      updates  dead ReLU units\n";
  for (const LayerGradients& row : layers()) {
    char numbers[128];
    std::snprintf(numbers, sizeof numbers, " %12.3e %12.3e %12.3e", row.weight_norm,
                  row.gradient_norm, row.update_norm);
    text += row.layer + std::string(width - row.layer.size(), ' ') + numbers;
    if (row.relu_units > 0) {
      text += "  " + std::to_string(row.dead_units) + " of " + std::to_string(row.relu_units);
    }
    text += "\n";
  }
  return text;
}

}  // namespace antler
