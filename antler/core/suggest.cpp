#include "antler/core/suggest.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace antler {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitute});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::string wanted = lower(name.substr(0, 64));
  std::string best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance * 2 > std::max(wanted.size(), candidate.size())) continue;
    if (best.empty() || distance < best_distance) {
      best = std::string(candidate);
      best_distance = distance;
    }
  }
  return best;
}

std::string unknown_name(std::string_view noun, std::string_view name,
                         const std::vector<std::string_view>& candidates) {
  std::string text = "unknown ";
  text.append(noun).append(" \"").append(name.substr(0, 200)).append("\"; ");
  const std::string near = nearest_name(name, candidates);
  if (!near.empty()) return text + "did you mean \"" + near + "\"?";
  text += "known are ";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i > 0) text += ", ";
    text.append(candidates[i]);
  }
  return text;
}

}  // namespace antler
