#include "antler/ops/einsum.h"

#include <algorithm>
#include <map>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/composite.h"
#include "antler/ops/einsum_equation.h"
#include "antler/ops/matmul.h"
#include "antler/ops/reshape.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"

namespace antler::ops {
namespace {

using Labels = std::vector<int>;

bool has(const Labels& labels, int label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

template <class Keep>
Labels filter(const Labels& labels, Keep keep) {
  Labels kept;
  std::copy_if(labels.begin(), labels.end(), std::back_inserter(kept), keep);
  return kept;
}

Labels joined(std::initializer_list<Labels> parts) {
  Labels all;
  for (const Labels& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

// A value whose axes have labels.
struct Term {
  Value value;
  Labels labels;

  std::int64_t size(int label) const {
    const auto found = std::find(labels.begin(), labels.end(), label);
    return value.shape().dim(static_cast<int>(found - labels.begin()));
  }
  std::int64_t size(const Labels& some) const {
    std::int64_t product = 1;
    for (const int label : some) product *= size(label);
    return product;
  }
};

Term ordered(const Term& term, const Labels& order) {
  std::vector<int> perm;
  for (const int label : order) {
    const auto found = std::find(term.labels.begin(), term.labels.end(), label);
    perm.push_back(static_cast<int>(found - term.labels.begin()));
  }
  return {transpose(term.value, perm), order};
}

// Axes that nothing else has are summed first: what is left is smaller.
Term summed_alone(const Term& term, const Labels& wanted) {
  std::vector<int> axes;
  for (std::size_t i = 0; i < term.labels.size(); ++i) {
    if (!has(wanted, term.labels[i])) axes.push_back(static_cast<int>(i));
  }
  if (axes.empty()) return term;
  return {sum(term.value, {.axis = axes}),
          filter(term.labels, [&](int l) { return has(wanted, l); })};
}

// The term with an axis for each label of the output, of size 1 where it has none.
Value stretched(const Term& term, const Labels& output) {
  const Term sorted = ordered(term, filter(output, [&](int l) { return has(term.labels, l); }));
  std::vector<std::int64_t> dims;
  for (const int label : output) dims.push_back(has(term.labels, label) ? term.size(label) : 1);
  return reshape(sorted.value, Shape(dims));
}

// A term as (batch..., rows, columns): as it lies, as it lies with the last two groups exchanged
// (Matmul's flag undoes that), or transposed.
struct Matrix {
  Value value;
  bool transposed;
};

Matrix as_matrix(const Term& term, const Labels& batch, const Labels& rows, const Labels& columns) {
  const bool exchanged = term.labels == joined({batch, columns, rows});
  const bool as_it_lies = term.labels == joined({batch, rows, columns});
  const bool transposed = exchanged && !as_it_lies;
  const Labels& first = transposed ? columns : rows;
  const Labels& second = transposed ? rows : columns;
  const Term sorted = ordered(term, joined({batch, first, second}));
  std::vector<std::int64_t> dims;
  for (const int label : batch) dims.push_back(term.size(label));
  dims.push_back(term.size(first));
  dims.push_back(term.size(second));
  return {reshape(sorted.value, Shape(dims)), transposed};
}

Value contracted(const Term& a, const Term& b, const Labels& output) {
  const Labels shared = filter(a.labels, [&](int l) { return has(b.labels, l); });
  const Labels summed = filter(shared, [&](int l) { return !has(output, l); });
  if (summed.empty()) return multiply(stretched(a, output), stretched(b, output));
  const Labels batch = filter(output, [&](int l) { return has(shared, l); });
  const Labels a_free =
      filter(output, [&](int l) { return has(a.labels, l) && !has(b.labels, l); });
  const Labels b_free =
      filter(output, [&](int l) { return has(b.labels, l) && !has(a.labels, l); });
  const Matrix left = as_matrix(a, batch, a_free, summed);
  const Matrix right = as_matrix(b, batch, summed, b_free);
  const Value product = apply(Matmul{left.transposed, right.transposed}, {left.value, right.value});
  std::vector<std::int64_t> dims;
  for (const int label : batch) {
    dims.push_back(a.size(label) == 1 ? b.size(label) : a.size(label));
  }
  for (const int label : a_free) dims.push_back(a.size(label));
  for (const int label : b_free) dims.push_back(b.size(label));
  const Labels made = joined({batch, a_free, b_free});
  return ordered({reshape(product, Shape(dims)), made}, output).value;
}

// Letters have one size; axes of "..." broadcast, unless they are summed over.
void check_sizes(const std::vector<Term>& terms) {
  std::map<int, std::int64_t> sizes;
  for (const Term& term : terms) {
    for (const int label : term.labels) {
      const std::int64_t size = term.size(label);
      const auto [entry, is_new] = sizes.try_emplace(label, size);
      if (is_new || entry->second == size) continue;
      if (label < 0 && (entry->second == 1 || size == 1)) continue;
      const std::string axis =
          label < 0 ? "\"...\"" : std::string("'") + static_cast<char>(label) + "'";
      throw ShapeError("einsum: expected one size for " + axis + ", got " +
                       std::to_string(entry->second) + " and " + std::to_string(size));
    }
  }
}

Value computed(const detail::EinsumEquation& equation, std::span<const Value> operands) {
  std::vector<Term> terms;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    terms.push_back({operands[i], equation.operands[i]});
  }
  check_sizes(terms);
  const Labels& output = equation.output;
  if (terms.size() == 1) return ordered(summed_alone(terms[0], output), output).value;
  const Term a = summed_alone(terms[0], joined({output, terms[1].labels}));
  const Term b = summed_alone(terms[1], joined({output, terms[0].labels}));
  return contracted(a, b, output);
}

}  // namespace

Value einsum(const std::string& equation, const std::vector<Value>& operands) {
  if (operands.empty() || operands.size() > 2) {
    throw ValueError("einsum: expected 1 or 2 operands, got " + std::to_string(operands.size()) +
                     "; chain calls for more");
  }
  std::vector<Value> inputs = operands;
  if (inputs.size() == 2) {
    const auto [a, b] = detail::promote_operands(operands[0], operands[1]);
    inputs = {a, b};
  }
  for (Value& input : inputs) {
    if (input.dtype() == DType::boolean) input = cast(input, DType::int32);
  }
  std::vector<int> ranks;
  for (const Value& input : inputs) ranks.push_back(input.rank());
  return when_shapes_known("einsum", inputs, Config::map({{"equation", equation}}),
                           [parsed = detail::parse_einsum(equation, ranks)](
                               std::span<const Value> values) { return computed(parsed, values); });
}

}  // namespace antler::ops
