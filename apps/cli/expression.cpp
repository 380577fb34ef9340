#include "apps/cli/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/graph/node.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/exponential.h"
#include "antler/ops/power.h"
#include "antler/ops/relu.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/trigonometric.h"

namespace antler::cli {
namespace {

constexpr int kDeepest = 200;  // brackets in brackets

struct NamedFunction {
  std::string_view name;
  Value (*function)(const Value& x);
};
constexpr NamedFunction kFunctions[] = {{"exp", ops::exp},
                                        {"log", ops::log},
                                        {"sigmoid", ops::sigmoid},
                                        {"tanh", ops::tanh},
                                        {"relu", ops::relu}};

const NamedFunction* find_function(std::string_view name) {
  const auto* found = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                   [&](const NamedFunction& f) { return f.name == name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Recursive descent, a method for each level of binding.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {
    text_.remove_prefix(std::min(text_.find_first_not_of(' '), text_.size()));
  }

  ParsedExpression parse() {
    do {
      skip_blanks();
      if (at_ == text_.size() && !parsed_.assigned.empty()) break;  // a ; at the end
      parse_assignment();
    } while (take(';'));
    if (at_ < text_.size()) fail("an operator or ;");
    return std::move(parsed_);
  }

 private:
  void parse_assignment() {
    const std::size_t start = at_;
    std::string name;
    if (at_ < text_.size() && is_letter(text_[at_])) name = take_name();
    if (name.empty() || !take('=')) {
      at_ = start;
      assign("", parse_sum());
      return;
    }
    if (find_function(name) != nullptr) {
      at_ = start;
      fail("a name that is no function's");
    }
    if (find(parsed_.assigned, name) != nullptr) {
      at_ = start;
      fail("a new name before =", name + ", which has a value already");
    }
    if (find(parsed_.inputs, name) != nullptr) {
      at_ = start;
      fail("a new name before =", name + ", which was read before; assign it first");
    }
    assign(name, parse_sum());
  }

  // A result is a node of its own: what has a name already, or is a number, is copied.
  void assign(std::string name, Value value) {
    if (name.empty()) {
      name = "J";
      if (find(parsed_.inputs, name) != nullptr || find(parsed_.assigned, name) != nullptr) {
        throw ValueError(fmt::format(
            "expected a name for the value of \"{}\", for J is taken; write J2 = ...", text_));
      }
    }
    const auto is_known = [&](const auto& named) { return named.second.is_same(value); };
    if (!value.node().is_op() ||
        std::any_of(parsed_.assigned.begin(), parsed_.assigned.end(), is_known)) {
      value = apply(ops::Cast{.dtype = DType::float64}, {value});
    }
    parsed_.assigned.emplace_back(std::move(name), std::move(value));
  }

  Value parse_sum() {
    Value sum = parse_product();
    while (true) {
      if (take('+')) {
        sum = sum + parse_product();
      } else if (take('-')) {
        sum = sum - parse_product();
      } else {
        return sum;
      }
    }
  }

  Value parse_product() {
    Value product = parse_signed();
    while (true) {
      if (take('*')) {
        product = product * parse_signed();
      } else if (take('/')) {
        product = product / parse_signed();
      } else {
        return product;
      }
    }
  }

  Value parse_signed() {
    if (!take('-')) return parse_power();
    const Deeper deeper(*this);
    skip_blanks();
    // The minus of a number is part of it.
    const bool is_number = at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.');
    const Value value = parse_signed();
    const Node& node = value.node();
    if (is_number && node.kind() == NodeKind::constant) {
      return number(-node.constant_value().item<double>());
    }
    return -value;
  }

  Value parse_power() {
    const Value base = parse_atom();
    if (!take('^')) return base;
    const Deeper deeper(*this);
    return ops::power(base, parse_signed());
  }

  Value parse_atom() {
    skip_blanks();
    if (take('(')) {
      const Deeper deeper(*this);
      const Value inner = parse_sum();
      expect(')');
      return inner;
    }
    if (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) return take_number();
    if (at_ == text_.size() || !is_letter(text_[at_])) fail("a number, a name or (");
    const std::size_t start = at_;
    const std::string name = take_name();
    const NamedFunction* function = find_function(name);
    if (take('(')) {
      if (function == nullptr) {
        std::vector<std::string_view> names;
        for (const NamedFunction& each : kFunctions) names.push_back(each.name);
        throw ValueError(fmt::format("position {} of \"{}\": {}", start + 1, text_,
                                     unknown_name("function", name, names)));
      }
      const Deeper deeper(*this);
      const Value inner = parse_sum();
      expect(')');
      return function->function(inner);
    }
    if (function != nullptr) fail(fmt::format("( after {}", name));
    if (const Value* known = find(parsed_.assigned, name)) return *known;
    if (const Value* known = find(parsed_.inputs, name)) return *known;
    parsed_.inputs.emplace_back(name, make_input({{}, DType::float64}, name));
    return parsed_.inputs.back().second;
  }

  static Value number(double value) { return Tensor::full({}, value, DType::float64); }

  Value take_number() {
    double value = 0;
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error != std::errc() || !std::isfinite(value)) fail("a number that float64 holds");
    at_ += static_cast<std::size_t>(end - begin);
    return number(value);
  }

  std::string take_name() {
    const std::size_t start = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) {
      ++at_;
    }
  }

  bool take(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void expect(char c) {
    if (!take(c)) fail(fmt::format("an operator or {}", c));
  }

  static const Value* find(const std::vector<std::pair<std::string, Value>>& values,
                           std::string_view name) {
    for (const auto& [known, value] : values) {
      if (known == name) return &value;
    }
    return nullptr;
  }

  [[noreturn]] void fail(const std::string& expected, std::string got = "") {
    skip_blanks();
    if (got.empty()) {
      got =
          at_ < text_.size() ? fmt::format("\"{}\"", text_.substr(at_, letter_bytes())) : "the end";
    }
    const bool is_python =
        at_ > 0 && at_ < text_.size() && text_[at_] == '*' && text_[at_ - 1] == '*';
    throw ValueError(fmt::format("position {} of \"{}\": expected {}, got {}{}", at_ + 1, text_,
                                 expected, got, is_python ? "; powers are written ^" : ""));
  }

  // Of the character at hand: one of UTF-8 is not torn.
  std::size_t letter_bytes() const {
    std::size_t bytes = 1;
    while (at_ + bytes < text_.size() &&
           (static_cast<unsigned char>(text_[at_ + bytes]) & 0xC0) == 0x80) {
      ++bytes;
    }
    return bytes;
  }

  class Deeper {
   public:
    explicit Deeper(Parser& parser) : depth_(parser.depth_) {
      if (++depth_ > kDeepest) {
        throw ValueError(fmt::format("expected at most {} brackets within each other", kDeepest));
      }
    }
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    int& depth_;
  };

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  ParsedExpression parsed_;
};

}  // namespace

ParsedExpression parse_expression(std::string_view text) { return Parser(text).parse(); }

}  // namespace antler::cli
