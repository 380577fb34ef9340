#include "antler/backends/backend.h"

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {

const Backend& backend(std::string_view name) {
  if (name == "reference") return reference_backend();
  if (name == "cpu") return cpu_backend();
  throw ValueError(unknown_name("backend", name, {"cpu", "reference"}));
}

}  // namespace antler
