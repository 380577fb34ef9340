#include "antler/layers/einsum_dense.h"

#include <algorithm>
#include <string_view>

#include "antler/initializers/variance_scaling.h"
#include "antler/layers/layer_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/einsum.h"

namespace antler {
namespace {

// "...ab,bc->...ac" taken apart; the dots may stand in front of or behind x and y, not in between.
struct Equation {
  std::string x, kernel, y;
  bool dots_in_front = false;
  bool dots_behind = false;
};

bool are_letters(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
  });
}

// The letters of one side, and whether the dots were where they have to be.
bool take_dots(std::string& side, bool front, bool behind) {
  constexpr std::string_view kDots = "...";
  if (front && side.substr(0, 3) == kDots) {
    side = side.substr(3);
  } else if (behind && side.size() > 3 && side.substr(side.size() - 3) == kDots) {
    side = side.substr(0, side.size() - 3);
  } else if (front || behind) {
    return false;
  }
  return are_letters(side);
}

std::optional<Equation> parse(const std::string& text) {
  const std::size_t comma = text.find(','), arrow = text.find("->");
  if (comma == std::string::npos || arrow == std::string::npos || arrow < comma) return {};
  Equation equation{text.substr(0, comma), text.substr(comma + 1, arrow - comma - 1),
                    text.substr(arrow + 2)};
  equation.dots_in_front = text.substr(0, 3) == "...";
  equation.dots_behind = !equation.dots_in_front && equation.x.find("...") != std::string::npos;
  const bool front = equation.dots_in_front, behind = equation.dots_behind;
  const bool valid = take_dots(equation.x, front, behind) && take_dots(equation.y, front, behind) &&
                     are_letters(equation.kernel);
  if (!valid) return {};
  return equation;
}

class EinsumDenseLayer final : public LayerWithOptions<EinsumDenseOptions> {
 public:
  EinsumDenseLayer(const std::string& text, const Shape& output_shape,
                   const EinsumDenseOptions& options)
      : LayerWithOptions(options), text_(text), output_shape_(output_shape) {
    const auto require = [&](bool valid, const std::string& what) {
      require_argument("EinsumDense", options, valid, what);
    };
    const std::optional<Equation> parsed = parse(text);
    require(parsed.has_value(),
            "expected an equation such as \"ab,bc->ac\", \"...b,bc->...c\" or "
            "\"ab...,bc->ac...\", got \"" +
                text + "\"");
    equation_ = *parsed;
    for (const char letter : equation_.y) {
      require(has(equation_.x, letter) || has(equation_.kernel, letter),
              std::string("expected the output's letters in the input or the kernel, got \"") +
                  letter + "\" in \"" + text + "\"");
    }
    for (const char letter : equation_.kernel) {
      require(has(equation_.x, letter) || has(equation_.y, letter),
              std::string("expected the kernel's letters in the input or the output, got \"") +
                  letter + "\" in \"" + text + "\"");
    }
    for (const char letter : options.bias_axes.value_or("")) {
      require(has(equation_.y, letter),
              std::string("expected bias_axes to be letters of the output, got \"") + letter +
                  "\" for \"" + text + "\"");
    }
    const std::size_t sizes = equation_.y.size() - (equation_.dots_in_front ? 0 : 1);
    require(static_cast<std::size_t>(output_shape.rank()) == sizes,
            "expected output_shape to have " + std::to_string(sizes) + " sizes for \"" + text +
                "\", got " + output_shape.to_string());
  }

  std::string class_name() const override { return "EinsumDense"; }

  void build(const Shape& input) override {
    check_rank(input);
    Shape kernel;
    std::vector<int> inputs, outputs;
    for (const char letter : equation_.kernel) {
      const std::int64_t size =
          has(equation_.y, letter) ? output_size(letter, input) : input_size(letter, input);
      if (size == None) {
        throw ShapeError(std::string("expected a known size for \"") + letter + "\" in \"" + text_ +
                         "\", got " + input.to_string() +
                         "; give Input() or output_shape its size");
      }
      (has(equation_.y, letter) ? outputs : inputs).push_back(kernel.rank());
      kernel = kernel.inserted(kernel.rank(), size);
    }
    check_shared(input);
    kernel_ = add_weight({.name = "kernel",
                          .shape = kernel,
                          .initializer = initializers::with_fan_axes(
                              options().kernel_initializer.get(), inputs, outputs),
                          .regularizer = options().kernel_regularizer,
                          .constraint = options().kernel_constraint});
    if (!options().bias_axes) return;
    bias_ = add_weight({.name = "bias",
                        .shape = bias_shape(input),
                        .initializer = options().bias_initializer,
                        .regularizer = options().bias_regularizer,
                        .constraint = options().bias_constraint});
  }

  Value call(const Value& x, CallContext&) const override {
    check_rank(x.shape());
    Value y = ops::einsum(text_, {x, kernel_});
    if (bias_) y = y + bias_;
    return options().activation(y);
  }

  Config get_config() const override {
    return with_argument(
        with_argument(LayerWithOptions::get_config(), "output_shape", to_config(output_shape_)),
        "equation", text_);
  }

 private:
  static bool has(const std::string& letters, char letter) {
    return letters.find(letter) != std::string::npos;
  }

  // How many axes the dots stand for.
  int elided(const Shape& input) const {
    return input.rank() - static_cast<int>(equation_.x.size());
  }

  void check_rank(const Shape& input) const {
    const bool dots = equation_.dots_in_front || equation_.dots_behind;
    if (elided(input) == 0 || (dots && elided(input) > 0)) return;
    throw ShapeError("expected " + std::string(dots ? "at least " : "") +
                     std::to_string(equation_.x.size()) + " dimensions for \"" + text_ +
                     "\", got " + input.to_string());
  }

  std::int64_t input_size(char letter, const Shape& input) const {
    const int place = static_cast<int>(equation_.x.find(letter));
    return input[equation_.dots_in_front ? place + elided(input) : place];
  }

  // The batch is y's first axis; with dots in front it is one of theirs.
  std::int64_t output_size(char letter, const Shape& input) const {
    const int place = static_cast<int>(equation_.y.find(letter));
    if (equation_.dots_in_front && elided(input) > 0) return output_shape_[place];
    return place == 0 ? input[0] : output_shape_[place - 1];
  }

  void check_shared(const Shape& input) const {
    for (const char letter : equation_.x) {
      if (!has(equation_.y, letter)) continue;
      const std::int64_t before = input_size(letter, input), after = output_size(letter, input);
      if (before == None || after == None || before == after) continue;
      throw ShapeError(std::string("expected the size ") + std::to_string(before) + " of \"" +
                       letter + "\" in output_shape, as the input " + input.to_string() +
                       " has it, got " + output_shape_.to_string());
    }
  }

  // From the first letter of bias_axes to the end; 1 for the letters that it lacks.
  Shape bias_shape(const Shape& input) const {
    const std::string& axes = *options().bias_axes;
    std::vector<std::int64_t> sizes;
    for (const char letter : equation_.y) {
      if (has(axes, letter)) {
        const std::int64_t size = output_size(letter, input);
        sizes.push_back(size == None && has(equation_.x, letter) ? input_size(letter, input)
                                                                 : size);
      } else if (!sizes.empty()) {
        sizes.push_back(1);
      }
    }
    if (equation_.dots_behind) {
      sizes.insert(sizes.end(), static_cast<std::size_t>(elided(input)), 1);
    }
    return Shape(sizes);
  }

  std::string text_;
  Equation equation_;
  Shape output_shape_;
  Variable kernel_, bias_;
};

}  // namespace

EinsumDense::EinsumDense(const std::string& equation, const Shape& output_shape,
                         const EinsumDenseOptions& options)
    : Layer(std::make_shared<EinsumDenseLayer>(equation, output_shape, options)) {}

EinsumDense::EinsumDense(const std::string& equation, std::int64_t output_size,
                         const EinsumDenseOptions& options)
    : EinsumDense(equation, Shape{output_size}, options) {}

Layer EinsumDense::from_config(const Config& config) {
  const auto options =
      layer_options<EinsumDenseOptions>("EinsumDense", config, {"equation", "output_shape"});
  const Config* sizes = config.find("output_shape");
  const auto equation = required_argument<std::string>("EinsumDense", config, "equation");
  if (sizes != nullptr && sizes->is_integer()) {
    return EinsumDense(equation, sizes->as_integer(), options);
  }
  return EinsumDense(equation, required_argument<Shape>("EinsumDense", config, "output_shape"),
                     options);
}

}  // namespace antler
