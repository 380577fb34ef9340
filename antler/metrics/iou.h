#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/layers/dtype_arg.h"
#include "antler/metrics/metric.h"

// Intersection over union of classes: true positives / (true positives + false positives + false
// negatives) of a class, averaged over classes that were seen at all.
//
// Options  num_classes; target_class_ids: the classes that are averaged.
//          ignore_class: elements of this true class do not count.
//          sparse_y_true, sparse_y_pred: class numbers; else scores, whose largest along `axis` is
//          taken.
//          dtype: what the confusion matrix is kept in: int32 (weights are truncated to integers,
//          as in Keras) or float32.
// Shapes   y_true and y_pred with the same number of class numbers; sample_weight one a class
//          number, or one in all.
// Errors   ValueError for arguments out of range; ShapeError. A class number outside [0,
//          num_classes) does not count.
namespace antler::metrics {

struct IoUOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> ignore_class = {};
  bool sparse_y_true = true;
  bool sparse_y_pred = true;
  int axis = -1;
  std::string name = {};
  DTypeArg dtype = DType::int32;
  static void visit(auto& self, auto&& field) {
    field("ignore_class", self.ignore_class);
    field("sparse_y_true", self.sparse_y_true);
    field("sparse_y_pred", self.sparse_y_pred);
    field("axis", self.axis);
    field("name", self.name);
    field("dtype", self.dtype);
  }
};

/// The mean over some classes.
///
/// Source  keras.metrics.IoU.
class IoU : public Metric {
 public:
  IoU(std::int64_t num_classes, const std::vector<std::int64_t>& target_class_ids,
      const IoUOptions& options = {});
};

/// The mean over all classes.
///
/// Source  keras.metrics.MeanIoU.
class MeanIoU : public Metric {
 public:
  MeanIoU(std::int64_t num_classes, const IoUOptions& options = {});
};

/// As IoUOptions, for labels that are one-hot.
struct OneHotIoUOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> ignore_class = {};
  bool sparse_y_pred = false;
  int axis = -1;
  std::string name = {};
  DTypeArg dtype = DType::int32;
  static void visit(auto& self, auto&& field) {
    field("ignore_class", self.ignore_class);
    field("sparse_y_pred", self.sparse_y_pred);
    field("axis", self.axis);
    field("name", self.name);
    field("dtype", self.dtype);
  }
};

/// The mean over some classes.
///
/// Source  keras.metrics.OneHotIoU.
class OneHotIoU : public Metric {
 public:
  OneHotIoU(std::int64_t num_classes, const std::vector<std::int64_t>& target_class_ids,
            const OneHotIoUOptions& options = {});
};

/// The mean over all classes.
///
/// Source  keras.metrics.OneHotMeanIoU.
class OneHotMeanIoU : public Metric {
 public:
  OneHotMeanIoU(std::int64_t num_classes, const OneHotIoUOptions& options = {});
};

struct BinaryIoUOptions {
  NamedOnly named_only = NamedOnly();
  std::vector<std::int64_t> target_class_ids = {0, 1};
  double threshold = 0.5;
  std::string name = "binary_io_u";
  DTypeArg dtype = DType::int32;
  static void visit(auto& self, auto&& field) {
    field("target_class_ids", self.target_class_ids);
    field("threshold", self.threshold);
    field("name", self.name);
    field("dtype", self.dtype);
  }
};

/// The mean over the two classes: 1 where y_pred is at least the threshold, else 0.
///
/// Source  keras.metrics.BinaryIoU.
class BinaryIoU : public Metric {
 public:
  BinaryIoU(const BinaryIoUOptions& options = {});
};

}  // namespace antler::metrics
