#include "antler/ops/random.h"
#include "tests/ops/sample.h"

namespace antler::testing {

using ops::Random;

namespace {

using Kind = Random::Kind;

// Distributions are tested in random_test.cpp; here the backends are compared.
Sample draws(const Random& op) {
  return {.op = op,
          .inputs = {values({1234567}, {}, DType::int64), values({3}, {}, DType::int64)},
          .orders = 0};
}

Sample fails(const Random& op, const char* error) {
  Sample sample = draws(op);
  sample.error = error;
  return sample;
}

}  // namespace

template <>
std::vector<Sample> samples<Random>() {
  std::vector<Sample> rows;
  for (const Kind kind : {Kind::uniform, Kind::normal, Kind::truncated_normal, Kind::bernoulli}) {
    rows.push_back(draws({.kind = kind, .shape = {17}, .a = 0.25, .b = 2.5}));
    rows.push_back(draws({.kind = kind, .shape = {}, .a = 0.25, .stream = 7}));
    rows.push_back(draws({.kind = kind, .shape = {0, 3}}));
    rows.push_back(draws({.kind = kind, .shape = {301, 103}}));
    rows.push_back(draws({.kind = kind, .shape = {5, 3}, .dtype = DType::float64}));
  }
  rows.push_back(
      draws({.kind = Kind::uniform, .shape = {301}, .dtype = DType::int32, .a = -5, .b = 1000}));
  rows.push_back(draws({.kind = Kind::bernoulli, .shape = {301}, .dtype = DType::boolean, .a = 1}));
  rows.push_back(fails({.kind = Kind::normal, .shape = {2}, .dtype = DType::int32},
                       "random normal: expected float32 or float64, got int32"));
  rows.push_back(fails({.kind = Kind::uniform, .shape = {2}, .a = 1, .b = 1},
                       "random uniform: expected minval below maxval"));
  rows.push_back(fails({.kind = Kind::bernoulli, .shape = {2}, .a = 1.5},
                       "random bernoulli: expected a probability in [0, 1]"));
  rows.push_back(fails({.kind = Kind::normal, .shape = {2}, .b = -1},
                       "random normal: expected a stddev of at least 0"));
  rows.push_back({.op = Random{.shape = {2}},
                  .inputs = {values({1, 2}, DType::int64), values({3}, {}, DType::int64)},
                  .error = "random: expected a scalar seed and step, got (2,)"});
  rows.push_back({.op = Random{.shape = {2}},
                  .inputs = {values({1}, {}, DType::int32), values({3}, {}, DType::int64)},
                  .error = "random: expected an int64 seed and step, got int32"});
  return rows;
}

}  // namespace antler::testing
