#include "antler/data/text_dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>

#include "tests/data/files.h"

namespace antler::utils {
namespace {

using antler::testing::error_text;
using antler::testing::TemporaryFolder;
using Texts = std::vector<std::string>;

struct TextFolder : TemporaryFolder {
  TextFolder() {
    write("bad/1.txt", "awful");
    write("bad/2.txt", "");
    write("bad/notes.md", "no text");
    write("good/b.TXT", "very\ngood");
    write("good/deep/a.txt", std::string("a\0z", 3));
  }
};

Texts texts(const Dataset& dataset) {
  BatchReader reader(dataset);
  Batch batch;
  Texts out;
  for (reader.start(0); reader.next(batch);) {
    EXPECT_EQ(batch.x[0].rank(), 1);
    for (std::int64_t i = 0; i < batch.size; ++i) out.push_back(batch.x[0].item<std::string>(i));
  }
  return out;
}

TEST(TextDataset, HoldsTheTextsOfEachFolder) {
  const TextFolder folder;
  const DirectoryDataset data = text_dataset_from_directory(
      folder.path(), {.batch_size = 3, .shuffle = false, .verbose = false});
  EXPECT_EQ(data.class_names, (Texts{"bad", "good"}));
  EXPECT_EQ(texts(data), (Texts{"awful", "", "very\ngood", std::string("a\0z", 3)}));
  EXPECT_EQ(texts(data.prefetch()), texts(data));
  EXPECT_EQ(data.batch_count(), 2);
  BatchReader reader(data);
  Batch batch;
  reader.start(0);
  reader.next(batch);
  EXPECT_EQ(batch.y[0].dtype(), DType::int32);
  EXPECT_EQ(batch.y[0].item<int>(2), 1);
}

TEST(TextDataset, CutsShufflesAndSplits) {
  const TextFolder folder;
  TextDatasetOptions options = {
      .max_length = 3, .seed = 4, .validation_split = 0.5, .subset = "training", .verbose = false};
  Texts all = texts(text_dataset_from_directory(folder.path(), options));
  EXPECT_EQ(all.size(), 2U);
  options.subset = "validation";
  options.label_mode = std::nullopt;
  const DirectoryDataset validation = text_dataset_from_directory(folder.path(), options);
  EXPECT_TRUE(validation.class_names.empty());
  for (const std::string& text : texts(validation)) all.push_back(text);
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, (Texts{"", std::string("a\0z", 3), "awf", "ver"}));
}

// Whatever the memory held in which it is made.
TEST(LabelsArg, InferredIsSetAndNotFound) {
  alignas(LabelsArg) std::byte memory[sizeof(LabelsArg)];
  std::memset(memory, 0xff, sizeof(memory));
  auto* labels = new (memory) LabelsArg("inferred");
  EXPECT_TRUE(labels->is_inferred());
  labels->~LabelsArg();
}

TEST(TextDataset, GivesBothSubsetsOfOneSplit) {
  const TextFolder folder;
  const auto [training, validation] = text_datasets_from_directory(
      folder.path(), {.max_length = 4, .seed = 4, .validation_split = 0.3, .verbose = false});
  EXPECT_TRUE(training.is_shuffled());
  EXPECT_FALSE(validation.is_shuffled());
  EXPECT_EQ(validation.class_names, (Texts{"bad", "good"}));
  EXPECT_EQ(validation.file_paths.size(), 1U);
  Texts all = texts(training);
  EXPECT_EQ(all.size(), 3U);
  for (const std::string& text : texts(validation)) all.push_back(text);
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, (Texts{"", std::string("a\0z", 3), "awfu", "very"}));
}

TEST(TextDataset, NamesWhatDoesNotFit) {
  const TextFolder folder;
  EXPECT_EQ(error_text<ValueError>(
                [&] { text_dataset_from_directory(folder.path(), {.max_length = 0}); }),
            "text_dataset_from_directory: expected max_length of at least 1, got 0");
  EXPECT_EQ(error_text<ValueError>(
                [&] { text_datasets_from_directory(folder.path(), {.max_length = 0}); }),
            "text_datasets_from_directory: expected max_length of at least 1, got 0");
  EXPECT_EQ(error_text<ValueError>([&] { text_datasets_from_directory(folder.path(), {}); }),
            "text_datasets_from_directory: expected a validation_split, the part for validation, "
            "got none");
  EXPECT_EQ(error_text<ValueError>(
                [&] { text_dataset_from_directory(folder.path("good/deep"), {.verbose = false}); }),
            "text_dataset_from_directory: expected files in " + folder.path("good/deep") +
                " that end in .txt, got none");
}

}  // namespace
}  // namespace antler::utils
