#include "antler/compiler/algebra.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>

namespace antler {
namespace {

constexpr double kLargestWhole =
    1e15;  // whole numbers up to here are exact, with room for products

// How closely the parts of a text hold together, loosest first.
enum Binding : int { kComparison, kSum, kProduct, kPower, kName };

bool is_whole(double value) {
  return std::abs(value) <= kLargestWhole && std::floor(value) == value;
}

}  // namespace

std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char text[40];
  if (is_whole(value)) {
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
  }
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  std::string out = text;
  std::replace(out.begin(), out.end(), ',', '.');  // a locale's point
  return out;
}

// What a power is of: a text, or a sum in brackets.
struct Expression::Base {
  std::string text;
  std::string key;  // equal for bases that are equal
  int binding = kName;
  std::vector<Term> sum = {};
};

// ---------------------------------------------------------------------------- making

Expression::Expression(double number) {
  if (number == 0) return;
  Term term;
  multiply_in(term, number, 1);
  terms_.push_back(std::move(term));
}

Expression Expression::of(Term term) {
  Expression made;
  if (term.over != 0) made.terms_.push_back(std::move(term));
  return made;
}

Expression Expression::of(const Base& base, double exponent) {
  Term term;
  multiply_in(term, Factor{std::make_shared<const Base>(base), exponent});
  return of(std::move(term));
}

Expression Expression::symbol(std::string name) {
  return of(Base{.text = name, .key = std::move(name)});
}

Expression Expression::call(const std::string& name, const std::vector<std::string>& arguments) {
  std::string text = name + "(";
  for (const std::string& argument : arguments) {
    text += (&argument == arguments.data() ? "" : ", ") + argument;
  }
  return symbol(text + ")");
}

Expression Expression::infix(const Expression& a, const std::string& sign, const Expression& b) {
  const std::string text = a.in_brackets() + " " + sign + " " + b.in_brackets();
  return of(Base{.text = text, .key = text, .binding = sign == "@" ? kProduct : kComparison});
}

// ---------------------------------------------------------------------------- arithmetic

// Fractions of whole numbers stay exact; others are divided out: 0.1 stays 0.1, not 1/10.
void Expression::multiply_in(Term& term, double over, double under) {
  term.over *= over;
  term.under *= under;
  if (term.under < 0) {
    term.over = -term.over;
    term.under = -term.under;
  }
  if (is_whole(term.over) && is_whole(term.under) && term.under != 0) {
    const auto common = static_cast<double>(
        std::gcd(static_cast<long long>(term.over), static_cast<long long>(term.under)));
    term.over /= common;
    term.under /= common;
  } else {
    term.over /= term.under;
    term.under = 1;
  }
}

void Expression::multiply_in(Term& term, const Factor& factor) {
  for (std::size_t i = 0; i < term.factors.size(); ++i) {
    Factor& known = term.factors[i];
    if (known.base->key != factor.base->key) continue;
    known.exponent += factor.exponent;
    if (known.exponent == 0) {
      term.factors.erase(term.factors.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return;
  }
  if (factor.exponent != 0) term.factors.push_back(factor);
}

// The whole as one term: a sum of several becomes a bracket.
Expression::Term Expression::as_term() const {
  if (terms_.size() == 1) return terms_[0];
  Term term;
  if (terms_.empty()) {
    term.over = 0;
    return term;
  }
  const Base bracket{.text = text(), .key = "(" + key() + ")", .binding = kSum, .sum = terms_};
  term.factors.push_back({std::make_shared<const Base>(bracket), 1});
  return term;
}

void Expression::add(const Term& term) {
  const bool is_bracket = term.factors.size() == 1 && term.factors[0].exponent == 1 &&
                          !term.factors[0].base->sum.empty() && std::abs(term.over) == 1 &&
                          term.under == 1;
  if (is_bracket) {
    for (Term inner : term.factors[0].base->sum) {
      inner.over *= term.over;
      add(inner);
    }
    return;
  }
  const std::string key = key_of(term);
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    Term& known = terms_[i];
    if (key_of(known) != key) continue;
    const double over = known.over * term.under + term.over * known.under;
    const double under = known.under * term.under;
    known.over = known.under = 1;
    multiply_in(known, over, under);
    if (known.over == 0) terms_.erase(terms_.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
  if (term.over != 0) terms_.push_back(term);
}

Expression operator+(const Expression& a, const Expression& b) {
  Expression sum;
  for (const auto& term : a.terms_) sum.add(term);
  for (const auto& term : b.terms_) sum.add(term);
  return sum;
}

Expression Expression::operator-() const { return Expression(-1) * *this; }

Expression operator-(const Expression& a, const Expression& b) {
  Expression negative = b;
  for (auto& term : negative.terms_) term.over = -term.over;
  return a + negative;
}

Expression operator*(const Expression& a, const Expression& b) {
  Expression::Term product = a.as_term();
  const Expression::Term other = b.as_term();
  Expression::multiply_in(product, other.over, other.under);
  for (const auto& factor : other.factors) Expression::multiply_in(product, factor);
  Expression made;
  made.add(product);  // opens a bracket that is left alone
  return made;
}

Expression operator/(const Expression& a, const Expression& b) { return a * b.raised(-1); }

// A product is raised factor by factor where that says the same for all numbers.
Expression Expression::raised(double exponent) const {
  if (exponent == 1) return *this;
  if (is_number()) {
    if (exponent == -1 && number() != 0) {
      Term term;
      multiply_in(term, terms_[0].under, terms_[0].over);
      return of(std::move(term));
    }
    const double value = std::pow(number(), exponent);
    if (std::isfinite(value)) return Expression(value);
    return of(Base{.text = text(), .key = text(), .binding = number() >= 0 ? kName : kSum},
              exponent);
  }
  const Term term = as_term();
  const bool is_single = term.factors.size() == 1 && term.over == 1 && term.under == 1;
  if (!(is_whole(exponent) && (is_single || exponent == -1))) {
    if (is_single && term.factors[0].exponent == 1) {
      return of(*term.factors[0].base, exponent);
    }
    return of(Base{.text = text(), .key = "(" + key() + ")", .binding = kSum}, exponent);
  }
  Term made;
  multiply_in(made, std::pow(term.over, std::abs(exponent)),
              std::pow(term.under, std::abs(exponent)));
  if (exponent < 0) {
    Term turned;
    multiply_in(turned, made.under, made.over);
    made = turned;
  }
  for (const Factor& factor : term.factors) {
    multiply_in(made, Factor{factor.base, factor.exponent * exponent});
  }
  return of(std::move(made));
}

Expression Expression::power(const Expression& base, const Expression& exponent) {
  if (exponent.is_number()) return base.raised(exponent.number());
  const bool is_bare = base.is_simple() && !(base.is_number() && base.number() < 0);
  const std::string text = (is_bare ? base.text() : "(" + base.text() + ")") + "^" +
                           (exponent.is_simple() ? exponent.text() : "(" + exponent.text() + ")");
  return of(Base{.text = text, .key = text, .binding = kPower});
}

// ---------------------------------------------------------------------------- reading

bool Expression::is_number() const {
  return terms_.empty() || (terms_.size() == 1 && terms_[0].factors.empty());
}

double Expression::number() const {
  return terms_.empty() || !is_number() ? 0 : terms_[0].over / terms_[0].under;
}

bool Expression::is_simple() const {
  if (terms_.empty()) return true;
  if (terms_.size() != 1) return false;
  const Term& term = terms_[0];
  if (term.factors.empty()) return term.over >= 0 && term.under == 1;
  return term.factors.size() == 1 && term.over == 1 && term.under == 1 &&
         term.factors[0].exponent == 1 && term.factors[0].base->binding == kName;
}

std::string Expression::in_brackets() const { return is_simple() ? text() : "(" + text() + ")"; }

std::string Expression::key_of(const Term& term) {
  std::vector<std::string> keys;
  for (const Factor& factor : term.factors) {
    keys.push_back(factor.base->key + "^" + number_text(factor.exponent));
  }
  std::sort(keys.begin(), keys.end());
  std::string key;
  for (const std::string& each : keys) key += each + "*";
  return key;
}

std::string Expression::key() const {
  std::vector<std::string> keys;
  for (const Term& term : terms_) {
    keys.push_back(number_text(term.over) + "/" + number_text(term.under) + "*" + key_of(term));
  }
  std::sort(keys.begin(), keys.end());
  std::string key;
  for (const std::string& each : keys) key += each + "+";
  return key;
}

std::string Expression::text_of(const Factor& factor, double exponent) {
  const Base& base = *factor.base;
  const bool is_bare = base.binding >= (exponent == 1 ? kPower : kName);
  const std::string text = is_bare ? base.text : "(" + base.text + ")";
  if (exponent == 1) return text;
  const std::string power = number_text(exponent);
  return text + "^" + (exponent < 0 ? "(" + power + ")" : power);
}

// Without the sign of `over`.
std::string Expression::text_of(const Term& term, int around) {
  std::vector<std::string> above, below;
  const double over = std::abs(term.over);
  const bool has_numerator = std::any_of(term.factors.begin(), term.factors.end(),
                                         [](const Factor& f) { return f.exponent > 0; });
  if (over != 1 || !has_numerator) above.push_back(number_text(over));
  if (term.under != 1) below.push_back(number_text(term.under));
  const bool is_base =
      over == 1 && term.under == 1 && term.factors.size() == 1 && term.factors[0].exponent == 1;
  if (is_base && term.factors[0].base->binding >= around) return term.factors[0].base->text;
  for (const Factor& factor : term.factors) {
    if (factor.exponent > 0) above.push_back(text_of(factor, factor.exponent));
    if (factor.exponent < 0) below.push_back(text_of(factor, -factor.exponent));
  }
  const auto joined = [](const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "*") + part;
    return text;
  };
  if (below.empty()) return joined(above);
  return joined(above) + "/" + (below.size() == 1 ? below[0] : "(" + joined(below) + ")");
}

std::string Expression::text() const {
  if (terms_.empty()) return "0";
  std::string text;
  for (const Term& term : terms_) {
    const bool is_negative = term.over < 0;
    const bool is_first = &term == terms_.data();
    if (is_first) {
      text += is_negative ? "-" : "";
    } else {
      text += is_negative ? " - " : " + ";
    }
    text += text_of(term, terms_.size() == 1 && !is_negative ? kComparison : kProduct);
  }
  return text;
}

}  // namespace antler
