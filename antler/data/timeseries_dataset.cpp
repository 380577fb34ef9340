#include "antler/data/timeseries_dataset.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/core/thread_pool.h"
#include "antler/data/example_source.h"

namespace antler::utils {
namespace {

[[noreturn]] void fail(const std::string& expected, std::int64_t got) {
  throw ValueError("timeseries_dataset_from_array: expected " + expected + ", got " +
                   std::to_string(got));
}

struct Windows {
  std::int64_t length, rate, stride, first, count;
};

class WindowSource : public ExampleSource {
 public:
  WindowSource(Tensor data, Tensor targets, const Windows& windows)
      : data_(std::move(data)),
        targets_(std::move(targets)),
        windows_(windows),
        window_shape_(data_.shape().without_batch().with_batch(windows.length)) {}

  std::int64_t size() const override { return windows_.count; }

  void gather(const Wanted& wanted, Batch& batch) override {
    batch.x.resize(1);
    batch.y.resize(targets_ ? 1 : 0);
    batch.sample_weight.clear();
    make_room(data_.dtype(), window_shape_.dims(), wanted.capacity, batch.x[0]);
    gather_windows(wanted, batch.x[0].mutable_raw());
    if (targets_) gather_targets(wanted, batch.y[0]);
  }

 private:
  static constexpr std::int64_t kBytesWorthThreads = 1 << 20;

  std::int64_t start(std::int64_t example) const {
    return windows_.first + example * windows_.stride;
  }

  void gather_windows(const Wanted& wanted, std::byte* target) const {
    const std::int64_t step = data_.byte_size() / data_.length();
    const auto copy = [&](std::int64_t i) {
      const std::byte* from =
          data_.raw() + start(wanted.examples[static_cast<std::size_t>(i)]) * step;
      std::byte* to = target + i * windows_.length * step;
      const std::int64_t run = windows_.rate == 1 ? windows_.length : 1;
      for (std::int64_t done = 0; done < windows_.length; done += run) {
        std::memcpy(to + done * step, from + done * windows_.rate * step,
                    static_cast<std::size_t>(run * step));
      }
    };
    const auto count = static_cast<std::int64_t>(wanted.examples.size());
    if (wanted.copying == Copying::with_pool &&
        count * windows_.length * step >= kBytesWorthThreads) {
      return parallel_for(count, copy);
    }
    for (std::int64_t i = 0; i < count; ++i) copy(i);
  }

  void gather_targets(const Wanted& wanted, Tensor& into) const {
    make_room(targets_.dtype(), targets_.shape().dims().subspan(1), wanted.capacity, into);
    const std::int64_t row = targets_.byte_size() / targets_.length();
    std::byte* to = into.mutable_raw();
    for (const std::int64_t example : wanted.examples) {
      std::memcpy(to, targets_.raw() + start(example) * row, static_cast<std::size_t>(row));
      to += row;
    }
  }

  Tensor data_, targets_;
  Windows windows_;
  Shape window_shape_;
};

void check(std::int64_t rows, std::int64_t sequence_length,
           const TimeseriesDatasetOptions& options) {
  const std::string below = "below the " + std::to_string(rows) + " rows of data";
  if (sequence_length < 1 || sequence_length > rows) {
    fail(
        "a sequence_length of at least 1 and at most the " + std::to_string(rows) + " rows of data",
        sequence_length);
  }
  const std::int64_t first = options.start_index.value_or(0);
  if (first < 0 || first >= rows) fail("start_index of at least 0 and " + below, first);
  if (options.end_index) {
    const std::int64_t end = *options.end_index;
    if (end <= first || end >= rows) {
      fail("end_index above start_index (" + std::to_string(first) + ") and " + below, end);
    }
  }
  const auto check_pace = [&](const char* name, std::int64_t value) {
    if (value < 1 || value >= rows) fail(std::string(name) + " of at least 1 and " + below, value);
  };
  check_pace("sampling_rate", options.sampling_rate);
  check_pace("sequence_stride", options.sequence_stride);
}

}  // namespace

Dataset timeseries_dataset_from_array(const Tensor& data, const Tensor& targets,
                                      std::int64_t sequence_length,
                                      const TimeseriesDatasetOptions& options) {
  if (data.rank() == 0 || (targets && targets.rank() == 0)) {
    throw ShapeError(
        "timeseries_dataset_from_array: expected steps along the first axis of data "
        "and targets, got a scalar");
  }
  if (data.dtype() == DType::string || targets.dtype() == DType::string) {
    throw TypeError("timeseries_dataset_from_array: expected numbers, got strings");
  }
  check(data.length(), sequence_length, options);
  const std::int64_t first = options.start_index.value_or(0);
  const std::int64_t rows = options.end_index.value_or(data.length()) - first;
  std::int64_t starts = rows - (sequence_length - 1) * options.sampling_rate;
  if (starts < 1) {
    throw ValueError("timeseries_dataset_from_array: expected at least " +
                     std::to_string((sequence_length - 1) * options.sampling_rate + 1) +
                     " rows of data for one window, got " + std::to_string(rows));
  }
  if (targets) starts = std::min(starts, targets.length());
  const std::int64_t count = (starts - 1) / options.sequence_stride + 1;
  const std::int64_t last = first + (count - 1) * options.sequence_stride;
  if (targets && last >= targets.length()) {
    throw ValueError(
        "timeseries_dataset_from_array: expected a target for the window that starts "
        "at row " +
        std::to_string(last) + ", got " + std::to_string(targets.length()) +
        " targets; they are counted from row 0 of data, as the windows are");
  }
  const Dataset dataset = Dataset::from_source(std::make_shared<WindowSource>(
                                                   data, targets,
                                                   Windows{sequence_length, options.sampling_rate,
                                                           options.sequence_stride, first, count}))
                              .batch(options.batch_size);
  return options.shuffle ? dataset.shuffle(options.seed.value_or(default_seed())) : dataset;
}

}  // namespace antler::utils
