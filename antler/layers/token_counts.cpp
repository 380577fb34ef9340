#include "antler/layers/token_counts.h"

#include <algorithm>

namespace antler {

template <class Token>
void TokenCounts<Token>::add_document(std::span<const TokenView<Token>> tokens) {
  for (const TokenView<Token>& token : tokens) {
    const auto place = static_cast<std::size_t>(table_.add(token));
    if (place == seen_.size()) seen_.emplace_back();
    Seen& seen = seen_[place];
    ++seen.times;
    if (seen.last_document == documents_) continue;
    ++seen.documents;
    seen.last_document = documents_;
  }
  ++documents_;
}

template <class Token>
std::vector<typename TokenCounts<Token>::Count> TokenCounts<Token>::sorted() const {
  std::vector<Count> counts;
  counts.reserve(seen_.size());
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    counts.push_back({table_.tokens()[i], seen_[i].times, seen_[i].documents});
  }
  std::sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) {
    return a.times != b.times ? a.times > b.times : a.token > b.token;
  });
  return counts;
}

template class TokenCounts<std::string>;
template class TokenCounts<std::int64_t>;

}  // namespace antler
