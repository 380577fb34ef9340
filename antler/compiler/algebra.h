#pragma once

#include <memory>
#include <string>
#include <vector>

namespace antler {

/// A number as it is read: "2", "0.1", "-4", "1e-07"; the shortest decimals that read back.
std::string number_text(double value);

/// A formula in the form in which one writes it on paper: sums of terms, each a fraction times
/// powers. Like terms and like factors are taken together as soon as they meet, so w*1 + w*1 is
/// 2*w, and -(1/w)/w is -1/w^2; brackets are not multiplied out.
///
/// Equal as real numbers are, not bit by bit, and not where a part is infinite or undefined: for
/// reading, never for computing.
class Expression {
 public:
  /// A number.
  Expression(double number = 0);
  /// A name, or any text that binds as closely as one.
  static Expression symbol(std::string name);
  /// name(arguments ...).
  static Expression call(const std::string& name, const std::vector<std::string>& arguments);
  /// Two operands around a sign that is none of arithmetic: "x > 0", "x @ w".
  static Expression infix(const Expression& a, const std::string& sign, const Expression& b);

  friend Expression operator+(const Expression& a, const Expression& b);
  friend Expression operator-(const Expression& a, const Expression& b);
  friend Expression operator*(const Expression& a, const Expression& b);
  friend Expression operator/(const Expression& a, const Expression& b);
  Expression operator-() const;
  static Expression power(const Expression& base, const Expression& exponent);

  bool is_number() const;
  /// The number; 0 for what is none.
  double number() const;
  /// Whether it is a single name, number or call, which needs no brackets anywhere.
  bool is_simple() const;
  /// With as few brackets as can be: "(w*x + b - y)^2/2".
  std::string text() const;
  /// The same, in brackets unless it is simple.
  std::string in_brackets() const;

 private:
  struct Base;
  /// base^exponent; the bases of a term differ from each other.
  struct Factor {
    std::shared_ptr<const Base> base;
    double exponent = 1;
  };
  /// over/under * factors; `under` is above 0, both are whole unless it is 1.
  struct Term {
    double over = 1;
    double under = 1;
    std::vector<Factor> factors;
  };

  static Expression of(Term term);
  static Expression of(const Base& base, double exponent = 1);
  static void multiply_in(Term& term, double over, double under);
  static void multiply_in(Term& term, const Factor& factor);
  static std::string key_of(const Term& term);
  /// `around`: what the text may bind as loosely as.
  static std::string text_of(const Term& term, int around);
  static std::string text_of(const Factor& factor, double exponent);
  Term as_term() const;
  Expression raised(double exponent) const;
  void add(const Term& term);
  std::string key() const;

  std::vector<Term> terms_;  // none: 0
};

}  // namespace antler
