#include "antler/callbacks/path_template.h"

#include <algorithm>
#include <cstdio>

#include "antler/core/config.h"
#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {
namespace {

constexpr std::size_t kLongestFormat = 6;  // "012.12": no number grows out of its buffer

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether the flags are [width][.digits].
bool are_flags(const std::string& flags) {
  std::size_t i = 0;
  while (i < flags.size() && is_digit(flags[i])) ++i;
  if (i == flags.size()) return true;
  return flags[i] == '.' && i + 1 < flags.size() &&
         std::all_of(flags.begin() + static_cast<std::ptrdiff_t>(i) + 1, flags.end(), is_digit);
}

}  // namespace

PathTemplate::PathTemplate(std::string owner, const std::string& text) : owner_(std::move(owner)) {
  const auto literal = [&]() -> std::string& {
    return fields_.empty() ? fixed_ : fields_.back().after;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool doubled = i + 1 < text.size() && text[i + 1] == text[i];
    if (text[i] == '{' && !doubled) {
      const std::size_t end = text.find('}', i);
      if (end == std::string::npos) {
        throw ValueError(owner_ + ": filepath \"" + text +
                         "\": expected \"}\" after \"{\"; write {{ for a brace");
      }
      fields_.push_back(parse_field(text.substr(i + 1, end - i - 1)));
      i = end;
    } else if (text[i] == '}' && !doubled) {
      throw ValueError(owner_ + ": filepath \"" + text +
                       "\": got \"}\" without \"{\"; write }} for a brace");
    } else {
      if (text[i] == '{' || text[i] == '}') ++i;
      literal() += text[i];
    }
  }
}

PathTemplate::Field PathTemplate::parse_field(const std::string& body) const {
  Field field;
  const std::size_t colon = body.find(':');
  field.name = body.substr(0, colon);
  if (colon != std::string::npos) field.flags = body.substr(colon + 1);
  if (!field.flags.empty() && std::string("dfeg").find(field.flags.back()) != std::string::npos) {
    field.kind = field.flags.back();
    field.flags.pop_back();
  }
  const bool is_count = field.name == "epoch" || field.name == "batch";
  const bool wrong_kind = is_count ? field.flags.find('.') != std::string::npos && field.kind == 'd'
                                   : field.kind == 'd';
  if (field.name.empty() || wrong_kind || field.flags.size() > kLongestFormat ||
      !are_flags(field.flags)) {
    throw ValueError(owner_ + ": filepath: expected a field such as {epoch:02d} or " +
                     "{val_loss:.2f}, got {" + body + "}");
  }
  return field;
}

bool PathTemplate::has_field(const std::string& name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const Field& field) { return field.name == name; });
}

std::string PathTemplate::number(const Field& field, int epoch, std::optional<std::int64_t> batch,
                                 const Logs& logs) const {
  char text[512];
  const bool is_epoch = field.name == "epoch";
  if (is_epoch || (field.name == "batch" && batch)) {
    const long long count = is_epoch ? epoch + 1LL : static_cast<long long>(*batch) + 1;
    if (field.kind == 0 || field.kind == 'd') {
      std::snprintf(text, sizeof text, ("%" + field.flags + "lld").c_str(), count);
    } else {
      std::snprintf(text, sizeof text, ("%" + field.flags + field.kind).c_str(),
                    static_cast<double>(count));
    }
    return text;
  }
  if (!logs.contains(field.name)) {
    std::vector<std::string_view> known = {"epoch"};
    if (batch) known.emplace_back("batch");
    for (const auto& [name, value] : logs) known.emplace_back(name);
    throw ValueError(owner_ + ": filepath: " + unknown_name("field", field.name, known));
  }
  const double value = logs[field.name];
  if (field.kind == 0 && field.flags.empty()) return Config(value).to_string();
  std::snprintf(text, sizeof text,
                ("%" + field.flags + (field.kind == 0 ? 'g' : field.kind)).c_str(), value);
  return text;
}

std::string PathTemplate::format(int epoch, std::optional<std::int64_t> batch,
                                 const Logs& logs) const {
  std::string path = fixed_;
  for (const Field& field : fields_) path += number(field, epoch, batch, logs) + field.after;
  return path;
}

}  // namespace antler
