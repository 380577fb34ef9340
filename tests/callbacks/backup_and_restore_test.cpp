#include "antler/callbacks/backup_and_restore.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/layers/dropout.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/random.h"
#include "antler/optimizers/adam.h"
#include "antler/saving/saving.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

constexpr int kEpochs = 4;
constexpr std::int64_t kBatches = 5;  // of 4 rows, and one of 2

Tensor rows() { return Tensor(ops::random::normal({18, 3}, {.seed = 4})); }
Tensor targets() { return Tensor(ops::random::normal({18, 1}, {.seed = 5})); }

// A new process has another default seed: the backup brings its own.
Sequential new_model(std::uint64_t seed) {
  set_random_seed(seed);
  Sequential model({Input({3}), Dense(6, {.activation = "tanh"}), Dropout(0.4), Dense(1)});
  model.compile({.optimizer = Adam({.learning_rate = 0.05}), .loss = "mse", .metrics = {"mae"}});
  return model;
}

// Throws before the batch of that number, counted over all epochs; never below 0.
Callback crash_before(std::int64_t batch) {
  auto left = std::make_shared<std::int64_t>(batch);
  return LambdaCallback({.on_train_batch_begin = [left](std::int64_t) {
    if ((*left)-- == 0) throw std::runtime_error("crash");
  }});
}

History train(const Model& model, std::vector<Callback> callbacks) {
  return model.fit(rows(), targets(),
                   {.batch_size = 4,
                    .epochs = kEpochs,
                    .verbose = 0,
                    .callbacks = std::move(callbacks),
                    .validation_split = 0.0});
}

std::vector<Tensor> unbroken(History& history) {
  const Sequential model = new_model(1);
  history = train(model, {});
  return model.get_weights();
}

bool same(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  bool all = a.size() == b.size();
  for (std::size_t i = 0; all && i < a.size(); ++i) all = identical(a[i], b[i]);
  return all;
}

// Crashes once before the given batch, and goes on in a model with other weights and seed.
class Crash : public ::testing::TestWithParam<int> {};

TEST_P(Crash, AnEpochsBackupGivesTheBitsOfAnUnbrokenRun) {
  const TemporaryFolder folder;
  const BackupAndRestore backup(folder / "b", {.delete_checkpoint = false});
  EXPECT_THROW(train(new_model(1), {backup, crash_before(GetParam())}), std::runtime_error);
  EXPECT_FALSE(backup.resumed_epoch());
  const Sequential model = new_model(2);
  const BackupAndRestore restore(folder / "b");
  const History history = train(model, {restore});
  History expected_history;
  const std::vector<Tensor> expected = unbroken(expected_history);
  const auto whole_epochs = static_cast<int>(GetParam() / kBatches);
  // Before the first backup there is nothing to go on from: the second model trains from its own
  // weights.
  if (whole_epochs == 0) {
    EXPECT_FALSE(restore.resumed_epoch());
    EXPECT_EQ(history.epoch().size(), static_cast<std::size_t>(kEpochs));
    return;
  }
  EXPECT_TRUE(same(model.get_weights(), expected));
  EXPECT_EQ(restore.resumed_epoch(), whole_epochs);
  ASSERT_EQ(history.epoch().size(), static_cast<std::size_t>(kEpochs - whole_epochs));
  EXPECT_EQ(history.epoch().front(), whole_epochs);
  EXPECT_EQ(history["loss"].back(), expected_history["loss"].back());
  EXPECT_FALSE(std::filesystem::exists(folder / "b")) << "the backup is gone when fit has ended";
}

TEST_P(Crash, ABackupWithinAnEpochGoesOnInIt) {
  const TemporaryFolder folder;
  const BackupAndRestoreOptions every_second{.save_freq = 2};
  EXPECT_THROW(
      train(new_model(1), {BackupAndRestore(folder / "b", every_second), crash_before(GetParam())}),
      std::runtime_error);
  const Sequential model = new_model(2);
  const BackupAndRestore restore(folder / "b", every_second);
  const History history = train(model, {restore});
  if (GetParam() < 2) return;
  History expected_history;
  EXPECT_TRUE(same(model.get_weights(), unbroken(expected_history)));
  const auto begun = static_cast<std::size_t>(*restore.resumed_epoch());
  for (std::size_t i = begun; i < kEpochs; ++i) {
    EXPECT_EQ(history["loss"][i - begun], expected_history["loss"][i]) << i;
    EXPECT_EQ(history["mae"][i - begun], expected_history["mae"][i]) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Before, Crash, ::testing::Values(1, 4, 5, 7, 10, 11, 14, 19));

TEST(BackupAndRestore, KeepsOneBackupOrTwo) {
  const TemporaryFolder folder;
  const auto files = [&](bool twice) {
    std::filesystem::remove_all(folder / "b");
    train(
        new_model(1),
        {BackupAndRestore(folder / "b", {.double_checkpoint = twice, .delete_checkpoint = false})});
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder / "b")) {
      ++count;
    }
    return count;
  };
  EXPECT_EQ(files(false), 2U);  // weights and what belongs to them
  EXPECT_EQ(files(true), 4U);
}

TEST(BackupAndRestore, TakesTheBackupBeforeADamagedOne) {
  for (const std::string damaged : {"step-10.weights.h5", "training_metadata.json"}) {
    const TemporaryFolder folder;
    const BackupAndRestoreOptions twice{.double_checkpoint = true};
    EXPECT_THROW(train(new_model(1), {BackupAndRestore(folder / "b", twice), crash_before(12)}),
                 std::runtime_error);
    std::ofstream(folder / ("b/" + damaged)) << "x";
    const Sequential model = new_model(2);
    const BackupAndRestore restore(folder / "b", twice);
    train(model, {restore});
    EXPECT_EQ(restore.resumed_epoch(), 1);
    History ignored;
    EXPECT_TRUE(same(model.get_weights(), unbroken(ignored)));
  }
}

TEST(BackupAndRestore, NamesADamagedBackup) {
  const TemporaryFolder folder;
  EXPECT_THROW(train(new_model(1), {BackupAndRestore(folder / "b"), crash_before(12)}),
               std::runtime_error);
  std::ofstream(folder / "b/training_metadata.json") << "{\"epoch\": 2}";
  EXPECT_EQ(error_of<FileError>([&] {
              train(new_model(1), {BackupAndRestore(folder / "b")});
            }).substr(0, (folder / "b/training_metadata.json").size() + 2),
            (folder / "b/training_metadata.json") + ": ");
}

TEST(BackupAndRestore, LeavesTheFilesOfOthers) {
  const TemporaryFolder folder;
  std::ofstream(folder / "mine.txt") << "x";
  train(new_model(1), {BackupAndRestore(folder.path())});
  EXPECT_EQ(text_of(folder / "mine.txt"), "x");
  EXPECT_FALSE(std::filesystem::exists(folder / "training_metadata.json"));
}

TEST(BackupAndRestore, ATrainedRunIsNotTrainedAgain) {
  const TemporaryFolder folder;
  const BackupAndRestore backup(folder / "b", {.delete_checkpoint = false});
  const Sequential first = new_model(1);
  train(first, {backup});
  const Sequential second = new_model(2);
  EXPECT_TRUE(train(second, {backup}).epoch().empty());
  EXPECT_TRUE(same(second.get_weights(), first.get_weights()));
}

TEST(BackupAndRestore, NamesMistakes) {
  EXPECT_EQ(error_of<ValueError>([] { BackupAndRestore(""); }),
            "BackupAndRestore: expected a folder, got an empty one");
  EXPECT_EQ(error_of<StateError>([] {
              const TemporaryFolder folder;
              Sequential model({Dense(1)});
              model.compile({.optimizer = "sgd", .loss = "mse"});
              model.fit(four_rows(), four_targets(),
                        {.verbose = 0, .callbacks = {BackupAndRestore(folder.path())}});
            }),
            "BackupAndRestore: expected a model that is built; call it once or give it an Input");
}

}  // namespace
}  // namespace antler::testing
