#include "antler/callbacks/save_freq.h"

#include <string>
#include <string_view>

#include "antler/core/error.h"

namespace antler {

SaveFreq::SaveFreq(const char* word) {
  if (std::string_view(word) != "epoch") {
    throw ValueError("save_freq: expected \"epoch\" or a number of batches, got \"" +
                     std::string(word) + "\"");
  }
}

SaveFreq::SaveFreq(std::int64_t batches) : batches_(batches) {
  if (batches < 1) {
    throw ValueError("save_freq: expected at least 1 batch, got " + std::to_string(batches));
  }
}

}  // namespace antler
