#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/models/logs.h"

namespace antler {

/// A file path with places for numbers, in Python's spelling:
/// "run/{epoch:02d}-{val_loss:.2f}.keras".
///
/// Fields   {name} or {name:format}, where the format is [0][width][.digits] and one of d, f, e, g,
///          or nothing; {{ and }} stand for braces. epoch and batch are whole numbers, counted
///          from 1; all else comes from the logs.
/// Errors   ValueError opened by the owner's name: a field that is not closed, a format that is
///          none of these, a name that is not in the logs, with the nearest one.
class PathTemplate {
 public:
  PathTemplate(std::string owner, const std::string& text);

  std::string format(int epoch, std::optional<std::int64_t> batch, const Logs& logs) const;
  bool has_fields() const { return !fields_.empty(); }
  bool has_field(const std::string& name) const;
  /// The path up to its first field.
  const std::string& fixed_part() const { return fixed_; }

 private:
  struct Field {
    std::string name;
    std::string flags;  // "02", ".3"
    char kind = 0;      // d, f, e, g; 0: as short as exact
    std::string after;  // the text up to the next field
  };
  Field parse_field(const std::string& body) const;
  std::string number(const Field& field, int epoch, std::optional<std::int64_t> batch,
                     const Logs& logs) const;

  std::string owner_, fixed_;
  std::vector<Field> fields_;
};

}  // namespace antler
