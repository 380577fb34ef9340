#include "antler/data/datasets.h"

#include <gtest/gtest.h>

#include "antler/data/cifar10.h"
#include "tests/data/files.h"
#include "tests/support/gzip.h"

namespace antler {
namespace {

using testing::bytes_of;
using testing::Environment;
using testing::error_text;
using testing::file_error;
using testing::real_data;
using testing::TemporaryFolder;

std::string idx(std::initializer_list<unsigned> sizes, const std::string& elements) {
  std::string bytes = {0, 0, 8, static_cast<char>(sizes.size())};
  for (const unsigned size : sizes) {
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(size >> shift);
  }
  return bytes + elements;
}

std::string cifar_record(char label, char red, char green, char blue) {
  return label + std::string(1024, red) + std::string(1024, green) + std::string(1024, blue);
}

// Both search folders are the test's own: $ANTLER_DATA is `folder`/data, the cache `folder`/cache.
struct OwnFolders {
  TemporaryFolder folder;
  Environment data{"ANTLER_DATA", folder.path("data")};
  Environment cache{"XDG_CACHE_HOME", folder.path("cache")};
};

TEST(Datasets, SayWhichFilesToPutWhere) {
  const OwnFolders own;
  const std::string data = own.folder.path("data");
  const std::string cache = own.folder.path("cache/antler");
  EXPECT_EQ(file_error([] { datasets::mnist(); }),
            "mnist: its files are not here; put them into " + data + "/mnist or " + cache +
                "/mnist:\n"
                "  mnist/train-images-idx3-ubyte.gz  9912422 bytes  sha256 "
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609\n"
                "  mnist/train-labels-idx1-ubyte.gz  28881 bytes  sha256 "
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c\n"
                "  mnist/t10k-images-idx3-ubyte.gz  1648877 bytes  sha256 "
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6\n"
                "  mnist/t10k-labels-idx1-ubyte.gz  4542 bytes  sha256 "
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");
  EXPECT_TRUE(file_error([] { datasets::fashion_mnist(); })
                  .starts_with("fashion_mnist: its files are not here; put them into " + data +
                               "/fashion-mnist or "));
  const std::string cifar = file_error([] { datasets::cifar10(); });
  EXPECT_NE(cifar.find(", from cifar-10-binary.tar.gz:\n  cifar10/data_batch_1.bin"),
            std::string::npos)
      << cifar;
  EXPECT_NE(cifar.find("\n  cifar10/test_batch.bin  30730000 bytes  sha256 "
                       "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b\n"
                       "or the first 4,000 pictures alone:\n"
                       "  cifar10/data_batch_1_first4000.bin.gz  11349652 bytes  sha256 "
                       "d32c18318de59292af92f571821e2570d0ce4d63cf4b3de2570ee51bf268ee72"),
            std::string::npos)
      << cifar;
}

TEST(Datasets, AreListed) {
  const OwnFolders own;
  EXPECT_EQ(datasets::names(),
            (std::vector<std::string>{"mnist", "fashion_mnist", "cifar10", "drawn_digits"}));
  const std::vector<datasets::Description> all = datasets::describe();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].name, "mnist");
  EXPECT_FALSE(all[0].is_found);
  EXPECT_TRUE(all[0].where.starts_with("put into " + own.folder.path("data/mnist")));
  EXPECT_FALSE(all[2].is_found);
  EXPECT_TRUE(all[3].is_found);
  EXPECT_EQ(datasets::note("cifar10"), "");
  EXPECT_EQ(error_text<ValueError>([] { datasets::load("fashion-mnits"); }),
            "unknown data set \"fashion-mnits\"; did you mean \"fashion_mnist\"?");
}

TEST(Datasets, WrongFilesAreNamed) {
  const OwnFolders own;
  const std::string folder = "cache/antler/mnist/";
  const std::string images =
      own.folder.write(folder + "train-images-idx3-ubyte", idx({2, 3, 3}, std::string(18, 'x')));
  const std::string labels = own.folder.write(folder + "train-labels-idx1-ubyte",
                                              idx({60000}, std::string(59999, '\1') + '\x0a'));
  own.folder.write(folder + "t10k-images-idx3-ubyte", "x");
  own.folder.write(folder + "t10k-labels-idx1-ubyte", "x");
  EXPECT_TRUE(datasets::describe()[0].is_found);
  EXPECT_EQ(datasets::describe()[0].where, own.folder.path("cache/antler/mnist"));
  EXPECT_EQ(file_error([] { datasets::mnist(); }),
            images +
                ": expected images (60000, 28, 28) of uint8, got (2, 3, 3) of uint8; is it the "
                "right file?");
  own.folder.write(folder + "train-images-idx3-ubyte",
                   idx({60000, 28, 28}, std::string(60000 * 784, 'x')));
  EXPECT_EQ(file_error([] { datasets::mnist(); }),
            labels + ": expected labels 0 to 9, got 10 in row 59999; is the file damaged?");
}

TEST(Cifar10, PutsChannelsLast) {
  std::string bytes = cifar_record(3, 1, 2, 3) + cifar_record(9, 4, 5, 6);
  bytes[1 + 1024 + 1] = 77;  // the green of the second pixel
  const datasets::Examples two = datasets::parse_cifar10(bytes_of(bytes), "f");
  ASSERT_EQ(two.x.shape(), (Shape{2, 32, 32, 3}));
  EXPECT_EQ(two.y.shape(), (Shape{2, 1}));
  EXPECT_EQ(two.y.dtype(), DType::int64);
  EXPECT_EQ(two.y.item<int>(1), 9);
  EXPECT_EQ(two.x[0][0][0].item<int>(2), 3);
  EXPECT_EQ(two.x[0][0][1].item<int>(1), 77);
  EXPECT_EQ(two.x[1][31][31].item<int>(1), 5);
  EXPECT_EQ(file_error([&] { datasets::parse_cifar10(bytes_of(bytes).first(6000), "f"); }),
            "f: expected records of 3073 bytes, got 6000 bytes; is the file cut short, or another "
            "format?");
  bytes[3073] = 10;
  EXPECT_EQ(file_error([&] { datasets::parse_cifar10(bytes_of(bytes), "f"); }),
            "f: expected labels 0 to 9, got 10 in record 1; is the file damaged?");
}

TEST(Cifar10, ThePartIsSplitAndNoted) {
  const OwnFolders own;
  std::string bytes;
  for (int i = 0; i < 4000; ++i) bytes += cifar_record(static_cast<char>(i / 400), 1, 2, 3);
  const std::string path = own.folder.write("data/cifar10/data_batch_1_first4000.bin", bytes);
  const auto [train, test] = datasets::cifar10();
  EXPECT_EQ(train.x.shape(), (Shape{3000, 32, 32, 3}));
  EXPECT_EQ(test.x.shape(), (Shape{1000, 32, 32, 3}));
  EXPECT_EQ(test.y.shape(), (Shape{1000, 1}));
  EXPECT_EQ(train.y.item<int>(2999), 7);
  EXPECT_EQ(test.y.item<int>(999), 9);
  EXPECT_TRUE(datasets::note("cifar10").starts_with(
      "cifar10: only the first 4,000 pictures are here: 3,000 to train and 1,000 to test; for all "
      "60,000 put these into "));
  EXPECT_TRUE(datasets::describe()[2].is_found);
  own.folder.write("data/cifar10/data_batch_1_first4000.bin", bytes.substr(0, 3073));
  EXPECT_EQ(file_error([] { datasets::cifar10(); }),
            path + ": expected 12292000 bytes for 4000 records, got 3073; the file is cut short");
}

TEST(Cifar10, AllFilesAreJoined) {
  const OwnFolders own;
  std::string bytes;
  for (int i = 0; i < 10000; ++i) bytes += cifar_record(0, 1, 2, 3);
  // Links to three files stand for six: these are large.
  const std::string first = own.folder.write("data/cifar10/data_batch_1.bin", bytes);
  for (const char* name : {"data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin"}) {
    std::filesystem::create_hard_link(first, own.folder.path("data/cifar10/") + name);
  }
  for (const char* name : {"data_batch_5.bin", "test_batch.bin"}) {
    bytes[0] = static_cast<char>(bytes[0] + 1);
    own.folder.write("data/cifar10/" + std::string(name), bytes);
  }
  const auto [train, test] = datasets::cifar10();
  EXPECT_EQ(train.x.shape(), (Shape{50000, 32, 32, 3}));
  EXPECT_EQ(train.y.item<int>(0), 0);
  EXPECT_EQ(train.y.item<int>(40000), 1);
  EXPECT_EQ(test.y.item<int>(0), 2);
  EXPECT_EQ(datasets::note("cifar10"), "");
}

TEST(Datasets, ReadRealData) {
  if (!testing::kReadsGzip) GTEST_SKIP() << "this build unpacks no .gz";
  if (real_data("mnist").empty()) GTEST_SKIP() << "no mnist/ under $ANTLER_DATA";
  const auto [train, test] = datasets::mnist();
  EXPECT_EQ(train.x.shape(), (Shape{60000, 28, 28}));
  EXPECT_EQ(train.y.item<int>(0), 5);
  EXPECT_EQ(test.y.item<int>(0), 7);
  const datasets::Split clothes = datasets::load("fashion-mnist");
  EXPECT_EQ(clothes.test.x.dtype(), DType::uint8);
  EXPECT_EQ(clothes.train.y.item<int>(0), 9);
}

TEST(Datasets, DrawnDigitsHaveAName) {
  const auto [train, test] = datasets::load("drawn_digits");
  EXPECT_EQ(train.x.shape(), (Shape{10000, 28, 28}));
  EXPECT_EQ(test.x.shape(), (Shape{2000, 28, 28}));
}

}  // namespace
}  // namespace antler
