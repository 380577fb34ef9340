#include "antler/data/split_dataset.h"

#include <cmath>
#include <string>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/data/rows.h"

namespace antler::utils {
namespace {

std::string to_text(const SplitSize& size) {
  std::string text = std::to_string(size.value());
  if (size.is_count()) text.erase(text.find('.'));
  return text;
}

// Keras rounds a fraction as Python does: halves to even.
std::int64_t checked_count(const char* name, const SplitSize& size, std::int64_t total) {
  const double bound = size.is_count() ? static_cast<double>(total) : 1.0;
  if (!(size.value() > 0 && size.value() < bound)) {
    throw ValueError(std::string("split_dataset: expected ") + name + " between 0 and " +
                     (size.is_count() ? std::to_string(total) : "1") + ", exclusive, got " +
                     to_text(size));
  }
  const double count =
      size.is_count() ? size.value() : std::nearbyint(size.value() * static_cast<double>(total));
  return static_cast<std::int64_t>(count);
}

}  // namespace

std::pair<Dataset, Dataset> split_dataset(const Dataset& dataset,
                                          const SplitDatasetOptions& options) {
  if (!options.left_size.is_given() && !options.right_size.is_given()) {
    throw ValueError("split_dataset: expected left_size or right_size, got neither");
  }
  if (dataset.is_generator()) {
    throw StateError("split_dataset: expected examples to choose from, got a generator");
  }
  const std::int64_t total = dataset.example_count().value_or(dataset.batch_count().value_or(0));
  std::int64_t left = 0, right = 0;
  if (options.left_size.is_given()) left = checked_count("left_size", options.left_size, total);
  if (options.right_size.is_given()) right = checked_count("right_size", options.right_size, total);
  if (!options.left_size.is_given()) left = total - right;
  if (!options.right_size.is_given()) right = total - left;
  if (left == 0 || right == 0 || left + right > total) {
    throw ValueError("split_dataset: expected two parts of at least 1 and at most " +
                     std::to_string(total) + " examples together, got " + std::to_string(left) +
                     " and " + std::to_string(right));
  }
  if (options.left_size.is_given() && options.right_size.is_given() &&
      !options.left_size.is_count() && !options.right_size.is_count() &&
      options.left_size.value() + options.right_size.value() > 1) {
    throw ValueError("split_dataset: expected fractions of at most 1 together, got " +
                     to_text(options.left_size) + " and " + to_text(options.right_size));
  }
  const Dataset mixed =
      options.shuffle
          ? dataset.select(shuffled_order(total, options.seed.value_or(default_seed()), 0))
          : dataset;
  return {mixed.take(left), mixed.skip(total - right)};
}

}  // namespace antler::utils
