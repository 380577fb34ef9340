#include "antler/models/operations.h"

#include <cctype>
#include <optional>
#include <span>
#include <string_view>

#include "antler/activations/elu.h"
#include "antler/activations/gelu.h"
#include "antler/activations/hard.h"
#include "antler/activations/relu.h"
#include "antler/activations/silu.h"
#include "antler/activations/smooth.h"
#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/suggest.h"
#include "antler/models/operation_arguments.h"
#include "antler/ops/arg_extrema.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/creation.h"
#include "antler/ops/cumsum.h"
#include "antler/ops/division.h"
#include "antler/ops/einsum.h"
#include "antler/ops/erf.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/gather.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/logical.h"
#include "antler/ops/matmul.h"
#include "antler/ops/max_min.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/pad.h"
#include "antler/ops/power.h"
#include "antler/ops/prod.h"
#include "antler/ops/relu.h"
#include "antler/ops/reshape.h"
#include "antler/ops/reverse.h"
#include "antler/ops/roots.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/slice.h"
#include "antler/ops/softmax.h"
#include "antler/ops/softplus.h"
#include "antler/ops/sort.h"
#include "antler/ops/statistics.h"
#include "antler/ops/stop_gradient.h"
#include "antler/ops/sum.h"
#include "antler/ops/tensordot.h"
#include "antler/ops/tile.h"
#include "antler/ops/transpose.h"
#include "antler/ops/trigonometric.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

using Inputs = std::vector<Value>;
using Arguments = OperationArguments;

Value reshape(const Inputs& in, Arguments& arguments) {
  return ops::reshape(in[0], Shape(arguments.integers("newshape")));
}

Value cast(const Inputs& in, Arguments& arguments) {
  return ops::cast(in[0], dtype_from_name(arguments.at("dtype").as_string()));
}

// One axis or several, of which Keras' ops take none for all.
Value expand_dims(const Inputs& in, Arguments& arguments) {
  const ops::Axes axes = arguments.reduce().axis;
  return ops::expand_dims(in[0], axes.given() ? *axes.given() : std::vector<int>{});
}

Value squeeze(const Inputs& in, Arguments& arguments) {
  const ops::Axes axes = arguments.reduce().axis;
  return axes.given() ? ops::squeeze(in[0], axes) : ops::squeeze(in[0]);
}

Value transpose(const Inputs& in, Arguments& arguments) {
  const Config* axes = arguments.find("axes");
  if (axes == nullptr || axes->is_null()) return ops::transpose(in[0]);
  std::vector<int> order;
  from_config(*axes, order);
  return ops::transpose(in[0], order);
}

Value clip(const Inputs& in, Arguments& arguments) {
  return ops::clip(in[0], arguments.at("x_min").as_number(), arguments.at("x_max").as_number());
}

Value gelu(const Inputs& in, Arguments& arguments) {
  const Config* approximate = arguments.find("approximate");
  return activations::gelu(in[0], approximate == nullptr || approximate->as_bool());
}

// zeros_like and ones_like, of the input's type where none is given.
std::optional<DType> dtype_of(Arguments& arguments) {
  const Config* dtype = arguments.find("dtype");
  if (dtype == nullptr || dtype->is_null()) return std::nullopt;
  return dtype_from_name(dtype->as_string());
}

Value pad(const Inputs& in, Arguments& arguments) {
  ops::PadWidth width;
  for (const Config& pair : arguments.at("pad_width").as_list()) {
    std::vector<std::int64_t> sides;
    from_config(pair, sides);
    if (sides.size() != 2) throw ValueError("expected pairs of widths, got " + pair.to_string());
    width.emplace_back(sides[0], sides[1]);
  }
  return ops::pad(in[0], width, {.mode = arguments.at("mode").as_string()});
}

ops::ArgOptions arg_options(Arguments& arguments) {
  return {.axis = arguments.axis_or_none("axis"), .keepdims = arguments.flag("keepdims")};
}

Value one_hot(const Inputs& in, Arguments& arguments) {
  arguments.flag("sparse");
  return ops::one_hot(in[0], arguments.at("num_classes").as_integer(),
                      {.axis = arguments.axis(), .dtype = *dtype_of(arguments)});
}

std::vector<Value> split(const Inputs& in, Arguments& arguments) {
  const Config& parts = arguments.at("indices_or_sections");
  const int axis = arguments.axis(0);
  if (parts.is_list()) return ops::split(in[0], arguments.integers("indices_or_sections"), axis);
  return ops::split(in[0], parts.as_integer(), axis);
}

struct Entry {
  std::string_view class_name;
  std::string_view module;
  std::string_view op;  // of ours, that is written so; empty: only read
  int inputs;           // 0: one list
  Value (*apply)(const Inputs& in, Arguments& arguments);
  std::vector<Value> (*apply_all)(const Inputs& in, Arguments& arguments) = nullptr;
};

constexpr std::string_view kNumpy = "keras.src.ops.numpy";
constexpr std::string_view kNn = "keras.src.ops.nn";
constexpr std::string_view kCore = "keras.src.ops.core";
constexpr std::string_view kMath = "keras.src.ops.math";

// Ops without attributes first.
constexpr Entry kEntries[] = {
    {"Add", kNumpy, "add", 2, [](const Inputs& in, Arguments&) { return in[0] + in[1]; }},
    {"Subtract", kNumpy, "subtract", 2, [](const Inputs& in, Arguments&) { return in[0] - in[1]; }},
    {"Multiply", kNumpy, "multiply", 2, [](const Inputs& in, Arguments&) { return in[0] * in[1]; }},
    {"TrueDivide", kNumpy, "divide", 2, [](const Inputs& in, Arguments&) { return in[0] / in[1]; }},
    {"Divide", kNumpy, "", 2, [](const Inputs& in, Arguments&) { return in[0] / in[1]; }},
    {"FloorDivide", kNumpy, "floor_divide", 2,
     [](const Inputs& in, Arguments&) { return ops::floor_divide(in[0], in[1]); }},
    {"Mod", kNumpy, "mod", 2, [](const Inputs& in, Arguments&) { return ops::mod(in[0], in[1]); }},
    {"Power", kNumpy, "power", 2,
     [](const Inputs& in, Arguments&) { return ops::power(in[0], in[1]); }},
    {"Maximum", kNumpy, "maximum", 2,
     [](const Inputs& in, Arguments&) { return ops::maximum(in[0], in[1]); }},
    {"Minimum", kNumpy, "minimum", 2,
     [](const Inputs& in, Arguments&) { return ops::minimum(in[0], in[1]); }},
    {"Negative", kNumpy, "negative", 1, [](const Inputs& in, Arguments&) { return -in[0]; }},
    {"Absolute", kNumpy, "abs", 1, [](const Inputs& in, Arguments&) { return ops::abs(in[0]); }},
    {"Sign", kNumpy, "sign", 1, [](const Inputs& in, Arguments&) { return ops::sign(in[0]); }},
    {"Floor", kNumpy, "floor", 1, [](const Inputs& in, Arguments&) { return ops::floor(in[0]); }},
    {"Ceil", kNumpy, "ceil", 1, [](const Inputs& in, Arguments&) { return ops::ceil(in[0]); }},
    {"Exp", kNumpy, "exp", 1, [](const Inputs& in, Arguments&) { return ops::exp(in[0]); }},
    {"Expm1", kNumpy, "expm1", 1, [](const Inputs& in, Arguments&) { return ops::expm1(in[0]); }},
    {"Log", kNumpy, "log", 1, [](const Inputs& in, Arguments&) { return ops::log(in[0]); }},
    {"Log1p", kNumpy, "log1p", 1, [](const Inputs& in, Arguments&) { return ops::log1p(in[0]); }},
    {"Sqrt", kNumpy, "sqrt", 1, [](const Inputs& in, Arguments&) { return ops::sqrt(in[0]); }},
    {"Rsqrt", kMath, "rsqrt", 1, [](const Inputs& in, Arguments&) { return ops::rsqrt(in[0]); }},
    {"Square", kNumpy, "", 1, [](const Inputs& in, Arguments&) { return ops::square(in[0]); }},
    {"Reciprocal", kNumpy, "", 1,
     [](const Inputs& in, Arguments&) { return ops::reciprocal(in[0]); }},
    {"Sin", kNumpy, "sin", 1, [](const Inputs& in, Arguments&) { return ops::sin(in[0]); }},
    {"Cos", kNumpy, "cos", 1, [](const Inputs& in, Arguments&) { return ops::cos(in[0]); }},
    {"Tanh", kNumpy, "tanh", 1, [](const Inputs& in, Arguments&) { return ops::tanh(in[0]); }},
    {"Relu", kNn, "relu", 1, [](const Inputs& in, Arguments&) { return ops::relu(in[0]); }},
    {"Sigmoid", kNn, "sigmoid", 1,
     [](const Inputs& in, Arguments&) { return ops::sigmoid(in[0]); }},
    {"Softplus", kNn, "softplus", 1,
     [](const Inputs& in, Arguments&) { return ops::softplus(in[0]); }},
    {"Matmul", kNumpy, "matmul", 2,
     [](const Inputs& in, Arguments&) { return ops::matmul(in[0], in[1]); }},
    {"Equal", kNumpy, "equal", 2,
     [](const Inputs& in, Arguments&) { return ops::equal(in[0], in[1]); }},
    {"NotEqual", kNumpy, "not_equal", 2,
     [](const Inputs& in, Arguments&) { return ops::not_equal(in[0], in[1]); }},
    {"Less", kNumpy, "less", 2, [](const Inputs& in, Arguments&) { return in[0] < in[1]; }},
    {"LessEqual", kNumpy, "less_equal", 2,
     [](const Inputs& in, Arguments&) { return in[0] <= in[1]; }},
    {"Greater", kNumpy, "greater", 2, [](const Inputs& in, Arguments&) { return in[0] > in[1]; }},
    {"GreaterEqual", kNumpy, "greater_equal", 2,
     [](const Inputs& in, Arguments&) { return in[0] >= in[1]; }},
    {"LogicalAnd", kNumpy, "logical_and", 2,
     [](const Inputs& in, Arguments&) { return ops::logical_and(in[0], in[1]); }},
    {"LogicalOr", kNumpy, "logical_or", 2,
     [](const Inputs& in, Arguments&) { return ops::logical_or(in[0], in[1]); }},
    {"LogicalNot", kNumpy, "logical_not", 1,
     [](const Inputs& in, Arguments&) { return ops::logical_not(in[0]); }},
    {"Where", kNumpy, "where", 3,
     [](const Inputs& in, Arguments&) { return ops::where(in[0], in[1], in[2]); }},
    {"ZerosLike", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::zeros_like(in[0], dtype_of(a)); }},
    {"OnesLike", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::ones_like(in[0], dtype_of(a)); }},
    {"ExpandDims", kNumpy, "", 1, expand_dims},
    {"Squeeze", kNumpy, "", 1, squeeze},
    {"Any", kNumpy, "", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::any(in[0], arguments.reduce()); }},
    {"All", kNumpy, "", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::all(in[0], arguments.reduce()); }},
    {"Cast", kCore, "cast", 1, cast},
    {"Reshape", kNumpy, "reshape", 1, reshape},
    {"Transpose", kNumpy, "", 1, transpose},
    {"Swapaxes", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) {
       return ops::swapaxes(in[0], a.axis_at("axis1"), a.axis_at("axis2"));
     }},
    {"Flip", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::flip(in[0], a.reduce().axis); }},
    {"Clip", kNumpy, "", 1, clip},
    {"Stack", kNumpy, "", 0,
     [](const Inputs& in, Arguments& arguments) { return ops::stack(in, arguments.axis(0)); }},
    {"Einsum", kNumpy, "", 0,
     [](const Inputs& in, Arguments& arguments) {
       return ops::einsum(arguments.at("subscripts").as_string(), in);
     }},
    {"StopGradient", kCore, "stop_gradient", 1,
     [](const Inputs& in, Arguments&) { return ops::stop_gradient(in[0]); }},
    {"Elu", kNn, "", 1,
     [](const Inputs& in, Arguments& a) { return activations::elu(in[0], a.number("alpha", 1)); }},
    {"Selu", kNn, "", 1, [](const Inputs& in, Arguments&) { return activations::selu(in[0]); }},
    {"Gelu", kNn, "", 1, gelu},
    {"Silu", kNn, "", 1, [](const Inputs& in, Arguments&) { return activations::silu(in[0]); }},
    {"LeakyRelu", kNn, "", 1,
     [](const Inputs& in,
        Arguments& a) { return activations::leaky_relu(in[0], a.number("negative_slope", 0.2)); }},
    {"Relu6", kNn, "", 1, [](const Inputs& in, Arguments&) { return activations::relu6(in[0]); }},
    {"HardSigmoid", kNn, "", 1,
     [](const Inputs& in, Arguments&) { return activations::hard_sigmoid(in[0]); }},
    {"LogSigmoid", kNn, "", 1,
     [](const Inputs& in, Arguments&) { return activations::log_sigmoid(in[0]); }},
    {"Softsign", kNn, "", 1,
     [](const Inputs& in, Arguments&) { return activations::softsign(in[0]); }},
    {"LogSoftmax", kNn, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::log_softmax(in[0], a.axis()); }},
    {"Softmax", kNn, "softmax", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::softmax(in[0], arguments.axis()); }},
    {"Concatenate", kNumpy, "concatenate", 0,
     [](const Inputs& in, Arguments& arguments) { return ops::concatenate(in, arguments.axis()); }},
    {"Sum", kNumpy, "sum", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::sum(in[0], arguments.reduce()); }},
    {"Mean", kNumpy, "", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::mean(in[0], arguments.reduce()); }},
    {"Var", kNumpy, "", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::var(in[0], arguments.reduce()); }},
    {"Std", kNumpy, "", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::std(in[0], arguments.reduce()); }},
    {"Logsumexp", kMath, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::logsumexp(in[0], a.reduce()); }},
    {"Max", kNumpy, "max", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::max(in[0], arguments.reduce()); }},
    {"Min", kNumpy, "min", 1,
     [](const Inputs& in, Arguments& arguments) { return ops::min(in[0], arguments.reduce()); }},
    {"Prod", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::prod(in[0], a.reduce()); }},
    {"Argmax", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::argmax(in[0], arg_options(a)); }},
    {"Argmin", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::argmin(in[0], arg_options(a)); }},
    {"Cumsum", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::cumsum(in[0], a.axis_or_none("axis")); }},
    {"Sort", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::sort(in[0], a.axis()); }},
    {"Argsort", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::argsort(in[0], a.axis()); }},
    {"Take", kNumpy, "", 2,
     [](const Inputs& in,
        Arguments& a) { return ops::take(in[0], in[1], a.axis_or_none("axis")); }},
    {"TakeAlongAxis", kNumpy, "", 2,
     [](const Inputs& in,
        Arguments& a) { return ops::take_along_axis(in[0], in[1], a.axis_or_none("axis")); }},
    {"OneHot", kNn, "", 1, one_hot},
    {"Pad", kNumpy, "", 1, pad},
    {"Tile", kNumpy, "", 1,
     [](const Inputs& in, Arguments& a) { return ops::tile(in[0], a.integers("repeats")); }},
    {"Repeat", kNumpy, "", 1,
     [](const Inputs& in,
        Arguments&
            a) { return ops::repeat(in[0], a.at("repeats").as_integer(), a.axis_or_none("axis")); }},
    {"BroadcastTo", kNumpy, "", 1,
     [](const Inputs& in,
        Arguments& a) { return ops::broadcast_to(in[0], Shape(a.integers("shape"))); }},
    {"Moveaxis", kNumpy, "", 1,
     [](const Inputs& in,
        Arguments&
            a) { return ops::moveaxis(in[0], a.axis_at("source"), a.axis_at("destination")); }},
    {"Ravel", kNumpy, "", 1, [](const Inputs& in, Arguments&) { return ops::ravel(in[0]); }},
    {"Dot", kNumpy, "", 2, [](const Inputs& in, Arguments&) { return ops::dot(in[0], in[1]); }},
    {"Erf", kMath, "", 1, [](const Inputs& in, Arguments&) { return ops::erf(in[0]); }},
    {"Split", kNumpy, "", 1, nullptr, split},
};

template <class Reduction>
Config reduction_config(const Reduction& reduction) {
  return Config::map({{"axis", reduction.axes}, {"keepdims", reduction.keepdims}});
}

// The constructor arguments of the ops that have attributes; none for the rest.
Config attributes_of(const Node& node) {
  if (const auto* op = node.op_as<ops::Cast>()) return Config::map({{"dtype", name(op->dtype)}});
  if (const auto* op = node.op_as<ops::Softmax>()) return Config::map({{"axis", op->axis}});
  if (const auto* op = node.op_as<ops::Concatenate>()) return Config::map({{"axis", op->axis}});
  if (const auto* op = node.op_as<ops::Sum>()) return reduction_config(*op);
  if (const auto* op = node.op_as<ops::Max>()) return reduction_config(*op);
  if (const auto* op = node.op_as<ops::Min>()) return reduction_config(*op);
  if (const auto* op = node.op_as<ops::Reshape>()) {
    const auto sizes = op->shape.dims();
    return Config::map({{"newshape", std::vector<std::int64_t>(sizes.begin(), sizes.end())}});
  }
  return Config::map();
}

}  // namespace

Operation operation_of(const Node& node) {
  const auto* product = node.op_as<ops::Matmul>();
  const bool is_plain = product == nullptr || (!product->transpose_a && !product->transpose_b);
  for (const Entry& entry : kEntries) {
    if (is_plain && !entry.op.empty() && entry.op == node.op().name()) {
      return {std::string(entry.module), std::string(entry.class_name), attributes_of(node),
              entry.inputs == 0};
    }
  }
  throw StateError("the op \"" + std::string(node.op().name()) +
                   "\" between layers has no class in Keras; put it into a layer of your own");
}

bool is_operation(const Config& serialized) {
  const Config* module = serialized.find("module");
  if (module == nullptr || !module->is_string()) return false;
  const std::string& name = module->as_string();
  return name.rfind("keras.src.ops.", 0) == 0 || name.rfind("keras.ops", 0) == 0;
}

std::vector<Value> apply_operation(const SerializedObject& object,
                                   const std::vector<Value>& inputs) {
  std::vector<std::string_view> names;
  for (const Entry& entry : kEntries) {
    names.push_back(entry.class_name);
    if (entry.class_name != object.class_name) continue;
    if (entry.inputs != 0 && static_cast<std::size_t>(entry.inputs) != inputs.size()) {
      throw ValueError("expected " + std::to_string(entry.inputs) + " inputs, got " +
                       std::to_string(inputs.size()));
    }
    Arguments arguments(object.config);
    const std::vector<Value> results = entry.apply_all != nullptr
                                           ? entry.apply_all(inputs, arguments)
                                           : std::vector{entry.apply(inputs, arguments)};
    arguments.require_no_others();
    return results;
  }
  throw ValueError(unknown_name("operation", object.class_name, names));
}

}  // namespace antler
