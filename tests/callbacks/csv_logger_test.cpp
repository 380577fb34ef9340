#include "antler/callbacks/csv_logger.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

// Two examples of weight 0 and loss 4, so that every number is known.
Sequential known_model() {
  Sequential model({Input({1}), Dense(1, {.kernel_initializer = "zeros"})});
  model.compile({.optimizer = SGD({.learning_rate = 0.25}), .loss = "mse"});
  return model;
}

History fit_known(const Callback& log, int epochs, int first = 0, bool validate = false) {
  const Tensor x{{0}, {0}};
  const Tensor y{{2}, {2}};
  FitOptions options{.epochs = epochs, .verbose = 0, .callbacks = {log}, .initial_epoch = first};
  if (validate) options.validation_data = {x, y, {}};
  return known_model().fit(x, y, options);
}

TEST(CSVLogger, WritesKerasColumns) {
  const TemporaryFolder folder;
  // The bias goes from 0 halfway to 2 in each step.
  fit_known(CSVLogger(folder / "log.csv"), 2);
  EXPECT_EQ(text_of(folder / "log.csv"), "epoch,loss,val_loss\n0,4.0,NA\n1,1.0,NA\n");
  fit_known(CSVLogger(folder / "log.csv"), 2, 0, true);
  EXPECT_EQ(text_of(folder / "log.csv"), "epoch,loss,val_loss\n0,4.0,1.0\n1,1.0,0.25\n");
}

TEST(CSVLogger, IsUsedAgainFromTheStart) {
  const TemporaryFolder folder;
  const CSVLogger log(folder / "log.csv");
  fit_known(log, 2);
  fit_known(log, 1, 0, true);
  EXPECT_EQ(text_of(folder / "log.csv"), "epoch,loss,val_loss\n0,4.0,1.0\n");
}

TEST(CSVLogger, AppendsWithOneHeader) {
  const TemporaryFolder folder;
  fit_known(CSVLogger(folder / "log.csv", {.separator = ";", .append = true}), 1);
  fit_known(CSVLogger(folder / "log.csv", {.separator = ";", .append = true}), 6, 5);
  EXPECT_EQ(text_of(folder / "log.csv"), "epoch;loss;val_loss\n0;4.0;NA\n5;4.0;NA\n");
}

TEST(CSVLogger, BeginsANewLineAfterOneThatWasCutOff) {
  const TemporaryFolder folder;
  std::ofstream(folder / "log.csv") << "epoch,loss,val_loss\n0,3.";
  fit_known(CSVLogger(folder / "log.csv", {.append = true}), 1);
  EXPECT_EQ(text_of(folder / "log.csv"), "epoch,loss,val_loss\n0,3.\n0,4.0,NA\n");
}

TEST(CSVLogger, HasEveryEpochOnTheDiskAtOnce) {
  const TemporaryFolder folder;
  std::vector<std::size_t> sizes;
  const LambdaCallback look(
      {.on_epoch_begin = [&](int) { sizes.push_back(text_of(folder / "log.csv").size()); }});
  known_model().fit(
      Tensor{{0}}, Tensor{{2}},
      {.epochs = 2, .verbose = 0, .callbacks = {CSVLogger(folder / "log.csv"), look}});
  EXPECT_EQ(sizes, (std::vector<std::size_t>{0, 29}));
}

TEST(CSVLogger, SortsNamesAndQuotesThem) {
  const TemporaryFolder folder;
  const LambdaCallback add({.on_epoch_end = [](int, Logs& logs) {
    logs.set("a,\"b\"", 1.5);
    logs.set("nan", kNaN);
  }});
  known_model().fit(Tensor{{0}}, Tensor{{2}},
                    {.verbose = 0, .callbacks = {add, CSVLogger(folder / "log.csv")}});
  EXPECT_EQ(text_of(folder / "log.csv"),
            "epoch,\"a,\"\"b\"\"\",loss,nan,\"val_a,\"\"b\"\"\",val_loss,val_nan\n"
            "0,1.5,4.0,nan,NA,NA,NA\n");
}

TEST(CSVLogger, NamesMistakesBeforeTraining) {
  const TemporaryFolder folder;
  EXPECT_EQ(error_of<ValueError>([] { CSVLogger("log.csv", {.separator = ", "}); }),
            "CSVLogger: expected one character as separator, got \", \"");
  const auto fit_error = [](const std::string& path) {
    bool trained = false;
    const LambdaCallback watch({.on_train_batch_begin = [&](std::int64_t) { trained = true; }});
    const std::string text = error_of<FileError>([&] {
      known_model().fit(Tensor{{0}}, Tensor{{2}},
                        {.verbose = 0, .callbacks = {watch, CSVLogger(path)}});
    });
    EXPECT_FALSE(trained);
    return text;
  };
  EXPECT_EQ(fit_error(folder.path()),
            folder.path() + ": CSVLogger expected a file, got a directory; name a file in it");
  EXPECT_EQ(fit_error(folder / "no/log.csv"), (folder / "no/log.csv") +
                                                  ": CSVLogger cannot write: there is no folder " +
                                                  (folder / "no") + "; make it or choose another");
  EXPECT_EQ(fit_error(""), "CSVLogger: expected a file's path, got an empty one");
}

TEST(CSVLogger, SaysWhenTheDiskIsFull) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  EXPECT_EQ(error_of<FileError>([] { fit_known(CSVLogger("/dev/full"), 1); }),
            "/dev/full: CSVLogger cannot write: No space left on device; choose a file that you "
            "may write to");
}

TEST(CSVLogger, RefusesAFileOfOtherColumns) {
  const TemporaryFolder folder;
  std::ofstream(folder / "log.csv") << "epoch,mae\n";
  EXPECT_EQ(
      error_of<FileError>([&] { fit_known(CSVLogger(folder / "log.csv", {.append = true}), 1); }),
      (folder / "log.csv") +
          ": expected the columns epoch,loss,val_loss to append to, got epoch,mae; choose "
          "another file");
}

}  // namespace
}  // namespace antler::testing
