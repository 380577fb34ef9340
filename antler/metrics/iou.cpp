#include "antler/metrics/iou.h"

#include "antler/core/error.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arg_extrema.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/gather.h"
#include "antler/ops/logical.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"
#include "antler/ops/slice.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::metrics {
namespace {

// What the classes differ in: everything else follows.
struct Setup {
  std::string_view class_name;
  std::int64_t num_classes = 0;
  std::vector<std::int64_t> target_class_ids;
  std::optional<std::int64_t> ignore_class = {};
  bool sparse_y_true = true;
  bool sparse_y_pred = true;
  std::optional<double> threshold = {};  // of y_pred
  int axis = -1;
  DType dtype = DType::int32;
  Config config = Config::map();  // Keras'
};

std::vector<std::int64_t> all_classes(std::int64_t num_classes) {
  std::vector<std::int64_t> ids;
  for (std::int64_t id = 0; id < num_classes; ++id) ids.push_back(id);
  return ids;
}

class IoUMetric final : public MetricBase {
 public:
  IoUMetric(const std::string& name, Setup setup)
      : MetricBase(name.empty() ? snake_case(setup.class_name) : name), setup_(std::move(setup)) {
    const auto require = [&](bool valid, const std::string& expected, const std::string& got) {
      if (!valid) throw ValueError(error_prefix() + "expected " + expected + ", got " + got);
    };
    const std::int64_t classes = setup_.num_classes;
    require(classes >= 1, "num_classes of at least 1", std::to_string(classes));
    require(!setup_.target_class_ids.empty(), "at least one of target_class_ids", "none");
    for (const std::int64_t id : setup_.target_class_ids) {
      require(id >= 0 && id < classes, "target_class_ids in [0, " + std::to_string(classes) + ")",
              std::to_string(id));
    }
    require(setup_.dtype == DType::int32 || setup_.dtype == DType::float32,
            "dtype \"int32\" or \"float32\"",
            "\"" + std::string(antler::name(setup_.dtype)) + "\"");
    matrix_ = add_variable({classes, classes}, "total_confusion_matrix", setup_.dtype);
  }

  std::string_view class_name() const override { return setup_.class_name; }
  std::string_view direction() const override { return "up"; }
  Config get_config() const override {
    Config config = setup_.config;
    config.set("name", name());
    return config;
  }

  void update_state(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                    Updates& updates) const override {
    with_error_prefix(error_prefix(), [&] {
      updates.assign(matrix_, updates.value(matrix_) + confusions(y_true, y_pred, sample_weight));
    });
  }

  // The union of a class is its row and its column, which both hold the true positives.
  Value result(const Updates& updates) const override {
    const Value matrix = updates.value(matrix_);
    const Value flat = ops::ravel(matrix);
    const Value found = ops::slice_axis(flat, 0, 0, ops::Slice::kEnd, setup_.num_classes + 1);
    const Value unions = ops::sum(matrix, {.axis = 0}) + ops::sum(matrix, {.axis = 1}) - found;
    const Value targets = Tensor::from(setup_.target_class_ids);
    const auto of_targets = [&](const Value& x) {
      return ops::cast(ops::take(x, targets, 0), DType::float32);
    };
    const Value in_union = of_targets(unions);
    const Value seen = in_union > 1e-9f;
    const Value iou = ops::where(seen, of_targets(found) / (in_union + 1e-7f), 0.0f);
    return ops::sum(iou) / (ops::sum(ops::cast(seen, DType::float32)) + 1e-7f);
  }

 private:
  Value classes_of(const Value& x, bool is_sparse) const {
    return ops::ravel(
        ops::cast(is_sparse ? x : ops::argmax(x, {.axis = setup_.axis}), DType::int32));
  }

  Value confusions(const Value& y_true, const Value& y_pred, const Value& sample_weight) const {
    const std::int64_t classes = setup_.num_classes;
    const Value truth = classes_of(y_true, setup_.sparse_y_true);
    const Value predicted =
        setup_.threshold ? classes_of(ops::cast(y_pred, DType::float32) >= *setup_.threshold, true)
                         : classes_of(y_pred, setup_.sparse_y_pred);
    if (!truth.shape().is_compatible(predicted.shape())) {
      throw ShapeError("expected as many classes in y_true as in y_pred, got " +
                       y_true.shape().to_string() + " and " + y_pred.shape().to_string() +
                       "; see sparse_y_true and sparse_y_pred");
    }
    const auto in_range = [&](const Value& x) { return ops::logical_and(x >= 0, x < classes); };
    Value counts = ops::logical_and(in_range(truth), in_range(predicted));
    if (setup_.ignore_class) {
      counts = ops::logical_and(counts, ops::not_equal(truth, *setup_.ignore_class));
    }
    const Value cells = ops::where(counts, truth * classes + predicted, 0);
    const Value weights = ops::cast(weights_of(sample_weight, truth.shape()), setup_.dtype);
    const Value values = ops::where(counts, weights, 0);
    const Value sums =
        apply(ops::ScatterAdd{.axis = 0, .size = classes * classes}, {cells, values});
    return ops::reshape(sums, {classes, classes});
  }

  static Value weights_of(const Value& sample_weight, const Shape& shape) {
    if (!sample_weight) return ops::broadcast_to(Value(1.0f), shape);
    const Value weights = sample_weight.rank() > 0 ? ops::ravel(sample_weight) : sample_weight;
    try {
      return ops::broadcast_to(weights, shape);
    } catch (const ShapeError&) {
      throw ShapeError("expected sample_weight for each of " + shape.to_string() +
                       " classes, got " + sample_weight.shape().to_string());
    }
  }

  Setup setup_;
  Variable matrix_;
};

Config with_arguments(std::int64_t num_classes, const std::vector<std::int64_t>* target_class_ids,
                      const Config& options) {
  Config config = Config::map({{"num_classes", num_classes}});
  if (target_class_ids != nullptr) config.set("target_class_ids", *target_class_ids);
  for (const auto& [key, value] : options.as_map()) config.set(key, value);
  return config;
}

Metric make_iou(std::string_view class_name, std::int64_t num_classes,
                const std::vector<std::int64_t>* target_class_ids, const IoUOptions& options) {
  Setup setup{class_name, num_classes,
              target_class_ids != nullptr ? *target_class_ids : all_classes(num_classes)};
  setup.ignore_class = options.ignore_class;
  setup.sparse_y_true = options.sparse_y_true;
  setup.sparse_y_pred = options.sparse_y_pred;
  setup.axis = options.axis;
  setup.dtype = options.dtype.get();
  setup.config = with_arguments(num_classes, target_class_ids, options_to_config(options));
  return make_metric<IoUMetric>(options.name, setup);
}

Metric make_one_hot(std::string_view class_name, std::int64_t num_classes,
                    const std::vector<std::int64_t>* target_class_ids,
                    const OneHotIoUOptions& options) {
  Setup setup{class_name, num_classes,
              target_class_ids != nullptr ? *target_class_ids : all_classes(num_classes)};
  setup.ignore_class = options.ignore_class;
  setup.sparse_y_true = false;
  setup.sparse_y_pred = options.sparse_y_pred;
  setup.axis = options.axis;
  setup.dtype = options.dtype.get();
  setup.config = with_arguments(num_classes, target_class_ids, options_to_config(options));
  return make_metric<IoUMetric>(options.name, setup);
}

Metric make_binary(const BinaryIoUOptions& options) {
  Setup setup{"BinaryIoU", 2, options.target_class_ids};
  setup.threshold = options.threshold;
  setup.dtype = options.dtype.get();
  setup.config = options_to_config(options);
  return make_metric<IoUMetric>(options.name, setup);
}

}  // namespace

IoU::IoU(std::int64_t num_classes, const std::vector<std::int64_t>& target_class_ids,
         const IoUOptions& options)
    : Metric(make_iou("IoU", num_classes, &target_class_ids, options)) {}

MeanIoU::MeanIoU(std::int64_t num_classes, const IoUOptions& options)
    : Metric(make_iou("MeanIoU", num_classes, nullptr, options)) {}

OneHotIoU::OneHotIoU(std::int64_t num_classes, const std::vector<std::int64_t>& target_class_ids,
                     const OneHotIoUOptions& options)
    : Metric(make_one_hot("OneHotIoU", num_classes, &target_class_ids, options)) {}

OneHotMeanIoU::OneHotMeanIoU(std::int64_t num_classes, const OneHotIoUOptions& options)
    : Metric(make_one_hot("OneHotMeanIoU", num_classes, nullptr, options)) {}

BinaryIoU::BinaryIoU(const BinaryIoUOptions& options) : Metric(make_binary(options)) {}

}  // namespace antler::metrics
