#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "antler/layers/token_table.h"

namespace antler {

/// How often each token comes, and in how many documents, gathered document by document.
template <class Token>
class TokenCounts {
 public:
  struct Count {
    Token token;
    std::int64_t times = 0;
    std::int64_t documents = 0;
  };

  void add_document(std::span<const TokenView<Token>> tokens);
  std::int64_t documents() const { return documents_; }
  /// The most frequent first; of two that come as often the greater one, as in Keras.
  std::vector<Count> sorted() const;

 private:
  struct Seen {
    std::int64_t times = 0;
    std::int64_t documents = 0;
    std::int64_t last_document = -1;
  };
  TokenTable<Token> table_;
  std::vector<Seen> seen_;  // by place in the table
  std::int64_t documents_ = 0;
};

extern template class TokenCounts<std::string>;
extern template class TokenCounts<std::int64_t>;

}  // namespace antler
