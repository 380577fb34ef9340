#include "antler/data/images/image_dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "antler/core/thread_pool.h"
#include "antler/data/images/image_files.h"
#include "tests/data/files.h"
#include "tests/data/images/made_images.h"
#include "tests/support/near.h"

namespace antler::utils {
namespace {

namespace fs = std::filesystem;
using antler::testing::error_text;
using antler::testing::is_near;
using Names = std::vector<std::string>;

// Two classes: image i of "ants" is all 10 i, of "bees" all 100 + 10 i.
class ImageFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 5; ++i) save("ants/a" + std::to_string(i) + ".png", 10 * i);
    for (int i = 0; i < 4; ++i) save("bees/b" + std::to_string(i) + ".PNG", 100 + 10 * i);
    save(".hidden/no.png", 1);
    write("ants/notes.txt", "no image");
  }

  std::string path(const std::string& name) const { return root_ + "/" + name; }
  void save(const std::string& name, double value, std::int64_t height = 3,
            std::int64_t width = 4) const {
    fs::create_directories(fs::path(path(name)).parent_path());
    save_img(path(name), Tensor::full({height, width, 3}, value), {.scale = false});
  }
  void write(const std::string& name, std::string_view text) const {
    folder_.write("images/" + name, text);
  }

  antler::testing::TemporaryFolder folder_;
  const std::string root_ = folder_.path("images");
};

// All examples as one batch, in the order of the next epoch.
Batch all(const Dataset& dataset) {
  BatchReader reader(dataset.batch(1000));
  Batch batch;
  reader.start(0);
  EXPECT_TRUE(reader.next(batch));
  return batch;
}

// The first value of each image.
std::vector<int> values(const Dataset& dataset) {
  const Batch batch = all(dataset);
  const std::int64_t row = batch.x[0].size() / batch.x[0].length();
  std::vector<int> out;
  for (std::int64_t i = 0; i < batch.size; ++i) out.push_back(batch.x[0].item<int>(i * row));
  return out;
}

const ImageDatasetOptions kInOrder = {.image_size = {2, 2}, .shuffle = false, .verbose = false};

TEST_F(ImageFolder, ClassesAreTheSortedFolders) {
  const DirectoryDataset data = image_dataset_from_directory(root_ + "/", kInOrder);
  EXPECT_EQ(data.class_names, (Names{"ants", "bees"}));
  EXPECT_EQ(data.file_paths[5], path("bees/b0.PNG"));
  EXPECT_EQ(values(data), (std::vector<int>{0, 10, 20, 30, 40, 100, 110, 120, 130}));
  const Batch batch = all(data);
  EXPECT_EQ(batch.x[0].shape(), (Shape{9, 2, 2, 3}));
  EXPECT_EQ(batch.x[0].dtype(), DType::float32);
  EXPECT_TRUE(identical(batch.y[0], Tensor::from<std::int32_t>({0, 0, 0, 0, 0, 1, 1, 1, 1})));
  EXPECT_EQ(data.batch_size(), 32);
  EXPECT_EQ(data.example_count(), 9);
}

TEST_F(ImageFolder, LabelsComeInEveryForm) {
  ImageDatasetOptions options = kInOrder;
  options.label_mode = "binary";
  EXPECT_EQ(all(image_dataset_from_directory(root_, options)).y[0].shape(), (Shape{9, 1}));
  options.label_mode = "categorical";
  const Tensor one_hot = all(image_dataset_from_directory(root_, options)).y[0];
  EXPECT_TRUE(identical(one_hot.slice(4, 6), Tensor{{1, 0}, {0, 1}}));
  options.class_names = {"bees", "ants"};
  EXPECT_EQ(image_dataset_from_directory(root_, options).class_names, (Names{"bees", "ants"}));
  EXPECT_EQ(values(image_dataset_from_directory(root_, options))[0], 100);
  options.class_names = {"bees"};
  EXPECT_EQ(all(image_dataset_from_directory(root_, options)).size, 4);
}

TEST_F(ImageFolder, WithoutLabelsEveryFileCounts) {
  ImageDatasetOptions options = kInOrder;
  options.labels = std::nullopt;
  const DirectoryDataset unlabelled = image_dataset_from_directory(root_, options);
  EXPECT_EQ(unlabelled.example_count(), 10) << "as in Keras, with what lies in .hidden";
  EXPECT_TRUE(all(unlabelled).y.empty());
  EXPECT_TRUE(unlabelled.class_names.empty());
  options.labels = std::vector<std::int64_t>{7, 1, 1, 1, 1, 1, 7, 7, 7, 7};
  const DirectoryDataset listed = image_dataset_from_directory(root_, options);
  EXPECT_EQ(listed.class_names, (Names{"1", "7"}));
  EXPECT_EQ(all(listed).y[0].item<int>(0), 7);
  options.labels = {1, 2};
  EXPECT_EQ(error_text<ValueError>([&] { image_dataset_from_directory(root_, options); }),
            "image_dataset_from_directory: expected a label for each of the 10 files in " + root_ +
                ", got 2");
}

TEST_F(ImageFolder, SplitsAfterOneShuffle) {
  ImageDatasetOptions options = {.image_size = {2, 2},
                                 .seed = 5,
                                 .validation_split = 0.3,
                                 .subset = "training",
                                 .verbose = false};
  const DirectoryDataset training = image_dataset_from_directory(root_, options);
  options.subset = "validation";
  const DirectoryDataset validation = image_dataset_from_directory(root_, options);
  EXPECT_EQ(training.example_count(), 7);
  EXPECT_EQ(validation.example_count(), 2) << "the whole part of 0.3 * 9";
  EXPECT_TRUE(training.is_shuffled());
  Names files = training.file_paths;
  files.insert(files.end(), validation.file_paths.begin(), validation.file_paths.end());
  EXPECT_FALSE(std::is_sorted(files.begin(), files.end()));
  std::sort(files.begin(), files.end());
  EXPECT_EQ(std::unique(files.begin(), files.end()) - files.begin(), 9);
  const Batch batch = all(training);
  for (std::int64_t i = 0; i < batch.size; ++i) {
    EXPECT_EQ(batch.y[0].item<int>(i), batch.x[0][i].item(0) >= 100 ? 1 : 0);
  }
}

TEST_F(ImageFolder, GivesBothSubsetsOfOneSplit) {
  ImageDatasetOptions options = {
      .image_size = {2, 2}, .seed = 5, .validation_split = 0.3, .verbose = false};
  const auto [training, validation] = image_datasets_from_directory(root_, options);
  EXPECT_TRUE(training.is_shuffled());
  EXPECT_FALSE(validation.is_shuffled()) << "as in Keras, unlike a validation subset alone";
  EXPECT_EQ(validation.class_names, (Names{"ants", "bees"}));
  for (const auto& [both, subset] :
       {std::pair{&training, "training"}, {&validation, "validation"}}) {
    options.subset = subset;
    const DirectoryDataset alone = image_dataset_from_directory(root_, options);
    EXPECT_EQ(both->file_paths, alone.file_paths);
    EXPECT_EQ(both->class_names, alone.class_names);
    EXPECT_EQ(both->batch_size(), 32);
  }
  const Batch batch = all(validation);
  ASSERT_EQ(batch.size, 2);
  for (std::int64_t i = 0; i < batch.size; ++i) {
    const std::string& file = validation.file_paths[static_cast<std::size_t>(i)];
    const int bees = file.find("bees") != std::string::npos ? 1 : 0;
    EXPECT_EQ(batch.y[0].item<int>(i), bees);
    EXPECT_EQ(batch.x[0][i].item<int>(0), 100 * bees + 10 * (file[file.size() - 5] - '0'));
  }
  options.shuffle = false;
  options.seed.reset();
  options.subset = "both";
  const auto [first, last] = image_datasets_from_directory(root_, options);
  EXPECT_EQ(values(first), (std::vector<int>{0, 10, 20, 30, 40, 100, 110}));
  EXPECT_EQ(values(last), (std::vector<int>{120, 130}));
}

TEST_F(ImageFolder, BothSubsetsNameOptionsThatDoNotFit) {
  const auto error = [&](const ImageDatasetOptions& options) {
    return error_text<ValueError>([&] { image_datasets_from_directory(root_, options); });
  };
  const std::string start = "image_datasets_from_directory: ";
  EXPECT_EQ(error({}), start + "expected a validation_split, the part for validation, got none");
  EXPECT_EQ(error({.seed = 1, .validation_split = 0.5, .subset = "training"}),
            start + R"(expected subset to be "both" or left out, got "training"; one subset comes )"
                    "from image_dataset_from_directory");
  EXPECT_EQ(error({.validation_split = 0.5}),
            start +
                "expected a seed with validation_split and shuffle, so that training and "
                "validation do not overlap");
  EXPECT_EQ(
      error({.validation_split = 0.5, .data_format = "first"}),
      start + R"(expected data_format to be "channels_last" or "channels_first", got "first")");
  EXPECT_EQ(error({.seed = 1, .validation_split = 0.1, .verbose = false}),
            start + "expected files in " + root_ +
                " that end in .bmp .gif .jpeg .jpg .png, got none for validation");
}

TEST_F(ImageFolder, PrintsWhatItFound) {
  ImageDatasetOptions options = kInOrder;
  options.verbose = true;
  ::testing::internal::CaptureStdout();
  image_dataset_from_directory(root_, options);
  options.validation_split = 0.5;
  options.subset = "training";
  image_dataset_from_directory(root_, options);
  options.labels = std::nullopt;
  options.subset = "validation";
  image_dataset_from_directory(root_, options);
  options.subset = "both";
  image_datasets_from_directory(root_, options);
  std::fflush(stdout);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(),
            "Found 9 files belonging to 2 classes.\n"
            "Found 9 files belonging to 2 classes.\nUsing 5 files for training.\n"
            "Found 10 files.\nUsing 5 files for validation.\n"
            "Found 10 files.\nUsing 5 files for training.\nUsing 5 files for validation.\n");
}

TEST_F(ImageFolder, ConvertsColoursAndAxes) {
  write("ants/c.png", antler::testing::palette_png());
  ImageDatasetOptions options = kInOrder;
  options.image_size = {1, 2};
  options.interpolation = "nearest";
  const auto last_ant = [&] { return all(image_dataset_from_directory(root_, options)).x[0][5]; };
  EXPECT_TRUE(identical(last_ant(), Tensor{{{10, 20, 30}, {200, 100, 50}}}));
  options.data_format = "channels_first";
  EXPECT_TRUE(identical(last_ant(), Tensor{{{10, 200}}, {{20, 100}}, {{30, 50}}}));
  options.color_mode = "rgba";
  options.data_format = "channels_last";
  EXPECT_TRUE(identical(last_ant(), Tensor{{{10, 20, 30, 255}, {200, 100, 50, 128}}}));
  options.color_mode = "grayscale";
  EXPECT_TRUE(identical(last_ant(), Tensor{18, 124}.reshape({1, 2, 1})));
}

TEST_F(ImageFolder, CropsOrPadsToTheShape) {
  save("ants/c.png", 77, 2, 8);
  ImageDatasetOptions options = kInOrder;
  options.color_mode = "grayscale";
  options.image_size = {4, 4};
  options.pad_to_aspect_ratio = true;
  const Tensor padded = all(image_dataset_from_directory(root_, options)).x[0][5].reshape({4, 4});
  EXPECT_TRUE(
      is_near(padded, Tensor{{0, 0, 0, 0}, {77, 77, 77, 77}, {0, 0, 0, 0}, {0, 0, 0, 0}}, 1e-6))
      << padded.to_string();
  save("ants/d.png", 55, 8, 2);
  const Tensor tall = all(image_dataset_from_directory(root_, options)).x[0][6].reshape({4, 4});
  EXPECT_TRUE(
      is_near(tall, Tensor{{0, 55, 0, 0}, {0, 55, 0, 0}, {0, 55, 0, 0}, {0, 55, 0, 0}}, 1e-6))
      << tall.to_string();
  options.pad_to_aspect_ratio = false;
  options.crop_to_aspect_ratio = true;
  const Tensor cropped = all(image_dataset_from_directory(root_, options)).x[0][5];
  EXPECT_TRUE(is_near(cropped, Tensor::full({4, 4, 1}, 77), 1e-6));
}

TEST_F(ImageFolder, IsTheSameInThreadsAndAhead) {
  const DirectoryDataset data =
      image_dataset_from_directory(root_, {.image_size = {5, 6}, .seed = 1, .verbose = false});
  const int before = num_threads();
  set_num_threads(1);
  const Batch alone = all(data);
  set_num_threads(4);
  const Batch together = all(data);
  const Batch ahead = all(data.prefetch());
  set_num_threads(before);
  EXPECT_TRUE(identical(alone.x[0], together.x[0]));
  EXPECT_TRUE(identical(alone.x[0], ahead.x[0]));
  EXPECT_TRUE(identical(alone.y[0], ahead.y[0]));
}

TEST_F(ImageFolder, ADamagedFileIsNamedWhenItIsRead) {
  write("ants/a2.png", antler::testing::palette_png().substr(0, 60));
  write("bees/b1.PNG", "text");
  const DirectoryDataset data = image_dataset_from_directory(root_, kInOrder);
  for (const Dataset& read : {Dataset(data), data.prefetch()}) {
    const std::string error = error_text<FileError>([&] { all(read); });
    EXPECT_TRUE(error.starts_with(path("ants/a2.png") + ": damaged PNG image: ")) << error;
  }
  EXPECT_EQ(error_text<FileError>([&] { all(data.skip(5)); }),
            path("bees/b1.PNG") + ": expected a PNG, JPEG or BMP image, got other bytes");
  fs::remove(path("ants/a0.png"));
  EXPECT_EQ(error_text<FileError>([&] { all(data); }),
            path("ants/a0.png") + ": no such file; is the path right?");
  write("ants/z.gif", "GIF89a");
  EXPECT_EQ(error_text<FileError>([&] { image_dataset_from_directory(root_, kInOrder); }),
            path("ants/z.gif") + ": GIF images are not read; convert it to PNG, or take it out");
}

TEST_F(ImageFolder, LinksAreFollowedOnRequest) {
  save("elsewhere/x.png", 200);
  fs::create_directory_symlink(path("elsewhere"), path("ants/link"));
  ImageDatasetOptions options = kInOrder;
  options.class_names = {"ants"};
  EXPECT_EQ(image_dataset_from_directory(root_, options).example_count(), 5);
  options.follow_links = true;
  EXPECT_EQ(image_dataset_from_directory(root_, options).file_paths.back(),
            path("ants/link/x.png"));
  fs::create_directory_symlink(root_, path("ants/circle"));
  const std::string error =
      error_text<FileError>([&] { image_dataset_from_directory(root_, options); });
  EXPECT_NE(error.find("circle"), std::string::npos) << error;
}

TEST_F(ImageFolder, NamesOptionsThatDoNotFit) {
  const auto error = [&](const ImageDatasetOptions& options) {
    std::string text =
        error_text<ValueError>([&] { image_dataset_from_directory(root_, options); });
    const std::string start = "image_dataset_from_directory: ";
    return text.starts_with(start) ? text.substr(start.size()) : text;
  };
  EXPECT_EQ(error_text<ValueError>([] { LabelsArg("guessed"); }),
            R"(expected labels to be "inferred", none or numbers, got "guessed")");
  EXPECT_EQ(error({.label_mode = "float"}),
            R"(expected label_mode to be "int", "categorical", "binary" or none, got "float")");
  EXPECT_EQ(
      error({.class_names = {"wasps"}}),
      R"(expected class_names among the folders "ants", "bees" of )" + root_ + R"(, got "wasps")");
  EXPECT_EQ(error({.labels = std::nullopt, .class_names = {"ants"}}),
            R"(expected class_names only with labels "inferred")");
  EXPECT_EQ(error({.color_mode = "cmyk"}),
            R"(expected color_mode to be "grayscale", "rgb" or "rgba", got "cmyk")");
  EXPECT_EQ(error({.validation_split = 1.5}),
            "expected validation_split between 0 and 1, got 1.500000");
  EXPECT_EQ(error({.validation_split = 0.5}),
            "expected validation_split and subset together, got one of them");
  EXPECT_EQ(error({.validation_split = 0.5, .subset = "both"}),
            R"(expected subset to be "training" or "validation", got "both"; both come from )"
            "image_datasets_from_directory");
  EXPECT_EQ(error({.validation_split = 0.5, .subset = "test"}),
            R"(expected subset to be "training" or "validation", got "test")");
  EXPECT_EQ(error({.validation_split = 0.5, .subset = "training"}),
            "expected a seed with validation_split and shuffle, so that training and validation do "
            "not overlap");
  EXPECT_EQ(error({.crop_to_aspect_ratio = true, .pad_to_aspect_ratio = true}),
            "expected crop_to_aspect_ratio or pad_to_aspect_ratio, got both");
  EXPECT_EQ(error({.data_format = "first"}),
            R"(expected data_format to be "channels_last" or "channels_first", got "first")");
  EXPECT_EQ(error({.image_size = {100'000, 100'000}}),
            "expected image_size of at most 100000000 pixels, got 100000 x 100000");
  save("wasps/w.png", 1);
  EXPECT_EQ(error({.label_mode = "binary", .verbose = false}),
            "expected 2 classes with label_mode \"binary\", got 3");
  fs::remove_all(root_);
  fs::create_directories(root_);
  EXPECT_EQ(error({.verbose = false}),
            "expected files in " + root_ + " that end in .bmp .gif .jpeg .jpg .png, got none");
  EXPECT_EQ(error_text<FileError>([&] { image_dataset_from_directory(root_ + "x"); }),
            root_ + "x: cannot read the folder: No such file or directory");
}

}  // namespace
}  // namespace antler::utils
