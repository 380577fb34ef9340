#include "antler/compiler/formula.h"

#include <cstdio>
#include <cstdlib>

#include "antler/compiler/algebra.h"
#include "antler/graph/graph.h"
#include "antler/graph/node.h"
#include "antler/graph/variable.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/composite.h"
#include "antler/ops/matmul.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

constexpr std::size_t kLongPart = 24;  // letters; shorter parts are written out each time

// A float as it was written: 0.1, not 0.100000001490116.
double as_written(double value, DType dtype) {
  if (dtype != DType::float32) return value;
  char text[40];
  for (int digits = 1; digits <= 9; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtof(text, nullptr) == static_cast<float>(value)) break;
  }
  return std::strtod(text, nullptr);
}

// Constants of one number are that number; others only say their shape.
Expression constant(const Tensor& tensor) {
  if (tensor.dtype() == DType::string || tensor.size() == 0) return Expression::symbol("constant");
  const double first = tensor.item<double>(0);
  for (std::int64_t i = 1; i < tensor.size(); ++i) {
    const bool same = tensor.size() <= 4096 && tensor.item<double>(i) == first;
    if (!same) return Expression::call("constant", {tensor.shape().to_string()});
  }
  return {as_written(first, tensor.dtype())};
}

Expression leaf(const Node& node) {
  if (node.kind() == NodeKind::constant) return constant(node.constant_value());
  const std::string& name =
      node.kind() == NodeKind::variable ? node.variable_state().path : node.input_name();
  if (!name.empty()) return Expression::symbol(name);
  return Expression::call("input", {node.outputs()[0].shape.to_string()});
}

struct Sign {
  OpId op;
  const char* text;
  bool (*holds)(double a, double b) = nullptr;
};
const Sign kComparisons[] = {
    {op_id<ops::Equal>(), "==", [](double a, double b) { return a == b; }},
    {op_id<ops::NotEqual>(), "!=", [](double a, double b) { return a != b; }},
    {op_id<ops::Less>(), "<", [](double a, double b) { return a < b; }},
    {op_id<ops::LessEqual>(), "<=", [](double a, double b) { return a <= b; }},
    {op_id<ops::Greater>(), ">", [](double a, double b) { return a > b; }},
    {op_id<ops::GreaterEqual>(), ">=", [](double a, double b) { return a >= b; }}};

const Sign kArithmetic[] = {{op_id<ops::Add>(), " + "},
                            {op_id<ops::Subtract>(), " - "},
                            {op_id<ops::Multiply>(), "*"},
                            {op_id<ops::Divide>(), "/"},
                            {op_id<ops::Power>(), "^"}};

// Whether a condition holds at single points only: a float equals a number.
bool is_single_point(const Value& condition) {
  if (condition.node().op_as<ops::Equal>() == nullptr) return false;
  const std::vector<Value>& sides = condition.node().inputs();
  return is_floating(sides[0].dtype()) && (sides[0].node().kind() == NodeKind::constant ||
                                           sides[1].node().kind() == NodeKind::constant);
}

std::string field_text(const Config& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_number() && !value.is_integer()) return number_text(value.as_number());
  return value.to_string();
}

Expression product(const ops::Matmul& op, const std::vector<Expression>& in) {
  const auto turned = [](const Expression& x, bool turn) {
    return turn ? Expression::call("transpose", {x.text()}) : x;
  };
  return Expression::infix(turned(in[0], op.transpose_a), "@", turned(in[1], op.transpose_b));
}

Expression call(const Node& node, const std::vector<Expression>& in) {
  const auto* composite = node.op_as<ops::Composite>();
  std::vector<std::string> arguments;
  for (const Expression& each : in) arguments.push_back(each.text());
  const Config fields = composite != nullptr ? composite->attributes : node.op().fields();
  for (const auto& [field, value] : fields.as_map()) {
    arguments.push_back(field + "=" + field_text(value));
  }
  return Expression::call(composite != nullptr ? composite->kernel : std::string(node.op().name()),
                          arguments);
}

// The op of a node on what its inputs read as.
Expression applied(const Node& node, const std::vector<Expression>& in) {
  if (node.op_as<ops::Add>() != nullptr) return in[0] + in[1];
  if (node.op_as<ops::Subtract>() != nullptr) return in[0] - in[1];
  if (node.op_as<ops::Multiply>() != nullptr) return in[0] * in[1];
  if (node.op_as<ops::Divide>() != nullptr) return in[0] / in[1];
  if (node.op_as<ops::Negative>() != nullptr) return -in[0];
  if (node.op_as<ops::Power>() != nullptr) return Expression::power(in[0], in[1]);
  if (node.op_as<ops::Rsqrt>() != nullptr) return 1 / Expression::call("sqrt", {in[0].text()});
  if (const auto* matmul = node.op_as<ops::Matmul>()) return product(*matmul, in);
  if (node.op_as<ops::Cast>() != nullptr && is_floating(node.inputs()[0].dtype()) &&
      is_floating(node.outputs()[0].dtype)) {
    return in[0];
  }
  if (node.op_as<ops::Where>() != nullptr) {
    if (in[0].is_number()) return in[0].number() != 0 ? in[1] : in[2];
    if (is_single_point(node.inputs()[0]) && in[1].is_number()) return in[2];
  }
  for (const Sign& sign : kComparisons) {
    if (node.op().id() != sign.op) continue;
    if (!in[0].is_number() || !in[1].is_number()) {
      return Expression::infix(in[0], sign.text, in[1]);
    }
    return sign.holds(in[0].number(), in[1].number()) ? 1 : 0;
  }
  return call(node, in);
}

// Reads graphs node by node; what has a name is not looked into.
class Reader {
 public:
  explicit Reader(const ValueNames& names) : names_(names) {}

  /// Long parts that several of the values' nodes read become formulas of their own.
  void share_parts_of(std::span<const Value> values) {
    for (const auto& node : order_of(values)) {
      for (const Value& input : node->inputs()) ++reads_[key_of(input)];
    }
  }

  Expression read(const Value& value) {
    const auto name = names_.find(key_of(value));
    if (name != names_.end()) return Expression::symbol(name->second);
    for (const auto& node : order_of(std::span(&value, 1))) {
      for (int i = 0; i < static_cast<int>(node->outputs().size()); ++i) {
        const Value output(node, i);
        if (known_.count(key_of(output)) == 0) known_.emplace(key_of(output), made(output, value));
      }
    }
    return known_.at(key_of(value));
  }

  Expression step(const Value& value) const {
    const Node& node = value.node();
    if (!node.is_op()) return leaf(node);
    const std::vector<Expression> in = inputs_of(node);
    const Expression whole = applied(node, in);
    if (node.outputs().size() == 1) return whole;
    return Expression::symbol(whole.text() + "[" + std::to_string(value.output()) + "]");
  }

  /// What the inputs of a node read as; each is a leaf, or has been read, or has a name.
  std::vector<Expression> inputs_of(const Node& node) const {
    std::vector<Expression> in;
    for (const Value& input : node.inputs()) {
      const auto name = names_.find(key_of(input));
      if (name != names_.end()) {
        in.push_back(Expression::symbol(name->second));
      } else {
        const auto known = known_.find(key_of(input));
        in.push_back(known != known_.end() ? known->second : leaf(input.node()));
      }
    }
    return in;
  }

  const std::vector<Formula>& parts() const { return parts_; }

 private:
  std::vector<std::shared_ptr<const Node>> order_of(std::span<const Value> values) const {
    return topological_order(values, [&](const Value& value) {
      return names_.count(key_of(value)) > 0 || known_.count(key_of(value)) > 0;
    });
  }

  Expression made(const Value& value, const Value& asked) {
    const auto name = names_.find(key_of(value));
    if (name != names_.end()) return Expression::symbol(name->second);
    Expression expression = step(value);
    const auto reads = reads_.find(key_of(value));
    const bool is_shared = reads != reads_.end() && reads->second > 1 && !value.is_same(asked);
    if (!is_shared || expression.text().size() <= kLongPart) return expression;
    parts_.push_back({"t" + std::to_string(parts_.size() + 1), expression.text()});
    return Expression::symbol(parts_.back().name);
  }

  const ValueNames& names_;
  ValueTable<Expression> known_;
  ValueTable<int> reads_;
  std::vector<Formula> parts_;
};

}  // namespace

std::string formula_of(const Value& value, const ValueNames& names) {
  return Reader(names).read(value).text();
}

// Arithmetic of names and numbers is shown as it is, not in normal form: w*w, 2*3.
std::string step_formula(const Value& value, const ValueNames& names) {
  const Reader reader(names);
  const Node& node = value.node();
  for (const Sign& sign : kArithmetic) {
    if (!node.is_op() || node.op().id() != sign.op) continue;
    const std::vector<Expression> in = reader.inputs_of(node);
    const auto is_operand = [](const Expression& x) { return x.is_simple() || x.is_number(); };
    if (!is_operand(in[0]) || !is_operand(in[1])) break;
    return in[0].in_brackets() + sign.text + in[1].in_brackets();
  }
  return reader.step(value).text();
}

std::vector<Formula> formulas_of(std::span<const Value> values,
                                 const std::vector<std::string>& names_of_values,
                                 const ValueNames& names) {
  Reader reader(names);
  reader.share_parts_of(values);
  std::vector<Formula> own;
  for (std::size_t i = 0; i < values.size(); ++i) {
    own.push_back({names_of_values[i], reader.read(values[i]).text()});
  }
  std::vector<Formula> all = reader.parts();
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

}  // namespace antler
