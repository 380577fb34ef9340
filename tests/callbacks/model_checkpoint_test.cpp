#include "antler/callbacks/model_checkpoint.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/saving/saving.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(ModelCheckpoint, SavesEveryEpochUnderItsNumbers) {
  const TemporaryFolder folder;
  const ModelCheckpoint save(folder / "run/{epoch:02d}-{v:.1f}.keras");
  const Sequential model = small_model();
  fit_scripted(model, "v", {0.31, 0.22}, save);
  EXPECT_EQ(files_in(folder / "run"), (std::vector<std::string>{"01-0.3.keras", "02-0.2.keras"}));
  EXPECT_EQ(save.last_path(), folder / "run/02-0.2.keras");
  const Model loaded = load_model(save.last_path());
  EXPECT_TRUE(identical(loaded.predict(four_rows()), model.predict(four_rows())));
}

TEST(ModelCheckpoint, SavesOnlyTheBest) {
  const TemporaryFolder folder;
  const auto saved = [&](const ModelCheckpointOptions& options) {
    std::filesystem::remove_all(folder / "run");
    const ModelCheckpoint save(folder / "run/{epoch}.keras", options);
    fit_scripted(small_model(), "v", {3, 1, 2, 0.5}, save);
    EXPECT_EQ(save.best(), options.mode == "max" ? 3 : 0.5);
    return files_in(folder / "run");
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(saved({.monitor = "v", .save_best_only = true, .mode = "min"}),
            (Names{"1.keras", "2.keras", "4.keras"}));
  EXPECT_EQ(saved({.monitor = "v", .save_best_only = true, .mode = "max"}), (Names{"1.keras"}));
  EXPECT_EQ(
      saved(
          {.monitor = "v", .save_best_only = true, .mode = "min", .initial_value_threshold = 0.8}),
      (Names{"4.keras"}));
}

TEST(ModelCheckpoint, SavesAfterSoManyBatches) {
  const TemporaryFolder folder;
  const ModelCheckpoint save(folder / "{epoch}-{batch}.weights.h5",
                             {.save_weights_only = true, .save_freq = 3});
  const Sequential model = small_model();
  model.fit(four_rows(), four_targets(),
            {.batch_size = 1, .epochs = 2, .verbose = 0, .callbacks = {save}});
  // Eight batches: the count goes on over the end of an epoch.
  EXPECT_EQ(files_in(folder.path()),
            (std::vector<std::string>{"1-3.weights.h5", "2-2.weights.h5"}));
  small_model().load_weights(save.last_path());
}

TEST(ModelCheckpoint, SaysWhatItDoesWhenAsked) {
  const TemporaryFolder folder;
  const std::string path = folder / "m.keras";
  ::testing::internal::CaptureStdout();
  fit_scripted(
      small_model(), "v", {1, 2},
      ModelCheckpoint(path, {.monitor = "v", .verbose = 1, .save_best_only = true, .mode = "min"}));
  EXPECT_EQ(::testing::internal::GetCapturedStdout(),
            "\nEpoch 1: v improved from None to 1.00000, saving model to " + path +
                "\n\nEpoch 1: finished saving model to " + path +
                "\n\nEpoch 2: v did not improve from 1.00000\n");
}

TEST(ModelCheckpoint, NamesMistakes) {
  const auto made = [](const std::string& path, const ModelCheckpointOptions& options) {
    return error_of<ValueError>([&] { ModelCheckpoint(path, options); });
  };
  EXPECT_EQ(made("m.h5", {}),
            "ModelCheckpoint: expected a filepath that ends in .keras, got \"m.h5\"");
  EXPECT_EQ(made("m.keras", {.save_weights_only = true}),
            "ModelCheckpoint: expected a filepath that ends in .weights.h5 with save_weights_only, "
            "got \"m.keras\"");
  EXPECT_EQ(made("{batch}.keras", {}),
            "ModelCheckpoint: filepath: expected {batch} only with save_freq as a number of "
            "batches");
  EXPECT_EQ(error_of<ValueError>([] { SaveFreq("batch"); }),
            "save_freq: expected \"epoch\" or a number of batches, got \"batch\"");
  EXPECT_EQ(error_of<ValueError>([] { SaveFreq(0); }),
            "save_freq: expected at least 1 batch, got 0");
}

TEST(ModelCheckpoint, NamesPathsThatCannotBeWrittenBeforeTraining) {
  const TemporaryFolder folder;
  const auto fit_error = [](const std::string& path) {
    bool trained = false;
    const LambdaCallback watch({.on_train_batch_begin = [&](std::int64_t) { trained = true; }});
    const std::string text = error_of<FileError>([&] {
      small_model().fit(four_rows(), four_targets(),
                        {.verbose = 0, .callbacks = {watch, ModelCheckpoint(path)}});
    });
    EXPECT_FALSE(trained);
    return text;
  };
  std::filesystem::create_directory(folder / "m.keras");
  EXPECT_EQ(fit_error(folder / "m.keras"),
            (folder / "m.keras") +
                ": ModelCheckpoint expected a file, got a directory; name a file in it");
  std::ofstream(folder / "file") << "x";
  EXPECT_EQ(fit_error(folder / "file/m.keras"),
            (folder / "file") +
                ": ModelCheckpoint cannot make this folder: Not a directory; choose another");
}

}  // namespace
}  // namespace antler::testing
