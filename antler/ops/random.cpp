#include "antler/ops/random.h"

#include <limits>
#include <string>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/random.h"

namespace antler::ops {
namespace {

std::string_view name_of(Random::Kind kind) {
  switch (kind) {
    case Random::Kind::uniform:
      return "uniform";
    case Random::Kind::normal:
      return "normal";
    case Random::Kind::truncated_normal:
      return "truncated_normal";
    case Random::Kind::bernoulli:
      break;
  }
  return "bernoulli";
}

bool has_type(Random::Kind kind, DType dtype) {
  if (kind == Random::Kind::bernoulli || is_floating(dtype)) return true;
  return kind == Random::Kind::uniform && is_integer(dtype);
}

// The comparisons are such that NaN fails them.
void check_parameters(const Random& op) {
  const std::string which = "random " + std::string(name_of(op.kind)) + ": ";
  if (op.kind == Random::Kind::uniform && !(op.a < op.b)) {
    throw ValueError(which + "expected minval below maxval, got " + std::to_string(op.a) + " and " +
                     std::to_string(op.b));
  }
  if (op.kind == Random::Kind::bernoulli && !(op.a >= 0 && op.a <= 1)) {
    throw ValueError(which + "expected a probability in [0, 1], got " + std::to_string(op.a));
  }
  const bool is_normal =
      op.kind == Random::Kind::normal || op.kind == Random::Kind::truncated_normal;
  if (is_normal && !(op.b >= 0)) {
    throw ValueError(which + "expected a stddev of at least 0, got " + std::to_string(op.b));
  }
}

// A given seed means the same numbers in each call, hence the fixed stream.
Value draw(Random op, const std::optional<std::uint64_t>& seed) {
  op.stream = seed ? 0 : next_stream();
  const auto key = static_cast<std::int64_t>(seed ? *seed : default_seed());
  return apply(std::move(op), {Value(Tensor(key)), Value(Tensor(std::int64_t{0}))});
}

}  // namespace

Config field_value(Random::Kind kind) { return name_of(kind); }

TensorSpec Random::infer(std::span<const TensorSpec> inputs) const {
  for (const TensorSpec& input : inputs) {
    if (input.shape.rank() != 0) {
      throw ShapeError("random: expected a scalar seed and step, got " + input.shape.to_string());
    }
    if (input.dtype != DType::int64) {
      throw TypeError("random: expected an int64 seed and step, got " +
                      std::string(antler::name(input.dtype)));
    }
  }
  if (!has_type(kind, dtype)) {
    throw ValueError("random " + std::string(name_of(kind)) +
                     ": expected float32 or float64, got " + std::string(antler::name(dtype)));
  }
  check_parameters(*this);
  return {shape, dtype};
}

std::vector<Value> Random::gradient(const GradientContext&) const { return {Value(), Value()}; }

namespace random {

Value uniform(const Shape& shape, const UniformOptions& options) {
  return draw({.kind = Random::Kind::uniform,
               .shape = shape,
               .dtype = options.dtype,
               .a = options.minval,
               .b = options.maxval},
              options.seed);
}

Value normal(const Shape& shape, const NormalOptions& options) {
  return draw({.kind = Random::Kind::normal,
               .shape = shape,
               .dtype = options.dtype,
               .a = options.mean,
               .b = options.stddev},
              options.seed);
}

Value truncated_normal(const Shape& shape, const NormalOptions& options) {
  return draw({.kind = Random::Kind::truncated_normal,
               .shape = shape,
               .dtype = options.dtype,
               .a = options.mean,
               .b = options.stddev},
              options.seed);
}

Value randint(const Shape& shape, std::int64_t minval, std::int64_t maxval,
              const RandintOptions& options) {
  constexpr std::int64_t kExact = std::int64_t{1} << std::numeric_limits<double>::digits;
  if (minval < -kExact || maxval > kExact || !is_integer(options.dtype)) {
    throw ValueError("random randint: expected an integer type and bounds within 2^53, got " +
                     std::string(antler::name(options.dtype)) + ", " + std::to_string(minval) +
                     " and " + std::to_string(maxval));
  }
  return draw({.kind = Random::Kind::uniform,
               .shape = shape,
               .dtype = options.dtype,
               .a = static_cast<double>(minval),
               .b = static_cast<double>(maxval)},
              options.seed);
}

Value bernoulli(double p, const Shape& shape, const BernoulliOptions& options) {
  return draw({.kind = Random::Kind::bernoulli, .shape = shape, .dtype = options.dtype, .a = p},
              options.seed);
}

}  // namespace random
}  // namespace antler::ops
