#include "antler/data/table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/data/csv.h"

namespace antler {
namespace {

Table houses() { return parse_csv("size,price,town\n1.5,10,Bonn\n,20,Ulm\n", "houses.csv"); }

TEST(Table, GivesTheNumbersOfColumnsInTheOrderOfTheirNames) {
  const Tensor xy = houses().numbers({"price", "size"});
  EXPECT_EQ(xy.shape(), (Shape{2, 2}));
  EXPECT_EQ(xy.dtype(), DType::float32);
  EXPECT_EQ(xy.item(0), 10);
  EXPECT_EQ(xy.item(1), 1.5);
  EXPECT_EQ(xy.item(2), 20);
  EXPECT_TRUE(std::isnan(xy.item(3)));  // a blank cell
}

TEST(Table, GivesTheNumbersOfAllColumns) {
  const Tensor all = parse_csv("1,2,3\n4,5,6\n", "grid.csv").numbers();
  EXPECT_EQ(all.shape(), (Shape{2, 3}));
  EXPECT_EQ(all.item(5), 6);
}

std::string message_of(const std::vector<std::string>& names) {
  try {
    (void)houses().numbers(names);
  } catch (const ValueError& e) {
    return e.what();
  }
  return "nothing was thrown";
}

TEST(Table, NamesTheColumnThatIsNotThere) {
  EXPECT_EQ(message_of({"sizes"}), "houses.csv: unknown column \"sizes\"; did you mean \"size\"?");
}

TEST(Table, RefusesText) {
  EXPECT_EQ(
      message_of({"size", "town"}),
      "houses.csv: expected numbers in column \"town\", got text; StringLookup makes numbers of "
      "it");
}

}  // namespace
}  // namespace antler
