#include "antler/models/drawing_layout.h"

#include <algorithm>

namespace antler {
namespace {

constexpr double kRowGap = 40;
constexpr double kBoxGap = 24;
constexpr double kBendWidth = 8;
constexpr int kSweeps = 8;

// Boxes first, then the bends of arrows that pass rows: one in each row between.
class Layout {
 public:
  Layout(const std::vector<LayoutBox>& boxes,
         const std::vector<std::pair<std::size_t, std::size_t>>& arrows)
      : boxes_(boxes), arrows_(arrows), count_(boxes.size()) {}

  DrawingLayout run() {
    find_rows();
    add_bends();
    sort_rows();
    place_rows();
    return result();
  }

 private:
  using Neighbours = std::vector<std::vector<std::size_t>>;

  // Arrows that lead back into the way being walked are turned round; then the reverse of the order
  // in which boxes are finished puts each before those it leads to.
  void find_rows() {
    Neighbours next(count_);
    for (std::size_t a = 0; a < arrows_.size(); ++a) next[arrows_[a].first].push_back(a);
    is_back_.assign(arrows_.size(), false);
    enum class State : char { fresh, open, done };
    std::vector<State> states(count_, State::fresh);
    std::vector<std::size_t> finished;
    for (std::size_t start = 0; start < count_; ++start) {
      if (states[start] != State::fresh) continue;
      std::vector<std::pair<std::size_t, std::size_t>> walk = {{start, 0}};
      states[start] = State::open;
      while (!walk.empty()) {
        auto& [box, position] = walk.back();
        if (position == next[box].size()) {
          states[box] = State::done;
          finished.push_back(box);
          walk.pop_back();
          continue;
        }
        const std::size_t arrow = next[box][position++];
        const std::size_t to = arrows_[arrow].second;
        if (states[to] == State::open) is_back_[arrow] = true;
        if (states[to] != State::fresh) continue;
        states[to] = State::open;
        walk.emplace_back(to, 0);
      }
    }
    set_rows({finished.rbegin(), finished.rend()});
  }

  void set_rows(const std::vector<std::size_t>& order) {
    Neighbours below(count_);
    std::vector<bool> is_source(count_, true);
    for (std::size_t a = 0; a < arrows_.size(); ++a) {
      const auto [from, to] = ends(a);
      if (from == to) continue;
      below[from].push_back(to);
      is_source[to] = false;
    }
    rows_of_.assign(count_, 0);
    for (const std::size_t box : order) {
      for (const std::size_t to : below[box]) {
        rows_of_[to] = std::max(rows_of_[to], rows_of_[box] + 1);
      }
    }
    // A source stands close to the first that takes it.
    for (std::size_t box = 0; box < count_; ++box) {
      if (!is_source[box] || below[box].empty()) continue;
      std::size_t row = rows_of_[below[box].front()];
      for (const std::size_t to : below[box]) row = std::min(row, rows_of_[to]);
      rows_of_[box] = row - 1;
    }
  }

  std::pair<std::size_t, std::size_t> ends(std::size_t arrow) const {
    const auto [from, to] = arrows_[arrow];
    return is_back_[arrow] ? std::pair(to, from) : std::pair(from, to);
  }

  void add_bends() {
    std::size_t rows = 0;
    for (const std::size_t row : rows_of_) rows = std::max(rows, row + 1);
    rows_.resize(rows);
    for (std::size_t box = 0; box < count_; ++box) rows_[rows_of_[box]].push_back(box);
    widths_.reserve(count_);
    for (const LayoutBox& box : boxes_) widths_.push_back(box.cross);
    above_.resize(count_);
    below_.resize(count_);
    bends_.resize(arrows_.size());
    for (std::size_t a = 0; a < arrows_.size(); ++a) {
      const auto [from, to] = ends(a);
      if (from == to) continue;
      std::size_t last = from;
      for (std::size_t row = rows_of_[from] + 1; row < rows_of_[to]; ++row) {
        const std::size_t bend = widths_.size();
        widths_.push_back(kBendWidth);
        above_.emplace_back();
        below_.emplace_back();
        rows_[row].push_back(bend);
        bends_[a].push_back(bend);
        connect(last, bend);
        last = bend;
      }
      connect(last, to);
    }
  }

  void connect(std::size_t from, std::size_t to) {
    below_[from].push_back(to);
    above_[to].push_back(from);
  }

  void sort_rows() {
    std::vector<double> places(widths_.size());
    const auto note = [&](const std::vector<std::size_t>& row) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        places[row[i]] = (static_cast<double>(i) + 0.5) / static_cast<double>(row.size());
      }
    };
    for (const auto& row : rows_) note(row);
    const auto sort = [&](std::vector<std::size_t>& row, const Neighbours& neighbours) {
      std::vector<double> wanted = places;
      for (const std::size_t item : row)
        wanted[item] = mean(neighbours[item], places, places[item]);
      std::stable_sort(row.begin(), row.end(),
                       [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
      note(row);
    };
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      for (std::size_t r = 1; r < rows_.size(); ++r) sort(rows_[r], above_);
      for (std::size_t r = rows_.size(); r-- > 1;) sort(rows_[r - 1], below_);
    }
    for (std::size_t r = 1; r < rows_.size(); ++r) sort(rows_[r], above_);
  }

  static double mean(const std::vector<std::size_t>& items, const std::vector<double>& values,
                     double otherwise) {
    if (items.empty()) return otherwise;
    double sum = 0;
    for (const std::size_t item : items) sum += values[item];
    return sum / static_cast<double>(items.size());
  }

  void place_rows() {
    places_.assign(widths_.size(), 0);
    for (const auto& row : rows_) place_row(row, std::vector<double>(widths_.size(), 0));
    const auto settle = [&](const std::vector<std::size_t>& row, const Neighbours& neighbours) {
      std::vector<double> wanted = places_;
      for (const std::size_t item : row) {
        wanted[item] = mean(neighbours[item], places_, places_[item]);
      }
      place_row(row, wanted);
    };
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      for (std::size_t r = 1; r < rows_.size(); ++r) settle(rows_[r], above_);
      for (std::size_t r = rows_.size(); r-- > 1;) settle(rows_[r - 1], below_);
    }
  }

  // Each item where it wants to be, pushed on by those before it; then the row as a whole.
  void place_row(const std::vector<std::size_t>& row, const std::vector<double>& wanted) {
    double error = 0, end = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t item = row[i];
      const double first = end + kBoxGap + widths_[item] / 2;
      places_[item] = i == 0 ? wanted[item] : std::max(wanted[item], first);
      end = places_[item] + widths_[item] / 2;
      error += wanted[item] - places_[item];
    }
    for (const std::size_t item : row) places_[item] += error / static_cast<double>(row.size());
  }

  DrawingLayout result() const {
    DrawingLayout layout;
    double left = 0, right = 0;
    for (std::size_t item = 0; item < widths_.size(); ++item) {
      left = item == 0 ? places_[item] - widths_[item] / 2
                       : std::min(left, places_[item] - widths_[item] / 2);
      right = item == 0 ? places_[item] + widths_[item] / 2
                        : std::max(right, places_[item] + widths_[item] / 2);
    }
    layout.cross = right - left;
    std::vector<double> middles;
    for (const auto& row : rows_) {
      double extent = 0;
      for (const std::size_t item : row) {
        if (item < count_) extent = std::max(extent, boxes_[item].main);
      }
      if (!middles.empty()) layout.main += kRowGap;
      middles.push_back(layout.main + extent / 2);
      layout.main += extent;
    }
    for (std::size_t box = 0; box < count_; ++box) {
      layout.centers.push_back({middles[rows_of_[box]], places_[box] - left});
    }
    layout.bends.resize(arrows_.size());
    for (std::size_t a = 0; a < arrows_.size(); ++a) {
      const std::size_t first = rows_of_[ends(a).first] + 1;
      for (std::size_t i = 0; i < bends_[a].size(); ++i) {
        layout.bends[a].push_back({middles[first + i], places_[bends_[a][i]] - left});
      }
      if (is_back_[a]) std::reverse(layout.bends[a].begin(), layout.bends[a].end());
    }
    return layout;
  }

  const std::vector<LayoutBox>& boxes_;
  const std::vector<std::pair<std::size_t, std::size_t>>& arrows_;
  const std::size_t count_;
  std::vector<bool> is_back_;
  std::vector<std::size_t> rows_of_;
  std::vector<std::vector<std::size_t>> rows_;
  std::vector<double> widths_, places_;
  Neighbours above_, below_;
  std::vector<std::vector<std::size_t>> bends_;
};

}  // namespace

DrawingLayout lay_out(const std::vector<LayoutBox>& boxes,
                      const std::vector<std::pair<std::size_t, std::size_t>>& arrows) {
  return Layout(boxes, arrows).run();
}

}  // namespace antler
