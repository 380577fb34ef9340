#include "antler/backends/cpu/winograd_tiling.h"

#include "antler/backends/cpu/kernels/winograd.h"

namespace antler::cpu {
namespace {

// Both sides of a task's products, 16 lists each, in the L2 cache; and rows enough to reuse the
// kernel.
constexpr std::int64_t kTaskFloats = 96 * 1024;
constexpr std::int64_t kMinTask = 24;
constexpr std::int64_t kMaxTask = 192;

// The part of [from, from + size) that lies in [0, end), counted from `from`.
struct Part {
  std::int64_t begin, end;
  Part(std::int64_t from, std::int64_t size, std::int64_t length)
      : begin(std::clamp<std::int64_t>(-from, 0, size)),
        end(std::clamp<std::int64_t>(length - from, begin, size)) {}
  std::int64_t count() const { return end - begin; }
};

// (size, size) positions of an image, those beyond its border 0.
void read_patch(const ImageSize& image, const float* from, std::int64_t line, std::int64_t position,
                std::int64_t size, float* patch) {
  const Part lines(line, size, image.lines), positions(position, size, image.positions);
  std::fill_n(patch, size * size * image.channels, 0.0F);
  for (std::int64_t i = lines.begin; i < lines.end; ++i) {
    std::copy_n(from + (line + i) * image.line() + (position + positions.begin) * image.channels,
                positions.count() * image.channels,
                patch + (i * size + positions.begin) * image.channels);
  }
}

void write_patch(const ImageSize& image, const float* patch, std::int64_t line,
                 std::int64_t position, std::int64_t size, float* to) {
  const Part lines(line, size, image.lines), positions(position, size, image.positions);
  for (std::int64_t i = lines.begin; i < lines.end; ++i) {
    std::copy_n(patch + (i * size + positions.begin) * image.channels,
                positions.count() * image.channels,
                to + (line + i) * image.line() + (position + positions.begin) * image.channels);
  }
}

}  // namespace

// Tiles of one line of tiles.
struct WinogradTiling::Stretch {
  std::int64_t image, line, column;
  std::int64_t tiles;
  std::int64_t at;  // of the task

  // Calls whole(stretch) for the tiles of columns [begin, end), edge(stretch) for each other one.
  template <class Whole, class Edge>
  void split(std::int64_t begin, std::int64_t end, const Whole& whole, const Edge& edge) const {
    for (std::int64_t done = 0; done < tiles;) {
      Stretch part{image, line, column + done, 1, at + done};
      if (part.column >= begin && part.column < end) {
        part.tiles = std::min(tiles - done, end - part.column);
        whole(part);
      } else {
        edge(part);
      }
      done += part.tiles;
    }
  }
};

WinogradTiling::WinogradTiling(std::int64_t batch_, const ImageSize& x_, const ImageSize& y_,
                               std::int64_t top_, std::int64_t left_, std::int64_t units_,
                               bool small_portions)
    : batch(batch_),
      x(x_),
      y(y_),
      top(top_),
      left(left_),
      lines((y_.lines + 1) / 2),
      columns((y_.positions + 1) / 2),
      units(units_),
      unit_images((batch_ + units_ - 1) / units_) {
  const std::int64_t fitting = kTaskFloats / (16 * (x.channels + y.channels));
  task = std::clamp(fitting / 12 * 12, kMinTask, kMaxTask);
  const std::int64_t one = 1;
  const std::int64_t image_tiles = std::max(one, lines * columns);
  const std::int64_t most = std::max(one, unit_images);
  portion = small_portions ? std::clamp((task + image_tiles / 2) / image_tiles, one, most) : most;
  const std::int64_t tiles = portion * image_tiles;
  const std::int64_t tasks = std::max(one, (tiles + task / 2) / task);
  task = small_portions ? (tiles + tasks - 1) / tasks : std::min(task, tiles);  // even ones
}

template <class F>
void WinogradTiling::for_each_stretch(std::int64_t first, std::int64_t tiles, const F& f) const {
  for (std::int64_t at = 0; at < tiles;) {
    const std::int64_t line = (first + at) / columns, column = (first + at) % columns;
    const std::int64_t count = std::min(tiles - at, columns - column);
    f(Stretch{line / lines, line % lines, column, count, at});
    at += count;
  }
}

void WinogradTiling::read_inputs(std::int64_t first, std::int64_t tiles, const float* from,
                                 float* patch, float* lists) const {
  const std::int64_t c = x.channels;
  for_each_stretch(first, tiles, [&](const Stretch& s) {
    const float* image = from + s.image * x.floats();
    const std::int64_t line = 2 * s.line - top;
    const bool is_inside = line >= 0 && line + 4 <= x.lines && x.positions + left >= 4;
    const std::int64_t begin = (left + 1) / 2;
    const std::int64_t end = is_inside ? (x.positions + left - 4) / 2 + 1 : 0;
    s.split(
        begin, end,
        [&](const Stretch& part) {
          winograd_inputs({part.tiles, c, x.line(), task * c},
                          image + line * x.line() + (2 * part.column - left) * c,
                          lists + part.at * c);
        },
        [&](const Stretch& part) {
          read_patch(x, image, line, 2 * part.column - left, 4, patch);
          winograd_inputs({1, c, 4 * c, task * c}, patch, lists + part.at * c);
        });
  });
}

void WinogradTiling::write_outputs(std::int64_t first, std::int64_t tiles, const float* lists,
                                   const GemmEpilogue& epilogue, float* patch, float* to) const {
  const std::int64_t c = y.channels;
  for_each_stretch(first, tiles, [&](const Stretch& s) {
    float* image = to + s.image * y.floats();
    const std::int64_t line = 2 * s.line;
    s.split(
        0, line + 2 <= y.lines ? y.positions / 2 : 0,
        [&](const Stretch& part) {
          winograd_outputs({part.tiles, c, y.line(), task * c}, lists + part.at * c, epilogue,
                           image + line * y.line() + 2 * part.column * c);
        },
        [&](const Stretch& part) {
          winograd_outputs({1, c, 2 * c, task * c}, lists + part.at * c, epilogue, patch);
          write_patch(y, patch, line, 2 * part.column, 2, image);
        });
  });
}

void WinogradTiling::read_output_gradients(std::int64_t first, std::int64_t tiles,
                                           const float* from, float* patch, float* lists) const {
  const std::int64_t c = y.channels;
  for_each_stretch(first, tiles, [&](const Stretch& s) {
    const float* image = from + s.image * y.floats();
    const std::int64_t line = 2 * s.line;
    s.split(
        0, line + 2 <= y.lines ? y.positions / 2 : 0,
        [&](const Stretch& part) {
          winograd_output_gradients({part.tiles, c, y.line(), task * c},
                                    image + line * y.line() + 2 * part.column * c,
                                    lists + part.at * c);
        },
        [&](const Stretch& part) {
          read_patch(y, image, line, 2 * part.column, 2, patch);
          winograd_output_gradients({1, c, 2 * c, task * c}, patch, lists + part.at * c);
        });
  });
}

}  // namespace antler::cpu
