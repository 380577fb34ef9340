#include "antler/layers/vocabulary_holder.h"

#include <filesystem>
#include <span>

#include "antler/core/error.h"
#include "antler/data/atomic_file.h"
#include "antler/data/input_file.h"

namespace antler {
namespace {

std::string file_in(const std::string& folder) {
  return (std::filesystem::path(folder) / kVocabularyFile).string();
}

}  // namespace

void save_vocabulary(const VocabularyHolder& holder, const std::string& folder) {
  const std::optional<std::string> text = holder.vocabulary_text();
  if (text) write_file_atomically(file_in(folder), std::as_bytes(std::span(*text)));
}

void load_vocabulary(VocabularyHolder& holder, const std::string& folder) {
  if (!holder.has_vocabulary_file()) return;
  const std::string path = file_in(folder);
  const std::vector<std::byte> bytes = read_file(path);
  try {
    holder.load_vocabulary_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  } catch (const ValueError& error) {
    throw FileError(path + ": " + error.what());
  }
}

}  // namespace antler
