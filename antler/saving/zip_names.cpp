#include "antler/saving/zip_names.h"

#include <algorithm>

#include "antler/saving/utf8.h"

namespace antler {

const char* fault_of_member_name(std::string_view name) {
  if (name.empty()) return "an empty one";
  if (!is_utf8(name)) return "one that is not UTF-8";
  if (name.find('\0') != std::string_view::npos) return "one with a zero byte";
  if (name.find('\\') != std::string_view::npos) return "one with a backslash";
  if (name.front() == '/' || (name.size() > 1 && name[1] == ':')) return "an absolute one";
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    if (name.substr(begin, end - begin) == "..") return "one that leaves its folder";
    begin = end + 1;
  }
  return nullptr;
}

}  // namespace antler
