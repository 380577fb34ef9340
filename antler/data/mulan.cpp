#include "antler/data/mulan.h"

#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/data/arff.h"
#include "antler/data/input_text.h"

namespace antler {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string unescaped(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    char c = text[at];
    for (const auto& [entity, meaning] : kEntities) {
      if (text.substr(at).substr(0, entity.size()) != entity) continue;
      length = entity.size();
      c = meaning;
    }
    out += c;
    at += length;
  }
  return out;
}

// The value of `name="..."` among a tag's attributes. Quotes are honoured, so that a value that
// holds "name=" is not taken for one.
std::string name_attribute(std::string_view tag, const std::string& name) {
  for (std::size_t at = 0; at < tag.size();) {
    const std::size_t start = tag.find_first_not_of(kSpace, at);
    const std::size_t equals = tag.find('=', at);
    if (start == std::string_view::npos || equals == std::string_view::npos) break;
    const std::size_t open = tag.find_first_not_of(kSpace, equals + 1);
    if (open == std::string_view::npos || (tag[open] != '"' && tag[open] != '\'')) break;
    const std::size_t close = tag.find(tag[open], open + 1);
    if (close == std::string_view::npos) break;
    std::string_view key = tag.substr(start, equals - start);
    key = key.substr(0, key.find_first_of(kSpace));
    if (key == "name") return unescaped(tag.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  throw FileError(name + ": expected <label name=\"...\">, got <label" +
                  std::string(tag.substr(0, 60)) + ">");
}

// The end of the tag that starts at `at`: the '>' outside quotes.
std::size_t tag_end(std::string_view xml, std::size_t at, const std::string& name) {
  char quote = 0;
  for (; at < xml.size(); ++at) {
    if (quote != 0) {
      if (xml[at] == quote) quote = 0;
    } else if (xml[at] == '"' || xml[at] == '\'') {
      quote = xml[at];
    } else if (xml[at] == '>') {
      return at;
    }
  }
  throw FileError(name + ": a tag never ends; the file is cut short");
}

bool starts_element(std::string_view tag, std::string_view element) {
  return tag.starts_with(element) && (tag.size() == element.size() ||
                                      (kSpace.find(tag[element.size()]) != std::string_view::npos ||
                                       tag[element.size()] == '/'));
}

}  // namespace

std::vector<std::string> parse_mulan_labels(std::string_view xml, const std::string& name) {
  std::vector<std::string> labels;
  bool in_labels = false;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    if (xml.substr(at).starts_with("<!--")) {
      at = xml.find("-->", at);
      if (at == std::string_view::npos) {
        throw FileError(name + ": a comment never ends; the file is cut short");
      }
      continue;
    }
    const std::size_t end = tag_end(xml, at, name);
    std::string_view tag = xml.substr(at + 1, end - at - 1);
    at = end;
    in_labels = in_labels || starts_element(tag, "labels");
    if (!in_labels || !starts_element(tag, "label")) continue;
    tag.remove_prefix(std::string_view("label").size());
    if (tag.ends_with('/')) tag.remove_suffix(1);
    labels.push_back(name_attribute(tag, name));
  }
  if (labels.empty()) {
    throw FileError(name +
                    ": expected <labels> with <label name=\"...\"> in it, got none; is it a "
                    "Mulan file?");
  }
  return labels;
}

std::vector<std::string> read_mulan_labels(const std::string& path) {
  return parse_mulan_labels(read_text(path), path);
}

LabelledTable read_mulan(const std::string& arff_path, const std::string& xml_path) {
  LabelledTable out = {read_arff(arff_path), {}};
  std::vector<std::string_view> names;
  for (const Column& column : out.table.columns) names.emplace_back(column.name);
  for (const std::string& label : read_mulan_labels(xml_path)) {
    const std::int64_t index = out.table.index_of(label);
    if (index < 0) {
      const std::string nearest = nearest_name(label, names);
      throw FileError(xml_path + ": the label \"" + label + "\" is no attribute of " + arff_path +
                      (nearest.empty() ? "; do the files belong together?"
                                       : "; did you mean \"" + nearest + "\"?"));
    }
    if (out.table.columns[static_cast<std::size_t>(index)].is_text) {
      throw FileError(xml_path + ": the label \"" + label + "\" is not numeric in " + arff_path +
                      "; declare it as {0,1}");
    }
    out.labels.push_back(index);
  }
  return out;
}

std::string find_mulan_xml(const std::string& arff_path) {
  std::filesystem::path path(arff_path);
  if (path.extension() == ".gz") path.replace_extension();
  std::string stem = path.stem().string();
  for (const std::string_view suffix : {"", "-train", "-test"}) {
    if (!std::string_view(stem).ends_with(suffix)) continue;
    const std::filesystem::path candidate =
        path.parent_path() / (stem.substr(0, stem.size() - suffix.size()) + ".xml");
    std::error_code error;
    if (std::filesystem::is_regular_file(candidate, error)) return candidate.string();
  }
  return {};
}

}  // namespace antler
