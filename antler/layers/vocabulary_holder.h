#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace antler {

/// A layer with a vocabulary, for those that write and read files: what a .keras file holds of it
/// beside config and weights.
class VocabularyHolder {
 public:
  VocabularyHolder() = default;
  VocabularyHolder(const VocabularyHolder&) = delete;
  VocabularyHolder& operator=(const VocabularyHolder&) = delete;
  virtual ~VocabularyHolder() = default;

  /// Whether its vocabulary is a file; else the config has it.
  virtual bool has_vocabulary_file() const = 0;
  /// Its vocabulary.txt: a token a line; nothing without has_vocabulary_file().
  virtual std::optional<std::string> vocabulary_text() const = 0;
  /// Takes such a text. Errors: ValueError for one that does not fit the layer.
  virtual void load_vocabulary_text(std::string_view text) = 0;
  /// The weights of output mode tf_idf, empty in the others.
  virtual const std::vector<float>& idf_weights() const = 0;
  virtual bool has_idf_weights() const = 0;
  /// Errors: ValueError for another number of them.
  virtual void set_idf_weights(std::vector<float> weights) = 0;
  /// The attribute of Keras' layer that holds the vocabulary and is written a second time; empty
  /// when it is the layer itself.
  virtual std::string_view inner_name() const { return {}; }
};

/// The file of a folder that holds a vocabulary.
inline constexpr std::string_view kVocabularyFile = "vocabulary.txt";

/// Writes and reads vocabulary.txt in a folder that exists. Errors: FileError.
void save_vocabulary(const VocabularyHolder& holder, const std::string& folder);
void load_vocabulary(VocabularyHolder& holder, const std::string& folder);

}  // namespace antler
