#include "antler/data/arff.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/data/mulan.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using testing::file_error;
using testing::real_data;
using testing::TemporaryFolder;

using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;
using Flags = std::vector<std::uint8_t>;

constexpr const char* kHead =
    "% a comment\n@RELATION 'two words'\n\n@Attribute size NUMERIC\n@attribute 'a name' {red, "
    "'dark blue'}\n@attribute label{0,1}\n@attribute note string\n@data\n";

Table parse(const std::string& text) { return parse_arff(text, "f.arff"); }
std::string error_of(const std::string& text) {
  return file_error([&] { parse(text); });
}
std::string error_of_row(const std::string& row) { return error_of(kHead + row + "\n"); }

TEST(Arff, ReadsEachKindOfAttribute) {
  const Table table =
      parse(std::string(kHead) +
            "1.5,red,0,'it\\'s, well'\r\n% between\n ?, 'dark blue' ,1,?\n'2',?,1,\"?\"");
  ASSERT_EQ(table.columns.size(), 4U);
  EXPECT_EQ(table.columns[0].name, "size");
  EXPECT_EQ(table.columns[0].missing, (Flags{0, 1, 0}));
  EXPECT_EQ(table.columns[0].numbers[0], 1.5);
  EXPECT_TRUE(std::isnan(table.columns[0].numbers[1]));
  EXPECT_EQ(table.columns[1].name, "a name");
  EXPECT_EQ(table.columns[1].categories, (Texts{"red", "dark blue"}));
  EXPECT_EQ(table.columns[1].texts, (Texts{"red", "dark blue", ""}));
  EXPECT_FALSE(table.columns[2].is_text) << "declared values that are numbers";
  EXPECT_EQ(table.columns[2].numbers, (Numbers{0, 1, 1}));
  EXPECT_EQ(table.columns[3].texts, (Texts{"it's, well", "", "?"}));
  EXPECT_EQ(table.columns[3].missing, (Flags{0, 1, 0}));
  EXPECT_EQ(table.lines, (std::vector<std::int64_t>{9, 11, 12}));
}

TEST(Arff, NamesTheRow) {
  EXPECT_EQ(error_of_row("1,red,0"), "f.arff:9: expected 4 cells, one for each attribute, got 3");
  EXPECT_EQ(error_of_row("1,green,0,x"),
            "f.arff:9: expected one of {red, dark blue} for attribute \"a name\", got \"green\"");
  EXPECT_EQ(error_of_row("big,red,0,x"),
            "f.arff:9: expected a number for attribute \"size\", got \"big\"");
  EXPECT_EQ(error_of_row("1,red,0,'x"), "f.arff:9: a quote never ends; add the closing quote");
  EXPECT_EQ(error_of_row("1,'red' x,0,y"), "f.arff:9: expected a comma after cell 2, got 'x'");
  EXPECT_EQ(error_of_row("{0 1, 3 x}"),
            "f.arff:9: expected a row with a cell for each attribute, got a sparse row; write it "
            "dense (Weka's SparseToNonSparse)");
  EXPECT_EQ(error_of(kHead), "f.arff: expected rows below @data, got none");
}

TEST(Arff, NamesTheDeclaration) {
  EXPECT_EQ(
      error_of("hello\n"),
      "f.arff:1: expected @relation, @attribute or @data, got \"hello\"; is it an ARFF file?");
  EXPECT_EQ(error_of("@relation r\n"),
            "f.arff: expected @data after the attributes, got the end of the file; is it an ARFF "
            "file, and whole?");
  EXPECT_EQ(error_of("@data\n1\n"), "f.arff:1: expected attributes before @data, got none");
  EXPECT_EQ(error_of("@attribute a relational\n"),
            "f.arff:1: expected an attribute that is numeric, {nominal}, string or date, got "
            "\"relational\"");
  EXPECT_EQ(error_of("@attribute a {x, y\n"),
            "f.arff:1: expected the declared values as {a, b, c} on one line");
  EXPECT_EQ(error_of("@attribute a real\n@attribute a real\n"),
            "f.arff:2: the attribute \"a\" is declared twice; rename one");
  EXPECT_EQ(error_of("@attribute\n"), "f.arff:1: expected a name after @attribute");
}

TEST(Mulan, ReadsTheLabelsNames) {
  EXPECT_EQ(parse_mulan_labels(
                "<?xml version=\"1.0\"?>\n<labels xmlns=\"http://x/labels\">\n"
                "<!-- <label name=\"no\"/> -->\n<label name=\"a\"></label>\n"
                "<label id='x name=\"z\"' name = 'R&amp;B'><label name=\"c>d\"/></label></labels>",
                "f.xml"),
            (Texts{"a", "R&B", "c>d"}));
}

TEST(Mulan, NamesWhatIsWrong) {
  const auto error = [](const char* xml) {
    return file_error([&] { parse_mulan_labels(xml, "f.xml"); });
  };
  const std::string none =
      "f.xml: expected <labels> with <label name=\"...\"> in it, got none; is it a Mulan file?";
  EXPECT_EQ(error("<labels></labels>"), none);
  EXPECT_EQ(error("<label name=\"a\"/>"), none);
  EXPECT_EQ(error("hello"), none);
  EXPECT_EQ(error("<labels><label id=\"a\"/></labels>"),
            "f.xml: expected <label name=\"...\">, got <label id=\"a\">");
  EXPECT_EQ(error("<labels><label name=\"a"), "f.xml: a tag never ends; the file is cut short");
  EXPECT_EQ(error("<labels><!-- x"), "f.xml: a comment never ends; the file is cut short");
}

TEST(Mulan, JoinsTableAndLabels) {
  const TemporaryFolder folder;
  const std::string arff =
      folder.write("music-train.arff",
                   "@attribute x real\n@attribute happy {0,1}\n@attribute k {a,b}\n@data\n1,0,a\n");
  EXPECT_EQ(find_mulan_xml(arff), "");
  const std::string xml = folder.write("music.xml", "<labels><label name=\"happy\"/></labels>");
  EXPECT_EQ(find_mulan_xml(arff), xml);
  EXPECT_EQ(find_mulan_xml(folder.path("music.arff")), xml);
  EXPECT_EQ(find_mulan_xml(folder.path("music-test.arff.gz")), xml);
  EXPECT_EQ(read_mulan(arff, xml).labels, (std::vector<std::int64_t>{1}));
  const std::string wrong = folder.write("w.xml", "<labels><label name=\"hapy\"/></labels>");
  EXPECT_EQ(
      file_error([&] { read_mulan(arff, wrong); }),
      wrong + ": the label \"hapy\" is no attribute of " + arff + "; did you mean \"happy\"?");
  const std::string text = folder.write("t.xml", "<labels><label name=\"k\"/></labels>");
  EXPECT_EQ(file_error([&] { read_mulan(arff, text); }),
            text + ": the label \"k\" is not numeric in " + arff + "; declare it as {0,1}");
}

TEST(Mulan, ReadsRealSets) {
  const std::string arff = real_data("multilabel/scene-test.arff");
  if (arff.empty()) GTEST_SKIP() << "no multilabel/ under $ANTLER_DATA";
  const LabelledTable scene = read_mulan(arff, find_mulan_xml(arff));
  EXPECT_EQ(scene.table.row_count(), 1196);
  EXPECT_EQ(scene.table.columns.size(), 300U);
  EXPECT_EQ(scene.labels, (std::vector<std::int64_t>{294, 295, 296, 297, 298, 299}));
  const std::string emotions = real_data("multilabel/emotions-train.arff");
  EXPECT_EQ(read_mulan(emotions, find_mulan_xml(emotions)).table.row_count(), 391);
}

}  // namespace
}  // namespace antler
