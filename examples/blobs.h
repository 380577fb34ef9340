// What two relu units make of four blobs of points.
#pragma once

#include <antler/antler.h>

#include <cstdio>

namespace course {

/// Where the first layer of a model is on, and its outputs, blob by blob.
struct Hidden {
  int points[4] = {}, on[4][2] = {};  // on[blob][unit]: points that the unit is on for
  double sum[4][2] = {};
  bool is_dead = false;  // whether a unit is on for no point
  int cut_off = 0;       // points that a unit leaves off though it is on for a third of their blob

  Hidden(const antler::Sequential& model, const antler::datasets::Examples& blobs) {
    const antler::Tensor a = model.layers()[0](blobs.x);
    for (std::int64_t i = 0; i < blobs.y.size(); ++i) {
      const int blob = blobs.y.item<int>(i);
      ++points[blob];
      for (int unit = 0; unit < 2; ++unit) {
        sum[blob][unit] += a.item(2 * i + unit);
        on[blob][unit] += a.item(2 * i + unit) > 0;
      }
    }
    for (int unit = 0; unit < 2; ++unit) {
      is_dead |= on[0][unit] + on[1][unit] + on[2][unit] + on[3][unit] == 0;
      for (int k = 0; k < 4; ++k)
        cut_off += 3 * on[k][unit] > points[k] ? points[k] - on[k][unit] : 0;
    }
  }
};

/// The lines where the units switch, and the features that they make.
inline void describe(const antler::Sequential& model, const antler::datasets::Examples& blobs) {
  const antler::Tensor w = model.get_weights()[0], b = model.get_weights()[1];
  for (int unit = 0; unit < 2; ++unit) {
    std::printf("unit %d is on where %.4f x1 %+.4f x2 %+.4f > 0\n", unit, w.item(unit),
                w.item(2 + unit), b.item(unit));
  }
  const Hidden hidden(model, blobs);
  for (int k = 0; k < 4; ++k) {
    const int n = hidden.points[k];
    std::printf("blob %d: unit 0 on for %d, unit 1 on for %d of %d; new features %.2f %.2f\n", k,
                hidden.on[k][0], hidden.on[k][1], n, hidden.sum[k][0] / n, hidden.sum[k][1] / n);
  }
}

}  // namespace course
