#include "antler/core/options.h"

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {

void detail::read_options(std::string_view what, const Config& config,
                          const std::vector<OptionField>& fields,
                          const std::vector<std::string_view>& handled) {
  std::vector<std::string_view> known = handled;
  for (const OptionField& field : fields) {
    known.push_back(field.key);
    const Config* value = config.find(field.key);
    if (value == nullptr) continue;
    with_error_prefix(std::string(what) + ": \"" + std::string(field.key) + "\": ",
                      [&] { field.read(*value, field.field); });
  }
  for (const auto& [key, value] : config.as_map()) {
    bool is_known = value.is_null();
    for (const std::string_view k : known) is_known = is_known || k == key;
    if (!is_known) throw ValueError(std::string(what) + ": " + unknown_name("key", key, known));
  }
}

}  // namespace antler
