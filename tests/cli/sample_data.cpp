#include "tests/cli/sample_data.h"

#include <array>
#include <cmath>
#include <sstream>
#include <string_view>

#include "antler/core/random.h"

namespace antler::testing {

std::string blobs_csv(int rows, const std::vector<std::string>& labels, std::uint64_t seed) {
  const RandomStream random(seed, 1, 0);
  std::ostringstream csv;
  csv << "width,height,kind\n";
  for (int i = 0; i < rows; ++i) {
    const auto kind = static_cast<std::size_t>(i) % labels.size();
    const double angle = 6.28 * static_cast<double>(kind) / static_cast<double>(labels.size());
    const auto element = static_cast<std::uint64_t>(2 * i);
    csv << 100 + 5 * std::cos(angle) + 0.5 * random.normal(element) << ','
        << 5 * std::sin(angle) + 0.5 * random.normal(element + 1) << ',' << labels[kind] << '\n';
  }
  return csv.str();
}

std::string without_last_column(const std::string& csv) {
  std::istringstream lines(csv);
  std::string out;
  for (std::string line; std::getline(lines, line);) out += line.substr(0, line.rfind(',')) + "\n";
  return out;
}

std::string prices_csv(int rows, std::uint64_t seed) {
  constexpr std::array<std::string_view, 3> kColors = {"red", "green", "blue"};
  const RandomStream random(seed, 2, 0);
  std::ostringstream csv;
  csv << "size,color,price\n";
  for (int i = 0; i < rows; ++i) {
    const auto element = static_cast<std::uint64_t>(2 * i);
    const double size = 50 + 100 * random.uniform(element);
    const auto color = static_cast<std::size_t>(random.below(element + 1, 3));
    csv << size << ',' << kColors[color] << ','
        << 10000 + 100 * size + 5000 * static_cast<double>(color) << '\n';
  }
  return csv.str();
}

std::string labels_arff(int rows) {
  const RandomStream random(0, 3, 0);
  std::ostringstream arff;
  arff << "@relation r\n@attribute a numeric\n@attribute b numeric\n"
          "@attribute hot {0,1}\n@attribute wet {0,1}\n@data\n";
  for (int i = 0; i < rows; ++i) {
    const double a = random.normal(static_cast<std::uint64_t>(2 * i));
    const double b = random.normal(static_cast<std::uint64_t>(2 * i + 1));
    arff << a << ',' << b << ',' << (a > 0 ? 1 : 0) << ',' << (b > 0 ? 1 : 0) << '\n';
  }
  return arff.str();
}

std::string labels_xml() {
  return "<labels xmlns=\"http://mulan.sourceforge.net/labels\">\n"
         "<label name=\"hot\"></label>\n<label name=\"wet\"></label>\n</labels>\n";
}

}  // namespace antler::testing
