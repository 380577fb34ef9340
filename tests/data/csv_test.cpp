#include "antler/data/csv.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/data/files.h"

namespace antler {
namespace {

using testing::file_error;
using testing::real_data;
using testing::TemporaryFolder;

using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;
using Flags = std::vector<std::uint8_t>;

Table parse(const std::string& text) { return parse_csv(text, "f.csv"); }
std::string error_of(const std::string& text) {
  return file_error([&] { parse(text); });
}
Texts names(const Table& table) {
  Texts out;
  for (const Column& column : table.columns) out.push_back(column.name);
  return out;
}

TEST(Csv, ReadsAHeaderNumbersAndTexts) {
  const Table table = parse("size,kind,price\n1.5,flat,100\n-2e3,house,200\n");
  EXPECT_TRUE(table.has_header);
  EXPECT_EQ(names(table), (Texts{"size", "kind", "price"}));
  EXPECT_EQ(table.columns[0].numbers, (Numbers{1.5, -2000}));
  EXPECT_TRUE(table.columns[1].is_text);
  EXPECT_EQ(table.columns[1].texts, (Texts{"flat", "house"}));
  EXPECT_TRUE(table.columns[1].numbers.empty());
  EXPECT_EQ(table.columns[2].numbers, (Numbers{100, 200}));
  EXPECT_EQ(table.lines, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(table.row_count(), 2);
  EXPECT_EQ(table.index_of("price"), 2);
  EXPECT_EQ(table.index_of("Price"), -1);
}

TEST(Csv, AFirstLineWithANumberIsNoHeader) {
  const Table table = parse("5.1,setosa\n4.9,virginica");
  EXPECT_FALSE(table.has_header);
  EXPECT_EQ(names(table), (Texts{"column_0", "column_1"}));
  EXPECT_EQ(table.columns[0].numbers, (Numbers{5.1, 4.9}));
  EXPECT_EQ(table.columns[1].texts, (Texts{"setosa", "virginica"}));
}

TEST(Csv, BlankCellsAreMissingAndNonFiniteOnesAreNot) {
  const Table table = parse("a,b,c\n1,,x\nNaN,-inf,\n ,2,z\n");
  const Column& a = table.columns[0];
  EXPECT_FALSE(a.is_text);
  EXPECT_EQ(a.missing, (Flags{0, 0, 1}));
  EXPECT_TRUE(std::isnan(a.numbers[1]) && std::isnan(a.numbers[2]));
  EXPECT_EQ(table.columns[1].missing, (Flags{1, 0, 0}));
  EXPECT_EQ(table.columns[1].numbers[1], -INFINITY);
  EXPECT_EQ(table.columns[2].missing, (Flags{0, 1, 0}));
  EXPECT_EQ(table.columns[2].texts, (Texts{"x", "", "z"}));
  EXPECT_EQ(a.missing_count(), 1);
}

TEST(Csv, AColumnWithOneWordIsText) {
  const Table table = parse("a,b\n1,1\n?,2\n3,\n");
  EXPECT_TRUE(table.columns[0].is_text);
  EXPECT_EQ(table.columns[0].texts, (Texts{"1", "?", "3"}));
  EXPECT_FALSE(table.columns[1].is_text);
  EXPECT_TRUE(parse("a,b\n1,\n2,\n").columns[1].is_text) << "blank in every row";
}

TEST(Csv, ReadsQuotes) {
  const Table table =
      parse("name,\"a \"\"b\"\", c\"\n\"Smith, John\",\"1\"\n \"two\nlines\" ,2\n\"\",3");
  EXPECT_EQ(names(table), (Texts{"name", "a \"b\", c"}));
  EXPECT_EQ(table.columns[0].texts, (Texts{"Smith, John", "two\nlines", ""}));
  EXPECT_EQ(table.columns[0].missing, (Flags{0, 0, 1}));
  EXPECT_EQ(table.columns[1].numbers, (Numbers{1, 2, 3}));
  EXPECT_EQ(table.lines, (std::vector<std::int64_t>{2, 3, 5}));
}

TEST(Csv, LineEndsBlanksAndMarksDoNotMatter) {
  const Table wanted = parse("a,b\n1,x\n2,y\n");
  for (const char* text : {"a,b\r\n1,x\r\n2,y\r\n", "a,b\n1,x\n2,y",
                           "\xEF\xBB\xBF"
                           "a,b\n1,x\n2,y",
                           "a,b\n\n1,x\n\n2,y\n\n", " a , b\n 1,\tx \n2, y", "a;b\n1;x\n2;y\n",
                           "a\tb\n1\tx\n2\ty\n", "a,b\r\n1,x\r\n2,y\r"}) {
    const Table table = parse(text);
    EXPECT_EQ(names(table), names(wanted)) << text;
    EXPECT_EQ(table.columns[0].numbers, wanted.columns[0].numbers) << text;
    EXPECT_EQ(table.columns[1].texts, wanted.columns[1].texts) << text;
  }
}

TEST(Csv, KeepsBlankCellsBetweenTabs) {
  const Table table = parse("a\tb\tc\n1\t\t3\n");
  EXPECT_EQ(table.columns[1].missing, (Flags{1}));
  EXPECT_EQ(table.columns[2].numbers, (Numbers{3}));
}

TEST(Csv, ReportsRaggedRows) {
  EXPECT_EQ(error_of("a,b\n1,2\n3\n"),
            "f.csv:3: expected 2 cells as in line 1, got 1; is a separator missing or too many?");
  EXPECT_EQ(error_of("a,b\n\"x\ny\",2\n1,2,3\n"),
            "f.csv:4: expected 2 cells as in line 1, got 3; is a separator missing or too many?");
  EXPECT_EQ(error_of("\n1\n1,2\n"),
            "f.csv:3: expected 1 cell as in line 2, got 2; is a separator missing or too many?");
}

TEST(Csv, ReportsQuotesThatDoNotClose) {
  EXPECT_EQ(error_of("a,b\n1,\"x\n2,y\n"),
            "f.csv:2: a quoted cell starts here and never ends; add the closing quote, or double a "
            "quote that belongs to the text");
  EXPECT_EQ(error_of("a,b\n1,\"x\"y\n"),
            "f.csv:2: expected a separator after the closing quote, got 'y'; double a quote that "
            "belongs to the text");
}

TEST(Csv, ReportsWhatIsNoTable) {
  EXPECT_EQ(error_of("\n\r\n\n"), "f.csv: expected rows of data, got empty lines");
  EXPECT_EQ(error_of("a,b\n"), "f.csv: expected rows of data below the header, got none");
  EXPECT_EQ(error_of("a,b,a\n1,2,3\n"),
            "f.csv:1: the column name \"a\" appears twice (columns 0 and 2, from 0); rename one");
  EXPECT_EQ(error_of(std::string("a,b\n1,\0\n", 8)),
            "f.csv:2: expected text, got a zero byte; is it a binary file, or UTF-16?");
}

TEST(Csv, NamesTheFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(file_error([&] { read_csv(folder.path("no.csv")); }),
            folder.path("no.csv") + ": no such file; is the path right?");
  EXPECT_EQ(read_csv(folder.write("t.csv", "1,2")).source, folder.path("t.csv"));
}

TEST(Csv, ReadsRealTables) {
  const std::string housing = real_data("tabular/california_housing.csv");
  if (housing.empty()) GTEST_SKIP() << "no tabular/ under $ANTLER_DATA";
  const Table table = read_csv(housing);
  EXPECT_EQ(table.row_count(), 20640);
  ASSERT_EQ(table.columns.size(), 10U);
  EXPECT_EQ(table.columns[4].missing_count(), 207);
  EXPECT_TRUE(table.columns[9].is_text);
  EXPECT_EQ(table.columns[8].name, "median_house_value");
  const Table iris = read_csv(real_data("tabular/iris.csv"));
  EXPECT_FALSE(iris.has_header);
  EXPECT_EQ(iris.row_count(), 150);
  EXPECT_EQ(iris.columns[4].texts.back(), "Iris-virginica");
  EXPECT_EQ(read_csv(real_data("tabular/wine.csv")).columns.size(), 14U);
  EXPECT_EQ(read_csv(real_data("timeseries/ETTh1.csv")).row_count(), 17420);
}

}  // namespace
}  // namespace antler
