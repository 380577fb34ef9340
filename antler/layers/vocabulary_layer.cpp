#include "antler/layers/vocabulary_layer.h"

#include "antler/core/callable.h"
#include "antler/data/batch.h"

namespace antler {

std::optional<std::int64_t> size_in_config(std::string_view class_name, const Config& config) {
  std::optional<std::int64_t> size;
  const Config* found = config.find("vocabulary_size");
  if (found == nullptr) return size;
  with_error_prefix(title_in_config(class_name, config) + ": \"vocabulary_size\": ",
                    [&] { from_config(*found, size); });
  return size;
}

std::vector<double> numbers_of(const ArrayArg& numbers) {
  if (!numbers) return {};
  const std::span<const double> values = numbers.values().data<double>();
  return {values.begin(), values.end()};
}

void for_each_batch(const Dataset& data, std::optional<std::int64_t> steps,
                    const Callable<void(const Tensor& x)>& use) {
  BatchReader reader(data);
  reader.start(0);
  Batch batch;
  for (std::int64_t step = 0; (!steps || step < *steps) && reader.next(batch); ++step) {
    if (batch.x.size() != 1) {
      throw ShapeError("expected data with one x, got " + std::to_string(batch.x.size()));
    }
    use(batch.size > 0 ? batch.x[0].slice(0, batch.size) : batch.x[0]);
  }
}

}  // namespace antler
