#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "antler/core/config.h"
#include "antler/core/random.h"
#include "antler/core/tensor.h"

namespace antler {

/// What an initializer is: a function from a shape, a type and random numbers to the first value of
/// a weight. Element i of random ones depends on (random, i) alone.
///
/// Source  keras.initializers.Initializer.
class InitializerBase {
 public:
  virtual ~InitializerBase() = default;
  virtual std::string_view class_name() const = 0;
  /// Constructor arguments under Keras' keys.
  virtual Config get_config() const = 0;
  /// Errors: ShapeError for a shape it cannot fill, TypeError for random integers.
  virtual Tensor make(const Shape& shape, DType dtype, const RandomStream& random) const = 0;
  /// The `seed` argument; without one the caller takes the default seed and a new stream.
  virtual std::optional<std::int64_t> seed() const { return std::nullopt; }
};

/// The random numbers of the weight with number `index` under `seed`. Initializers use the streams
/// with the top bit set and a model's random ops those without, so under one seed they never meet.
RandomStream initializer_stream(std::uint64_t seed, std::uint32_t index);

/// Any initializer; an immutable value. What follows holds for every initializer, whose own
/// comment has only what is its own.
///
/// Options  seed, of random ones: the same values at each call; without it the default seed and a
///          stream of its own.
/// Shapes   any whose sizes are known.
/// Types    constants any, random ones floats.
/// Errors   TypeError for a type, ShapeError for a shape that it cannot fill; when it is made,
///          ValueError for options out of range.
/// Threads  any.
/// Source   keras.initializers.Initializer.
class Initializer {
 public:
  Initializer() = default;
  Initializer(std::shared_ptr<const InitializerBase> base) : base_(std::move(base)) {}

  explicit operator bool() const { return base_ != nullptr; }
  const InitializerBase& base() const { return *base_; }
  /// The first value of a weight: from the `seed` argument when there is one (equal shapes then get
  /// equal values, as in Keras), else from the default seed under a stream of its own.
  Tensor operator()(const Shape& shape, DType dtype = DType::float32) const;
  /// The same with the caller's random numbers in place of the default seed's; a `seed` argument
  /// still goes first.
  Tensor operator()(const Shape& shape, DType dtype, const RandomStream& random) const;
  /// Keras' serialized form.
  Config to_config() const;
  /// From a name or Keras' serialized form. Errors: ValueError for an unknown class or key.
  static Initializer from_config(const Config& config);

 private:
  std::shared_ptr<const InitializerBase> base_;
};

/// An initializer argument: a name ("glorot_uniform", "he_normal", "zeros", ...) or an object.
///
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.initializers.get.
class InitializerArg {
 public:
  InitializerArg() = default;
  InitializerArg(const char* name) : InitializerArg(std::string(name)) {}
  InitializerArg(const std::string& name);
  InitializerArg(Initializer initializer) : initializer_(std::move(initializer)) {}

  explicit operator bool() const { return static_cast<bool>(initializer_); }
  const Initializer& get() const { return initializer_; }

 private:
  Initializer initializer_;
};

/// Null for none.
Config to_config(const InitializerArg& initializer);
void from_config(const Config& config, InitializerArg& initializer);

}  // namespace antler
