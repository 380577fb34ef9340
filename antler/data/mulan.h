#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "antler/data/table.h"

namespace antler {

/// A table and which of its columns are the labels.
struct LabelledTable {
  Table table;
  /// Indices of columns, in the order in which the .xml names them.
  std::vector<std::int64_t> labels;
};

/// A multi-label data set in Mulan's form: an ARFF file, and an XML file that names the labels.
///
/// Errors  FileError of read_arff and read_mulan_labels; FileError when a label is no numeric
///         attribute of the ARFF file.
/// Source  Tsoumakas et al. (2011), "Mulan: A Java Library for Multi-Label Learning".
LabelledTable read_mulan(const std::string& arff_path, const std::string& xml_path);

/// The names in a Mulan .xml: the `name` of each <label>, at any depth, in order.
///
/// Errors  FileError naming the path: no <labels>, no <label>, a label without a name, a tag that
///         is cut short.
std::vector<std::string> read_mulan_labels(const std::string& path);

/// The same from memory; `name` opens the errors.
std::vector<std::string> parse_mulan_labels(std::string_view xml, const std::string& name);

/// The .xml that belongs to an ARFF file: beside it, of the same name, or of that name without a
/// final "-train" or "-test" ("emotions.xml" for "emotions-train.arff"); empty when there is none.
std::string find_mulan_xml(const std::string& arff_path);

}  // namespace antler
