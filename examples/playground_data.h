// The data sets of TensorFlow Playground: points of two classes in the plane, drawn by its rules,
// and the seven features that it makes of them.
#pragma once

#include <antler/core/random.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace course {

/// A point of class 1 or -1.
struct Point {
  double x = 0, y = 0, label = 0;
};

/// Draws points; `noise` is from 0 to 0.5. The same seed gives the same points everywhere.
class PointDrawer {
 public:
  PointDrawer(std::uint64_t seed, double noise) : stream_(seed, 0, 0), noise_(noise) {}

  /// A disc of class 1 within a ring. Noise moves a point before it gets its label, then back.
  std::vector<Point> circle(int count) {
    std::vector<Point> out;
    for (int i = 0; i < count; ++i) {
      const double r = i < count / 2 ? uniform(0, 2.5) : uniform(3.5, 5);
      const double angle = uniform(0, 2 * std::numbers::pi);
      Point p = {r * std::sin(angle), r * std::cos(angle)};
      const double dx = uniform(-5, 5) * noise_, dy = uniform(-5, 5) * noise_;
      p.label = std::hypot(p.x + dx, p.y + dy) < 2.5 ? 1 : -1;
      out.push_back(p);
    }
    return out;
  }

  /// Four quarters; two that face each other are class 1. Noise as in circle.
  std::vector<Point> exclusive_or(int count) {
    const auto apart = [&] {
      const double at = uniform(-5, 5);
      return at > 0 ? at + 0.3 : at - 0.3;
    };
    std::vector<Point> out;
    for (int i = 0; i < count; ++i) {
      Point p = {apart(), apart()};
      const double dx = uniform(-5, 5) * noise_, dy = uniform(-5, 5) * noise_;
      p.label = (p.x + dx) * (p.y + dy) >= 0 ? 1 : -1;
      out.push_back(p);
    }
    return out;
  }

  /// A cloud around (2, 2) and one around (-2, -2); noise makes them wider.
  std::vector<Point> gauss(int count) {
    const double deviation = std::sqrt(0.5 + 7 * noise_);
    std::vector<Point> out;
    for (int i = 0; i < count; ++i) {
      const double label = i < count / 2 ? 1 : -1;
      const double x = 2 * label + deviation * stream_.normal(next_++);
      out.push_back({x, 2 * label + deviation * stream_.normal(next_++), label});
    }
    return out;
  }

  /// Two arms around each other; noise moves the points.
  std::vector<Point> spiral(int count) {
    std::vector<Point> out;
    for (int i = 0; i < count; ++i) {
      const double label = i < count / 2 ? 1 : -1;
      const double share = double(i % (count / 2)) / (count / 2);
      const double angle = (3.5 * share + (label > 0 ? 0 : 1)) * std::numbers::pi;
      const double dx = uniform(-1, 1) * noise_, dy = uniform(-1, 1) * noise_;
      out.push_back({5 * share * std::sin(angle) + dx, 5 * share * std::cos(angle) + dy, label});
    }
    return out;
  }

  /// By Fisher and Yates.
  void shuffle(std::vector<Point>& points) {
    for (std::size_t i = points.size(); i > 1; --i) {
      std::swap(points[i - 1], points[stream_.below(next_++, i)]);
    }
  }

 private:
  double uniform(double low, double high) { return low + (high - low) * stream_.uniform(next_++); }

  antler::RandomStream stream_;
  double noise_;
  std::uint64_t next_ = 0;
};

/// "circle", "xor", "gauss" or "spiral", shuffled. Errors: std::invalid_argument for another name.
inline std::vector<Point> playground_points(const std::string& name, int count, double noise,
                                            std::uint64_t seed) {
  PointDrawer drawer(seed, noise);
  std::vector<Point> points = name == "circle"   ? drawer.circle(count)
                              : name == "xor"    ? drawer.exclusive_or(count)
                              : name == "gauss"  ? drawer.gauss(count)
                              : name == "spiral" ? drawer.spiral(count)
                                                 : throw std::invalid_argument("no data " + name);
  drawer.shuffle(points);
  return points;
}

/// x1, x2, x1^2, x2^2, x1 x2, sin x1, sin x2: what a network may be given of a point, unscaled.
inline std::vector<double> playground_features(const Point& p) {
  return {p.x, p.y, p.x * p.x, p.y * p.y, p.x * p.y, std::sin(p.x), std::sin(p.y)};
}

}  // namespace course
