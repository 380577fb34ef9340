#pragma once

#include <optional>

#include "antler/core/named_only.h"
#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// Random numbers that follow from (seed, stream, step, element) alone, so they do not depend on
/// threads or on what was drawn before.
///
///   uniform           a <= y < b; an integer type gives integers
///   normal            mean a, standard deviation b
///   truncated_normal  the same, drawn anew until within two standard deviations
///   bernoulli         1 with probability a, else 0
///
/// Shapes  seed (), step () -> `shape`.
/// Types   seed and step int64; floats, for uniform also integers, for bernoulli any.
/// Errors  ShapeError, TypeError for the inputs; ValueError for a `dtype` the kind cannot have.
/// Source  keras.random; Philox4x32-10 (Salmon et al., 2011).
struct Random {
  enum class Kind : std::uint8_t { uniform, normal, truncated_normal, bernoulli };
  Kind kind = Kind::uniform;
  Shape shape = {};
  DType dtype = DType::float32;
  double a = 0;
  double b = 1;
  std::uint32_t stream = 0;
  static constexpr std::string_view name = "random";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"kind", "shape", "dtype", "a", "b", "stream"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  /// None flows: seed and step are integers.
  std::vector<Value> gradient(const GradientContext& context) const;
};

Config field_value(Random::Kind kind);

namespace random {

/// Numbers under keras.random's names. Without a `seed` they follow from the default seed (see
/// set_random_seed) and differ from call to call; with one they are the same in each call.
///
/// Shapes  -> `shape`, all of whose sizes are known.
/// Types   floats; uniform also integers, bernoulli any.
/// Errors  ValueError for another type, minval not below maxval, a negative stddev; ShapeError for
///         a size that is not known.
/// Source  keras.random.uniform, normal, truncated_normal.
struct UniformOptions {
  NamedOnly named_only = NamedOnly();
  double minval = 0;
  double maxval = 1;
  DType dtype = DType::float32;
  std::optional<std::uint64_t> seed = {};
};
struct NormalOptions {
  NamedOnly named_only = NamedOnly();
  double mean = 0;
  double stddev = 1;
  DType dtype = DType::float32;
  std::optional<std::uint64_t> seed = {};
};
struct BernoulliOptions {
  NamedOnly named_only = NamedOnly();
  DType dtype = DType::float32;
  std::optional<std::uint64_t> seed = {};
};
struct RandintOptions {
  NamedOnly named_only = NamedOnly();
  DType dtype = DType::int32;
  std::optional<std::uint64_t> seed = {};
};

Value uniform(const Shape& shape, const UniformOptions& options = {});
Value normal(const Shape& shape, const NormalOptions& options = {});
Value truncated_normal(const Shape& shape, const NormalOptions& options = {});
/// Integers in [minval, maxval).
///
/// Types   integers.  Errors  ValueError for other types, bounds beyond 2^53 or no number between.
/// Source  keras.random.randint.
Value randint(const Shape& shape, std::int64_t minval, std::int64_t maxval,
              const RandintOptions& options = {});
/// 1 with probability `p`, else 0.  Types  any.  Errors  ValueError for p outside [0, 1].
///
/// Source  keras.random.binomial with one try.
Value bernoulli(double p, const Shape& shape, const BernoulliOptions& options = {});

}  // namespace random
}  // namespace antler::ops
