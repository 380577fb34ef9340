#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

// Noise that is there in training only; elsewhere y = x. The numbers follow from the seed, the
// number of the draw and the training step alone, as Dropout's.
//
// Shapes   x any -> y, same shape.
namespace antler {

struct NoiseOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> seed = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("seed", self.seed);
  }
};

/// y = x + noise, normal of mean 0.
///
/// Options  stddev: in [0, 1].
/// Errors   ValueError for another.
/// Source   keras.layers.GaussianNoise.
class GaussianNoise : public Layer {
 public:
  GaussianNoise(double stddev, const NoiseOptions& options = {});
  static Layer from_config(const Config& config);
};

/// y = x noise, normal of mean 1 and standard deviation sqrt(rate / (1 - rate)).
///
/// Options  rate: in [0, 1].
/// Errors   ValueError for another, and for 1 in training, where the deviation is infinite.
/// Source   keras.layers.GaussianDropout; Srivastava et al. (2014).
class GaussianDropout : public Layer {
 public:
  GaussianDropout(double rate, const NoiseOptions& options = {});
  static Layer from_config(const Config& config);
};

struct AlphaDropoutOptions {
  NamedOnly named_only = NamedOnly();
  Shape noise_shape = {};  // of rank 0: x's
  std::optional<std::int64_t> seed = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("seed", self.seed);
  }
};

/// Dropout that keeps mean and variance of self-normalizing activations: with probability `rate` x
/// is the limit of selu at minus infinity, and all is scaled and moved afterwards.
///
/// Options  rate: in [0, 1]; noise_shape: as Dropout's.
/// Errors   As Dropout.
/// Source   keras.layers.AlphaDropout; Klambauer et al. (2017), arXiv:1706.02515.
class AlphaDropout : public Layer {
 public:
  AlphaDropout(double rate, const AlphaDropoutOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
