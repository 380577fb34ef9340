#include "antler/layers/index_lookup.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "antler/core/error.h"
#include "antler/data/input_file.h"
#include "antler/layers/vocabulary_file.h"

namespace antler {
namespace {

// More tokens than anybody's vocabulary; a file is a claim.
constexpr std::int64_t kMaxVocabularyBytes = std::int64_t{1} << 30;

void require(bool valid, const std::string& text) {
  if (!valid) throw ValueError(text);
}

std::string quoted(const std::string& token) { return "\"" + token + "\""; }
std::string quoted(std::int64_t token) { return std::to_string(token); }

double mean_of(const std::vector<double>& numbers) {
  const double sum = std::accumulate(numbers.begin(), numbers.end(), 0.0);
  return numbers.empty() ? 0 : sum / static_cast<double>(numbers.size());
}

template <class Token>
std::vector<Token> tokens_of_lines(std::string_view text) {
  std::vector<Token> tokens;
  for (const std::string_view line : lines_of(text)) token_from_line(line, tokens.emplace_back());
  return tokens;
}

template <class Token>
std::vector<Token> read_vocabulary(const std::string& path) {
  const std::vector<std::byte> bytes = read_file(path, kMaxVocabularyBytes);
  return with_error_prefix(path + ": ", [&] {
    return tokens_of_lines<Token>({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  });
}

std::string line_of(const std::string& token) { return token; }
std::string line_of(std::int64_t token) { return std::to_string(token); }

}  // namespace

template <class Token>
IndexLookup<Token>::IndexLookup(const IndexLookupOptions<Token>& options)
    : options_(options),
      mode_(output_mode_from_name(options.output_mode,
                                  {OutputMode::integer, OutputMode::one_hot, OutputMode::multi_hot,
                                   OutputMode::count, OutputMode::tf_idf})) {
  check_options();
  if (options.vocabulary) {
    set_vocabulary(options.vocabulary, options.idf_weights);
  } else if (options.vocabulary_size && *options.vocabulary_size > token_start()) {
    frozen_size_ = options.vocabulary_size;
  }
}

template <class Token>
void IndexLookup<Token>::check_options() const {
  const IndexLookupOptions<Token>& o = options_;
  const auto got = [](std::int64_t number) { return ", got " + std::to_string(number); };
  require(!o.max_tokens || *o.max_tokens > 1,
          "expected max_tokens above 1" + got(o.max_tokens.value_or(0)));
  require(o.max_tokens || !o.pad_to_max_tokens,
          "expected max_tokens, which pad_to_max_tokens pads to, got none");
  require(o.num_oov_indices >= 0,
          "expected num_oov_indices of at least 0" + got(o.num_oov_indices));
  require(!o.sparse, "expected sparse = false, got true; outputs are dense");
  require(!o.invert || mode_ == OutputMode::integer,
          "expected output_mode \"int\" with invert, got \"" + o.output_mode + "\"");
  require(!o.invert || o.oov_token, "expected an oov_token with invert, got none");
  require(o.idf_weights.empty() || mode_ == OutputMode::tf_idf,
          "expected output_mode \"tf_idf\" with idf_weights, got \"" + o.output_mode + "\"");
}

template <class Token>
std::int64_t IndexLookup<Token>::oov_start() const {
  return options_.mask_token && mode_ == OutputMode::integer ? 1 : 0;
}

template <class Token>
std::vector<Token> IndexLookup<Token>::special_tokens() const {
  std::vector<Token> tokens;
  if (oov_start() > 0) tokens.push_back(*options_.mask_token);
  tokens.resize(static_cast<std::size_t>(token_start()), options_.oov_token.value_or(Token()));
  return tokens;
}

template <class Token>
TokenTable<Token> IndexLookup<Token>::checked_table(std::span<const Token> tokens) const {
  constexpr const char* kFix = "; give the tokens alone, or the mask and oov tokens once, in front";
  TokenTable<Token> table;
  for (const Token& token : tokens) {
    const std::int64_t count = static_cast<std::int64_t>(table.tokens().size());
    require(table.add(token) == count,
            "expected different tokens, got " + quoted(token) + " twice");
    require(token != options_.mask_token,
            "expected a vocabulary without the mask_token, got " + quoted(token) + " in it" + kFix);
    require(!options_.invert || token != options_.oov_token,
            "expected a vocabulary without the oov_token, got " + quoted(token) + " in it" + kFix);
  }
  return table;
}

template <class Token>
void IndexLookup<Token>::check_size(std::int64_t tokens) const {
  const std::int64_t size = token_start() + tokens;
  require(!options_.max_tokens || size <= *options_.max_tokens,
          "expected at most max_tokens = " + std::to_string(options_.max_tokens.value_or(0)) +
              " tokens with the special ones, got " + std::to_string(size));
  const bool may_change = mode_ == OutputMode::integer || options_.pad_to_max_tokens;
  if (may_change || !frozen_size_ || *frozen_size_ == size) return;
  throw StateError("expected a vocabulary of " + std::to_string(*frozen_size_) +
                   " tokens as before, got " + std::to_string(size) +
                   "; outputs would change their size: make a new layer, or set max_tokens and "
                   "pad_to_max_tokens");
}

// Compared one by one: a file may claim any number of them.
template <class Token>
std::size_t IndexLookup<Token>::special_in_front(const std::vector<Token>& given) const {
  const auto count = static_cast<std::size_t>(token_start());
  if (given.size() < count) return 0;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_mask = i == 0 && oov_start() > 0;
    if (given[i] != (is_mask ? *options_.mask_token : options_.oov_token.value_or(Token())))
      return 0;
  }
  return count;
}

template <class Token>
void IndexLookup<Token>::install(std::span<const Token> tokens) {
  TokenTable<Token> table = checked_table(tokens);
  check_size(static_cast<std::int64_t>(tokens.size()));
  table_ = std::move(table);
  is_ready_ = true;
  frozen_size_ = vocabulary_size();
}

// A weight for the special tokens is not known: they take the mean of the others.
template <class Token>
void IndexLookup<Token>::install_idf(std::vector<double> weights, bool with_special_tokens) {
  if (!with_special_tokens) {
    weights.insert(weights.begin(), static_cast<std::size_t>(token_start()), mean_of(weights));
  }
  if (options_.pad_to_max_tokens) weights.resize(static_cast<std::size_t>(*options_.max_tokens));
  idf_weights_.assign(weights.begin(), weights.end());
}

template <class Token>
void IndexLookup<Token>::set_vocabulary(const BasicVocabularyArg<Token>& vocabulary,
                                        const std::vector<double>& idf_weights) {
  const bool weighs = mode_ == OutputMode::tf_idf;
  require(!weighs || !vocabulary.is_file(),
          "expected the tokens themselves in output_mode \"tf_idf\", got a file; they need "
          "idf_weights");
  const std::vector<Token> given =
      vocabulary.is_file() ? read_vocabulary<Token>(vocabulary.path()) : vocabulary.tokens();
  require(!given.empty(), "expected a vocabulary, got none");
  require(weighs || idf_weights.empty(), "expected no idf_weights in output_mode \"" +
                                             std::string(name(mode_)) + "\", got " +
                                             std::to_string(idf_weights.size()));
  require(!weighs || idf_weights.size() == given.size(),
          "expected one of idf_weights for each of the " + std::to_string(given.size()) +
              " tokens, got " + std::to_string(idf_weights.size()));

  const std::size_t special = vocabulary.is_file() ? 0 : special_in_front(given);
  install(std::span<const Token>(given).subspan(special));
  if (weighs) install_idf(idf_weights, special > 0);
  if (options_.vocabulary && !options_.vocabulary.is_file()) {
    options_.vocabulary = given;
    options_.idf_weights = idf_weights;
  }
}

template <class Token>
void IndexLookup<Token>::learn(const TokenCounts<Token>& counts) {
  std::vector<typename TokenCounts<Token>::Count> sorted = counts.sorted();
  if (sorted.empty()) return;
  std::erase_if(sorted, [&](const auto& count) {
    return count.token == options_.mask_token || count.token == options_.oov_token;
  });
  if (options_.max_tokens) {
    const std::int64_t room = std::max<std::int64_t>(*options_.max_tokens - token_start(), 0);
    sorted.resize(std::min(sorted.size(), static_cast<std::size_t>(room)));
  }
  std::vector<Token> tokens;
  std::vector<double> idf;
  for (const auto& count : sorted) {
    tokens.push_back(count.token);
    idf.push_back(std::log(1 + static_cast<double>(counts.documents()) /
                                   static_cast<double>(1 + count.documents)));
  }
  install(tokens);
  if (mode_ == OutputMode::tf_idf) install_idf(std::move(idf), false);
}

template <class Token>
void IndexLookup<Token>::require_adaptable() const {
  if (!options_.vocabulary) return;
  throw StateError("has the vocabulary it was given; leave it out to call adapt()");
}

template <class Token>
void IndexLookup<Token>::set_idf_weights(std::vector<float> weights) {
  const std::int64_t expected = depth();
  require(expected == None || static_cast<std::int64_t>(weights.size()) == expected,
          "expected " + std::to_string(expected) + " idf_weights, got " +
              std::to_string(weights.size()));
  idf_weights_ = std::move(weights);
}

template <class Token>
std::vector<Token> IndexLookup<Token>::get_vocabulary(bool include_special_tokens) const {
  std::vector<Token> tokens = include_special_tokens ? special_tokens() : std::vector<Token>();
  tokens.insert(tokens.end(), table_.tokens().begin(), table_.tokens().end());
  return tokens;
}

template <class Token>
std::int64_t IndexLookup<Token>::vocabulary_size() const {
  return token_start() + static_cast<std::int64_t>(table_.tokens().size());
}

template <class Token>
BasicVocabularyArg<Token> IndexLookup<Token>::config_vocabulary() const {
  if (options_.vocabulary && !options_.vocabulary.is_file()) return options_.vocabulary;
  if (!is_ready_) return {};
  const std::vector<Token> tokens = get_vocabulary();
  return are_lines(tokens) ? BasicVocabularyArg<Token>() : tokens;
}

template <class Token>
std::vector<double> IndexLookup<Token>::config_idf_weights() const {
  if (options_.vocabulary && !options_.vocabulary.is_file()) return options_.idf_weights;
  if (!config_vocabulary()) return {};
  return {
      idf_weights_.begin(),
      idf_weights_.begin() + std::min<std::ptrdiff_t>(std::ssize(idf_weights_), vocabulary_size())};
}

template <class Token>
std::optional<std::string> IndexLookup<Token>::asset() const {
  if (config_vocabulary()) return std::nullopt;
  std::string text;
  const std::vector<Token> tokens = get_vocabulary();
  for (std::size_t i = 0; i < tokens.size(); ++i) text += (i == 0 ? "" : "\n") + line_of(tokens[i]);
  return text;
}

// What a layer without a vocabulary wrote has the special tokens alone.
template <class Token>
void IndexLookup<Token>::load_asset(std::string_view text) {
  if (config_vocabulary()) return;
  const std::vector<Token> given = tokens_of_lines<Token>(text);
  const std::size_t special = special_in_front(given);
  if (given.size() > special) install(std::span<const Token>(given).subspan(special));
}

template <class Token>
std::int64_t IndexLookup<Token>::depth() const {
  return options_.pad_to_max_tokens ? *options_.max_tokens : frozen_size_.value_or(None);
}

template <class Token>
void IndexLookup<Token>::require_vocabulary() const {
  if (is_ready_) return;
  throw StateError("expected a vocabulary, got none yet; give it, or call adapt() with the data");
}

template <class Token>
std::int64_t IndexLookup<Token>::out_of_vocabulary(View token) const {
  const std::int64_t bins = options_.num_oov_indices;
  if (bins == 0) return kNoIndex;
  if (bins == 1) return oov_start();
  if constexpr (std::is_same_v<Token, std::string>) {
    return oov_start() + options_.salt.bin_of(token, bins);
  } else {
    if (options_.hashes_numbers) {
      return oov_start() + options_.salt.bin_of(std::to_string(token), bins);
    }
    return oov_start() + (token % bins + bins) % bins;
  }
}

template <class Token>
std::int64_t IndexLookup<Token>::category_of(View token) const {
  if (options_.mask_token && token == *options_.mask_token) {
    return mode_ == OutputMode::integer ? 0 : kMasked;
  }
  const std::int64_t place = table_.find(token);
  return place == TokenTable<Token>::kAbsent ? out_of_vocabulary(token) : token_start() + place;
}

template <class Token>
void IndexLookup<Token>::refuse(View token, std::int64_t position, const Shape& shape) {
  std::string where;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    where = std::to_string(position % shape[axis]) + (where.empty() ? "" : ", ") + where;
    position /= shape[axis];
  }
  throw ValueError("expected only tokens of the vocabulary, got " + quoted(Token(token)) + " at (" +
                   where + "); num_oov_indices = 1 makes an index for all others");
}

template <class Token>
const Token& IndexLookup<Token>::token_of(std::int64_t index) const {
  if (index == 0 && options_.mask_token) return *options_.mask_token;
  const std::int64_t place = index - token_start();
  const bool is_known = place >= 0 && place < std::ssize(table_.tokens());
  return is_known ? table_.tokens()[static_cast<std::size_t>(place)] : *options_.oov_token;
}

template <class Token>
Tensor IndexLookup<Token>::encode(std::span<const std::int64_t> categories,
                                  const Shape& shape) const {
  return encode_categories(categories, shape, mode_, depth(), DType::int64, idf_weights_);
}

template class IndexLookup<std::string>;
template class IndexLookup<std::int64_t>;

}  // namespace antler
