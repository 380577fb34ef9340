#include "antler/layers/window_arguments.h"

namespace antler {

Shape spatial_input(const Shape& input, int rank, std::string_view data_format) {
  if (input.rank() == rank + 2) return to_channels_last(input, data_format);
  const bool first = data_format == "channels_first";
  throw ShapeError(
      "expected " + std::to_string(rank + 2) + " dimensions (batch, " +
      (first ? "channels, " : "") + std::to_string(rank) + " spatial" +
      (first ? "" : ", channels") + "), got " + input.to_string() +
      (input.rank() == rank + 1 ? "; add a channels axis, for example with Reshape" : ""));
}

Shape channels_input(const Shape& input, int rank, std::string_view data_format) {
  const Shape shape = spatial_input(input, rank, data_format);
  if (shape.back() != None) return shape;
  throw ShapeError("expected a known number of channels, got " + input.to_string() +
                   "; give Input() its size");
}

void require_channels(const Value& x, std::int64_t channels) {
  if (x.shape().back() == channels) return;
  throw ShapeError("expected " + std::to_string(channels) + " channels, got " +
                   std::to_string(x.shape().back()) + " in " + x.shape().to_string() +
                   "; the layer was built for another input");
}

}  // namespace antler
