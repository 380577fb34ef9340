#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "antler/core/tensor.h"
#include "antler/data/npy.h"
#include "tests/data/files.h"
#include "tests/support/command.h"

// What the command says to wrong use and bad data, and the exit code it leaves.
namespace antler::testing {
namespace {

struct Message {
  std::vector<std::string> arguments;  // "@name" is a file of the test's folder
  int exit_code;
  std::string text;  // of standard error; "@" is the folder
};

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

class CommandMessages : public ::testing::Test {
 protected:
  CommandMessages() {
    folder_.write("nan.csv", "a,b,price\n1,2,3\n4,nan,6\n7,8,9\n");
    folder_.write("inf.csv", "a,b,price\n1,2,3\n4,-inf,6\n7,8,9\n");
    folder_.write("na.csv", "a,b,price\n1,2,3\n4,NA,6\n7,8,9\n1,1,1\n");
    folder_.write("blank.csv", "a,b,price\n1,2,3\n4,5,\n");
    folder_.write("bad_target.csv", "a,b,price\n1,2,3\n4,5,inf\n");
    folder_.write("const.csv", "a,b,price\n1,2,3\n4,5,3\n");
    folder_.write("mixed.csv", "a,b,c\n1,x,3\n4,y,5\n6,z,1.5\n");
    folder_.write("good.csv", "a,b,price\n1,2,3.5\n4,5,6\n7,8,9\n");
    folder_.write("empty.csv", "");
    folder_.write("header.csv", "a,b,price\n");
    folder_.write("junk.keras", "this is no zip");
    std::filesystem::create_directories(folder_.path("dir.csv"));
    std::filesystem::create_directories(folder_.path("dir.keras"));
    write_npy(folder_.path("x.npy"), Tensor{{1, 2}, {3, 4}, {5, 6}});
    write_npy(folder_.path("x_nan.npy"), Tensor{{1, 2}, {3, NAN}, {5, 6}});
    write_npy(folder_.path("y.npy"), Tensor{1, 2, 1});
    write_npy(folder_.path("y2.npy"), Tensor{1, 2});
  }

  void check(const std::vector<Message>& messages) const {
    const auto before = folder_.file_count();
    for (const Message& message : messages) {
      std::vector<std::string> arguments;
      std::string shown;
      for (const std::string& argument : message.arguments) {
        arguments.push_back(replace_all(argument, "@", folder_.path()));
        shown += argument + " ";
      }
      const CommandResult result = run_antler(arguments);
      EXPECT_EQ(result.exit_code, message.exit_code) << shown;
      EXPECT_EQ(replace_all(result.err, folder_.path(), "@"), "antler: " + message.text + "\n")
          << shown;
      EXPECT_EQ(result.out, "") << shown;
      EXPECT_EQ(folder_.file_count(), before) << shown << "left a file behind";
    }
  }

  TemporaryFolder folder_;
};

TEST_F(CommandMessages, WrongUse) {
  check({
      {{}, kWrongUse, "expected a command; antler --help lists them"},
      {{"trian", "x"}, kWrongUse, "unknown command \"trian\"; did you mean \"train\"?"},
      {{"--versio"}, kWrongUse, "unknown option \"--versio\"; did you mean \"--version\"?"},
      {{"train"}, kWrongUse, "DATA is required; see antler train --help"},
      {{"train", "d.csv", "--epoch", "3"},
       kWrongUse,
       "unknown option \"--epoch\"; did you mean \"--epochs\"?"},
      {{"train", "d.csv", "--epochs", "0"},
       kWrongUse,
       "--epochs: expected an integer of at least 1, got 0; see antler train --help"},
      {{"train", "d.csv", "--seed", "-3"},
       kWrongUse,
       "--seed: expected an integer of at least 0, got -3; see antler train --help"},
      {{"train", "d.csv", "--layers", "3,x"},
       kWrongUse,
       "--layers: expected sizes such as 25,15 (or none), got 3,x; see antler train --help"},
      {{"train", "d.csv", "--activation", "rleu"},
       kWrongUse,
       "--activation: unknown activation \"rleu\"; did you mean \"relu\"?"},
      {{"train", "d.csv", "--loss", "msee"},
       kWrongUse,
       "--loss: unknown loss \"msee\"; did you mean \"mse\"?"},
      {{"train", "d.csv", "--optimizer", "adm"},
       kWrongUse,
       "--optimizer: unknown optimizer \"adm\"; did you mean \"adam\"?"},
      {{"train", "d.csv", "--task", "multclass"},
       kWrongUse,
       "--task: unknown task \"multclass\"; did you mean \"multiclass\"?"},
      {{"train", "d.csv", "--validation-split", "1"},
       kWrongUse,
       "--validation-split: expected a share from 0 up to, but without 1, got 1; see antler train "
       "--help"},
      {{"train", "d.csv", "--learning-rate", "-1"},
       kWrongUse,
       "--learning-rate: expected a number over 0, got -1; see antler train --help"},
      {{"train", "d.csv", "--threads", "0"},
       kWrongUse,
       "--threads: expected an integer of at least 1, got 0; see antler train --help"},
      {{"train", "d.csv", "-o", "m.h5"},
       kWrongUse,
       "--output: expected a name that ends in .keras, got m.h5; see antler train --help"},
      {{"predict", "m.keras", "d.csv", "-o", "p.txt"},
       kWrongUse,
       "--output: expected a name that ends in .csv or .npy, got p.txt; see antler predict --help"},
  });
}

// What `antler explain EXPRESSION` says about the expression.
TEST_F(CommandMessages, ExpressionsThatCannotBeRead) {
  const auto wrong = [](const std::string& expression, const std::string& text) {
    const bool asks = text.ends_with('?');
    return Message{{"explain", expression},
                   kWrongUse,
                   "MODEL|EXPRESSION: " + text + (asks ? "" : "; see antler explain --help")};
  };
  check({
      wrong("", "position 1 of \"\": expected a number, a name or (, got the end"),
      wrong("w * ", "position 5 of \"w * \": expected a number, a name or (, got the end"),
      wrong("w ** 2",
            "position 4 of \"w ** 2\": expected a number, a name or (, got \"*\"; powers are "
            "written ^"),
      wrong("2w", "position 2 of \"2w\": expected an operator or ;, got \"w\""),
      wrong("(w + 1", "position 7 of \"(w + 1\": expected an operator or ), got the end"),
      wrong("w + 1)", "position 6 of \"w + 1)\": expected an operator or ;, got \")\""),
      wrong("w \xc3\x97 x",
            "position 3 of \"w \xc3\x97 x\": expected an operator or ;, got "
            "\"\xc3\x97\""),
      wrong("sigmiod(w)",
            "position 1 of \"sigmiod(w)\": unknown function \"sigmiod\"; did you mean "
            "\"sigmoid\"?"),
      wrong("exp + 1", "position 5 of \"exp + 1\": expected ( after exp, got \"+\""),
      wrong("exp = 1",
            "position 1 of \"exp = 1\": expected a name that is no function's, got "
            "\"e\""),
      wrong("c = 1; c = 2",
            "position 8 of \"c = 1; c = 2\": expected a new name before =, got c, which has a "
            "value already"),
      wrong("d = c; c = 2",
            "position 8 of \"d = c; c = 2\": expected a new name before =, got c, which was read "
            "before; assign it first"),
      wrong("J^2", "expected a name for the value of \"J^2\", for J is taken; write J2 = ..."),
      wrong("1e999", "position 1 of \"1e999\": expected a number that float64 holds, got \"1\""),
      wrong(std::string(300, '(') + "w", "expected at most 200 brackets within each other"),
  });
}

TEST_F(CommandMessages, ValuesThatDoNotFitTheExpression) {
  check({
      {{"explain", "w*x", "--at", "w=2"},
       kWrongUse,
       "--at: expected a value for each name that is read, got none for x; add x=..."},
      {{"explain", "weight*x", "--at", "weigth=2,x=1"},
       kWrongUse,
       "--at: unknown name \"weigth\"; did you mean \"weight\"?"},
      {{"explain", "w", "--at", "w:2"},
       kWrongUse,
       "--at: expected values such as w=2,x=-2, got \"w:2\"; see antler explain --help"},
      {{"explain", "w", "--at", "w=two"},
       kWrongUse,
       "--at: expected values such as w=2,x=-2, got \"w=two\"; see antler explain --help"},
      {{"explain", "w", "--at", "w=1,w=2"},
       kWrongUse,
       "--at: expected each name once, got w again; see antler explain --help"},
      {{"explain", "w", "--format", "svgg"},
       kWrongUse,
       "--format: unknown format \"svgg\"; did you mean \"svg\"?"},
      {{"explain", "w", "-o", "@none/g.txt"},
       kWorkFailed,
       "@none/g.txt: cannot write: No such file or directory; does the folder exist?"},
      {{"explain", "w", "data.csv"},
       kWrongUse,
       "unexpected argument \"data.csv\": DATA is for a MODEL, whose name ends in .keras; values "
       "go "
       "into --at"},
      {{"explain", "m.keras", "--at", "w=1"},
       kWrongUse,
       "--at: expected an EXPRESSION with it, got a MODEL; give DATA for its example"},
  });
}

TEST_F(CommandMessages, DataThatCannotBeLearned) {
  const std::string out = "@m.keras";
  check({
      {{"train", "@nan.csv", "-o", out},
       kWorkFailed,
       "@nan.csv:3: row 2, column \"b\": expected a finite number, got nan; leave a cell blank "
       "when "
       "its value is not known"},
      {{"train", "@inf.csv", "-o", out},
       kWorkFailed,
       "@inf.csv:3: row 2, column \"b\": expected a finite number, got -inf; leave a cell blank "
       "when its value is not known"},
      {{"train", "@na.csv", "-o", out},
       kWorkFailed,
       "@na.csv:3: row 2, column \"b\": expected a number as in most rows, got \"NA\"; leave a "
       "cell "
       "blank when its value is not known"},
      {{"train", "@blank.csv", "-o", out},
       kWorkFailed,
       "@blank.csv:3: row 2, column \"price\": expected a target, got a blank cell; fill it or "
       "remove the row"},
      {{"train", "@bad_target.csv", "-o", out},
       kWorkFailed,
       "@bad_target.csv:3: row 2, column \"price\": expected a finite number, got inf; leave a "
       "cell "
       "blank when its value is not known"},
      {{"train", "@const.csv", "-o", out},
       kWorkFailed,
       "@const.csv: column \"price\" has the same value in all rows: there is nothing to learn; is "
       "it the target? (--target)"},
      {{"train", "@mixed.csv", "--target", "b,c", "-o", out},
       kWorkFailed,
       "@mixed.csv: column \"b\" holds text: several targets must all be numbers; name one "
       "--target"},
      {{"train", "@mixed.csv", "--target", "b", "--task", "regression", "-o", out},
       kWorkFailed,
       "@mixed.csv: --task regression: expected numbers in \"b\", got text such as \"x\""},
      {{"train", "@good.csv", "--task", "binary", "-o", out},
       kWorkFailed,
       "@good.csv: --task binary: expected two values in \"price\", got 3"},
      {{"train", "@good.csv", "--validation-split", "0.99", "-o", out},
       kWorkFailed,
       "@good.csv: --validation-split 0.99 leaves no row to train on among 3"},
      {{"train", "@x_nan.npy", "@y.npy", "-o", out},
       kWorkFailed,
       "@x_nan.npy: row 1, column 1 (from 0): expected a finite number, got nan"},
      {{"train", "@x.npy", "@y2.npy", "-o", out},
       kWorkFailed,
       "@y2.npy: expected as many targets as examples, got 2 and 3"},
      {{"train", "@x.npy", "-o", out},
       kWorkFailed,
       "@x.npy: expected targets too: X.npy Y.npy, IMAGES LABELS, or x and y in one .npz"},
      {{"train", "@x.npy", "@y.npy", "--target", "1", "-o", out},
       kWorkFailed,
       "@x.npy: --target names a column of a table, and these are arrays"},
  });
}

TEST_F(CommandMessages, ColumnsThatAreNotThere) {
  check({
      {{"train", "@good.csv", "--target", "prise"},
       kWorkFailed,
       "@good.csv: no column \"prise\"; did you mean \"price\"?"},
      {{"train", "@good.csv", "--target", "7"},
       kWorkFailed,
       "@good.csv: expected a column index from -3 to 2, got 7"},
      {{"train", "@good.csv", "--target", "price,2"},
       kWorkFailed,
       "--target: column \"2\" is given twice"},
      {{"train", "@good.csv", "--target", "a,b,price"},
       kWorkFailed,
       "@good.csv: expected at least one column beside the target, got none"},
  });
}

TEST_F(CommandMessages, FilesThatCannotBeRead) {
  check({
      {{"train", "@empty.csv"},
       kWorkFailed,
       "@empty.csv: the file is empty; was it written or copied to its end?"},
      {{"train", "@header.csv"},
       kWorkFailed,
       "@header.csv: expected rows of data below the header, got none"},
      {{"train", "@dir.csv"},
       kWorkFailed,
       "@dir.csv: expected a file, got a directory; name a file in it"},
      {{"train", "@none.csv"}, kWorkFailed, "@none.csv: no such file; is the path right?"},
      {{"train", "drawn_digit"},
       kWorkFailed,
       "drawn_digit: no such file, and no data set of that name; did you mean drawn_digits?"},
      {{"train", "@good.csv", "@y.npy"},
       kWorkFailed,
       "@good.csv: a .csv file holds features and targets: expected it alone, got @good.csv and "
       "@y.npy"},
      {{"evaluate", "@none.keras", "@good.csv"},
       kWorkFailed,
       "@none.keras: expected a file, got nothing of that name"},
      {{"summary", "@dir.keras"}, kWorkFailed, "@dir.keras: expected a file, got a directory"},
  });
}

TEST_F(CommandMessages, FilesThatCannotBeWritten) {
  check({
      {{"train", "@good.csv", "-o", "@none/m.keras"},
       kWorkFailed,
       "@none/m.keras: cannot be written: no folder @none"},
      {{"train", "@good.csv", "-o", "@dir.keras"},
       kWorkFailed,
       "@dir.keras: is a directory; expected the name of a file to write"},
  });
}

TEST_F(CommandMessages, DataThatDoNotFitTheModel) {
  ASSERT_EQ(run_antler({"train", folder_.write("t.csv", "width,kind\n1,a\n2,b\n3,a\n4,b\n"),
                        "--epochs", "1", "-o", folder_.path("m.keras")})
                .exit_code,
            kSuccess);
  folder_.write("renamed.csv", "wdth,kind\n1,a\n");
  folder_.write("kinds.csv", "width,kind\n1,a\n2,c\n");
  folder_.write("no_kind.csv", "width,kin\n1,a\n");
  folder_.write("wide.csv", "1,2,3\n");
  folder_.write("text.csv", "width\nwide\n");
  check({
      {{"predict", "@m.keras", "@renamed.csv"},
       kWorkFailed,
       "@renamed.csv: expected a column \"width\" as in training, got none; did you mean "
       "\"wdth\"?"},
      {{"evaluate", "@m.keras", "@no_kind.csv"},
       kWorkFailed,
       "@no_kind.csv: expected the target column \"kind\", got none; did you mean \"kin\"?"},
      {{"evaluate", "@m.keras", "@kinds.csv"},
       kWorkFailed,
       "@kinds.csv: row 2, column \"kind\": unknown class \"c\"; known are a, b"},
      {{"predict", "@m.keras", "@wide.csv"},
       kWorkFailed,
       "@wide.csv: expected 1 columns of features, or 2 with the target, got 3"},
      {{"predict", "@m.keras", "@text.csv"},
       kWorkFailed,
       "@text.csv:2: row 1, column \"width\": expected a number as in training, got \"wide\""},
      {{"predict", "@m.keras", "@x.npy"},
       kWorkFailed,
       "@x.npy: expected examples of shape (1,), as the model was trained on, got (2,)"},
  });
}

TEST_F(CommandMessages, ALossThatIsNoNumberSavesNothing) {
  std::string rows = "a,b\n";
  for (int i = 0; i < 64; ++i) rows += std::to_string(i) + "," + std::to_string(i * i) + ".5\n";
  folder_.write("d.csv", rows);
  const CommandResult result =
      run_antler({"train", folder_.path("d.csv"), "--optimizer", "sgd", "--learning-rate", "1e9",
                  "-o", folder_.path("m.keras"), "--json"});
  EXPECT_EQ(result.exit_code, kWorkFailed);
  EXPECT_NE(result.err.find("in epoch 1: nothing is saved; try a smaller --learning-rate\n"),
            std::string::npos)
      << result.err;
  EXPECT_FALSE(std::filesystem::exists(folder_.path("m.keras")));
}

TEST(CommandOutput, AFullDiskIsAnError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  const CommandResult result = run_antler_into("/dev/full", {"datasets"});
  EXPECT_EQ(result.exit_code, kWorkFailed);
  EXPECT_EQ(result.err, "antler: standard output: No space left on device\n");
}

}  // namespace
}  // namespace antler::testing
