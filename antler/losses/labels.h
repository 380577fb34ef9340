#pragma once

#include <string_view>

#include "antler/graph/value.h"

namespace antler::losses {

struct LabelsAndPredictions {
  Value y_true;
  Value y_pred;
};

/// Both of one rank and shape, y_true in the float type of y_pred.
/// Errors: ShapeError, which closes with `hint`, the likely fix.
LabelsAndPredictions matched(const Value& y_true, const Value& y_pred, std::string_view hint);

/// The likely fix when a regression's targets do not fit.
inline constexpr std::string_view kOneTargetEach =
    "the last layer needs as many units as there are targets";
/// The same when labels of 0 and 1 do not fit.
inline constexpr std::string_view kOneBitEach =
    "a 0/1 label for each output; class numbers go with SparseCategoricalCrossentropy";
/// The same when one-hot labels do not fit.
inline constexpr std::string_view kOneLabelEach =
    "class numbers go with SparseCategoricalCrossentropy, or become one-hot by ops::one_hot";

/// Class numbers, one for each row of y_pred, and y_pred with the classes on the last axis.
/// Class numbers are int64 or int32: other types are cast to int32, an axis of size 1 in place of
/// the classes is dropped.
/// Errors: ShapeError.
LabelsAndPredictions matched_classes(const Value& y_true, const Value& y_pred, int axis);

/// Class numbers as they are, after a look at each: one that is no class of `rows`, y_pred with the
/// classes on the last axis, fails the run with a ValueError that `owner` opens (empty: `function`)
/// and that names the example.
Value checked_classes(const Value& classes, const Value& rows, std::string_view owner,
                      std::string_view function);

/// y (1 - smoothing) + smoothing * share.
Value smoothed(const Value& y_true, double smoothing, double share);
/// Errors: ValueError, opened by `what`, for a smoothing outside [0, 1].
void require_smoothing(std::string_view what, double smoothing);

}  // namespace antler::losses
