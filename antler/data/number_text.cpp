#include "antler/data/number_text.h"

#include <locale.h>

#include <clocale>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>
#include <string>

namespace antler {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

// The general case: strtod reads what fits no exact product; in the C locale, where a decimal comma
// cannot come in.
double slow_number(std::string_view text) {
  static const locale_t c_locale = newlocale(LC_ALL_MASK, "C", nullptr);
  if (c_locale == nullptr) throw std::bad_alloc();
  return strtod_l(std::string(text).c_str(), nullptr, c_locale);
}

constexpr double kPowersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Up to 2^53 and 10^22 both factors are exact, so one multiplication or division rounds correctly
// (Clinger, 1990): nearly every number in a data file.
std::optional<double> parse_number(std::string_view text) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) ++at;
  const std::string_view unsigned_text = text.substr(at);
  if (equals_ignoring_case(unsigned_text, "nan")) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  if (equals_ignoring_case(unsigned_text, "inf") ||
      equals_ignoring_case(unsigned_text, "infinity")) {
    const double infinity = std::numeric_limits<double>::infinity();
    return negative ? -infinity : infinity;
  }
  std::uint64_t digits = 0;
  int digit_count = 0, decimals = 0;
  bool exact = true, point = false;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
      continue;
    }
    ++digit_count;
    if (point) ++decimals;
    exact = exact && digits < (std::uint64_t{1} << 53) / 10;
    if (exact) digits = digits * 10 + static_cast<std::uint64_t>(text[at] - '0');
  }
  if (digit_count == 0) return std::nullopt;
  int exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    const bool down = at < text.size() && text[at] == '-';
    if (down || (at < text.size() && text[at] == '+')) ++at;
    if (at == text.size()) return std::nullopt;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      if (exponent < 100000) exponent = exponent * 10 + (text[at] - '0');
    }
    if (down) exponent = -exponent;
  }
  if (at != text.size()) return std::nullopt;
  exponent -= decimals;
  if (!exact || exponent < -22 || exponent > 22) return slow_number(text);
  const double value = static_cast<double>(digits);
  const double magnitude =
      exponent < 0 ? value / kPowersOfTen[-exponent] : value * kPowersOfTen[exponent];
  return negative ? -magnitude : magnitude;
}

}  // namespace antler
