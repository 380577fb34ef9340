#include "antler/saving/hdf5_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "tests/support/paths.h"

namespace antler {
namespace {

using Bytes = std::vector<std::byte>;

Bytes sample() {
  Hdf5Writer writer;
  writer.write("layers/dense/vars/0", Tensor{{1, 2, 3}, {4, 5, 6}});
  writer.write("layers/dense/vars/1", Tensor::zeros(Shape{3}));
  writer.set_attribute("layers/dense/vars", "name", std::string("dense"));
  writer.set_attribute("", "layer_names", std::vector<std::string>{"dense", "", "\xC3\xA4"});
  writer.write("optimizer/vars/0", Tensor(7));
  writer.create_group("vars");
  return writer.finish();
}

// Made by h5py with make_h5py_files.py.
Bytes fixture(const char* name) {
  std::ifstream file(testing::source_path(std::string("tests/saving/") + name), std::ios::binary);
  const std::vector<char> text((std::istreambuf_iterator<char>(file)), {});
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

// Reads all there is; returns how many datasets.
int read_all(const Hdf5Reader& file, const std::string& path) {
  int count = 0;
  (void)file.string_list_attribute(path, "name");
  (void)file.string_list_attribute(path, "layer_names");
  for (const std::string& dataset : file.datasets(path)) {
    (void)file.read(path + "/" + dataset);
    ++count;
  }
  for (const std::string& group : file.groups(path)) {
    count += read_all(file, path.empty() ? group : path + "/" + group);
  }
  return count;
}

std::string error_of(const Bytes& bytes) {
  try {
    read_all(Hdf5Reader(bytes, "m.h5"), "");
  } catch (const FileError& error) {
    return error.what();
  }
  return "no error";
}

Bytes replaced(Bytes bytes, const Bytes& from, const Bytes& to) {
  const auto place = std::search(bytes.begin(), bytes.end(), from.begin(), from.end());
  EXPECT_NE(place, bytes.end());
  std::copy(to.begin(), to.end(), place);
  return bytes;
}

Bytes number(std::uint64_t value, std::size_t size) {
  Bytes out(size);
  std::memcpy(out.data(), &value, size);
  return out;
}

class EveryType : public ::testing::TestWithParam<DType> {};

TEST_P(EveryType, RoundTripsScalarsEmptyAndLargerTensors) {
  const std::vector<Tensor> tensors = {
      Tensor::full(Shape{}, 1, GetParam()), Tensor::zeros(Shape{0, 3}, GetParam()),
      Tensor::zeros(Shape{4, 0}, GetParam()),
      Tensor::from(std::vector<double>{0, 1, -1, 3.7, 1e6, -2e9}, Shape{1, 3, 2})
          .astype(GetParam())};
  Hdf5Writer writer;
  for (std::size_t i = 0; i < tensors.size(); ++i) writer.write(std::to_string(i), tensors[i]);
  const Hdf5Reader reader(writer.finish(), "m.h5");
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    EXPECT_TRUE(identical(reader.read(std::to_string(i)), tensors[i])) << i;
    EXPECT_EQ(reader.shape(std::to_string(i)), tensors[i].shape());
  }
}

INSTANTIATE_TEST_SUITE_P(Hdf5, EveryType,
                         ::testing::Values(DType::float32, DType::float64, DType::int32,
                                           DType::int64, DType::uint8, DType::boolean),
                         [](const auto& info) { return std::string(name(info.param)); });

TEST(Hdf5File, GroupsDatasetsAndAttributes) {
  const Hdf5Reader reader(sample(), "m.h5");
  EXPECT_EQ(reader.groups(), (std::vector<std::string>{"layers", "optimizer", "vars"}));
  EXPECT_EQ(reader.datasets("/layers/dense/vars"), (std::vector<std::string>{"0", "1"}));
  EXPECT_TRUE(reader.datasets("vars").empty());
  EXPECT_TRUE(reader.exists("layers/dense"));
  EXPECT_FALSE(reader.exists("layers/dens"));
  EXPECT_EQ(reader.read("optimizer/vars/0").item<int>(), 7);
  EXPECT_EQ(reader.string_attribute("layers/dense/vars", "name"), "dense");
  EXPECT_EQ(reader.string_attribute("layers/dense/vars", "nam"), std::nullopt);
  EXPECT_EQ(reader.string_list_attribute("", "layer_names"),
            (std::vector<std::string>{"dense", "", "\xC3\xA4"}));
  EXPECT_THROW(reader.string_attribute("", "layer_names"), FileError);
}

// 8 entries fill a symbol node, 32 of those a tree node: 256 and 8,192 start a new level.
TEST(Hdf5File, GroupsOfEverySize) {
  for (const int count : {1, 8, 9, 256, 257, 8'193}) {
    Hdf5Writer writer;
    for (int i = 0; i < count; ++i) writer.write("g/" + std::to_string(i), Tensor(i));
    const Hdf5Reader reader(writer.finish(), "m.h5");
    ASSERT_EQ(reader.datasets("g").size(), static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      ASSERT_EQ(reader.read("g/" + std::to_string(i)).item<int>(), i);
    }
  }
}

std::uint64_t number_at(const Bytes& bytes, std::uint64_t place, std::size_t size = 8) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data() + place, size);
  return value;
}

struct Names {
  std::uint64_t first, last;
};

// Checks the keys of a tree of names, which stand for names by their places in a heap: the one
// before a child is below the child's names, the one behind it is the greatest of them. A node
// knows its neighbours.
Names check_tree(const Bytes& bytes, std::uint64_t place) {
  const std::uint64_t level = number_at(bytes, place + 5, 1);
  const std::uint64_t count = number_at(bytes, place + 6, 2);
  const std::uint64_t right = number_at(bytes, place + 16);
  if (right != UINT64_MAX) {
    EXPECT_EQ(number_at(bytes, right + 8), place);
  }
  Names all = {number_at(bytes, place + 24), 0};
  std::uint64_t key = all.first;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t child = number_at(bytes, place + 32 + 16 * i);
    const std::uint64_t next_key = number_at(bytes, place + 40 + 16 * i);
    if (level > 0) {
      const Names names = check_tree(bytes, child);
      EXPECT_EQ(names.first, key);
      EXPECT_EQ(names.last, next_key);
    } else {
      const std::uint64_t symbols = number_at(bytes, child + 6, 2);
      EXPECT_GT(number_at(bytes, child + 8), key);
      EXPECT_EQ(number_at(bytes, child + 8 + 40 * (symbols - 1)), next_key);
    }
    key = next_key;
  }
  all.last = key;
  return all;
}

// HDF5 itself finds a name by the keys; our reader goes through all members.
TEST(Hdf5File, KeysBoundTheNamesBelow) {
  for (const int count : {1, 8, 9, 257, 8'193}) {
    Hdf5Writer writer;
    for (int i = 0; i < count; ++i) writer.write("g/" + std::to_string(i), Tensor(0));
    const Bytes bytes = writer.finish();
    std::uint64_t levels = 0;
    for (std::uint64_t place = 0; place + 8 < bytes.size(); place += 8) {
      if (std::memcmp(bytes.data() + place, "TREE", 4) != 0) continue;
      check_tree(bytes, place);
      levels = std::max(levels, number_at(bytes, place + 5, 1) + 1);
    }
    EXPECT_EQ(levels, count > 8'192 ? 3U : count > 256 ? 2U : 1U);
  }
}

TEST(Hdf5File, ManyTextsTakeSeveralHeaps) {
  Hdf5Writer writer;
  const std::vector<std::string> texts(4'000, std::string(11, 'x'));
  for (int i = 0; i < 20; ++i) {
    writer.create_group(std::to_string(i));
    writer.set_attribute(std::to_string(i), "names", texts);
  }
  EXPECT_THROW(writer.set_attribute("0", "more", std::vector<std::string>(5'000, "x")), ValueError);
  const Hdf5Reader reader(writer.finish(), "m.h5");
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(reader.string_list_attribute(std::to_string(i), "names"), texts);
  }
}

TEST(Hdf5File, TheOrderOfTheCallsDoesNotMatter) {
  Hdf5Writer one;
  one.write("a/x", Tensor(1));
  one.write("b", Tensor(2));
  Hdf5Writer two;
  two.write("b", Tensor(2));
  two.create_group("a");
  two.write("a/x", Tensor(1));
  EXPECT_EQ(one.finish(), two.finish());
}

TEST(Hdf5File, WriterRefusesWrongUse) {
  Hdf5Writer writer;
  writer.write("a/x", Tensor(1));
  writer.set_attribute("a", "name", std::string("a"));
  EXPECT_THROW(writer.write("a/x", Tensor(1)), ValueError);
  EXPECT_THROW(writer.write("a", Tensor(1)), ValueError);
  EXPECT_THROW(writer.write("a/x/y", Tensor(1)), ValueError);
  EXPECT_THROW(writer.create_group("a/x"), ValueError);
  for (const char* path : {"", "/", "a//b", "a/./b", "\xFF"}) {
    EXPECT_THROW(writer.write(path, Tensor(1)), ValueError) << path;
  }
  EXPECT_THROW(writer.set_attribute("b", "name", std::string("x")), ValueError);
  EXPECT_THROW(writer.set_attribute("a", "name", std::string("x")), ValueError);
  EXPECT_THROW(writer.set_attribute("a", "zero", std::string("x\0y", 3)), ValueError);
  writer.finish();
  EXPECT_THROW(writer.create_group("b"), StateError);
}

TEST(Hdf5File, ReadsWhatH5pyWrites) {
  const Hdf5Reader reader(fixture("h5py.h5"), "h5py.h5");
  EXPECT_TRUE(identical(reader.read("vars/0"), (Tensor{{0, 1, 2}, {3, 4, 5}})));
  EXPECT_EQ(reader.string_attribute("vars", "name"), "d\xC3\xA4nse");
  EXPECT_EQ(reader.string_list_attribute("", "fixed"), (std::vector<std::string>{"ab", "cde"}));
  EXPECT_EQ(reader.string_list_attribute("", "empty"), std::vector<std::string>());
  EXPECT_TRUE(identical(reader.read("bool"), Tensor::from<double>({1, 0}).astype(DType::boolean)));
  EXPECT_TRUE(identical(reader.read("big_endian"), Tensor{0.5, -2}));
  EXPECT_TRUE(identical(reader.read("int8"), Tensor::from<std::int32_t>({-1, 5})));
  EXPECT_TRUE(identical(reader.read("uint32"), Tensor::from<std::int64_t>({4294967295, 1})));
  EXPECT_EQ(reader.read("scalar").shape(), Shape());
}

TEST(Hdf5File, ErrorsNameFileAndPath) {
  EXPECT_EQ(error_of(Bytes(100)),
            "m.h5: expected an HDF5 file, got other bytes; is the file damaged?");
  const Hdf5Reader reader(sample(), "m.h5");
  const auto text = [&](const std::string& path) {
    try {
      reader.read(path);
    } catch (const FileError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(text("layers/nothing"),
            "m.h5: expected a group or dataset at layers/nothing, got none");
  EXPECT_EQ(text("layers"), "m.h5: layers: expected a dataset, got a group");
}

TEST(Hdf5File, RefusesHugeShapes) {
  // The dataspace message of the (2, 3) matrix.
  Bytes shape = number(2, 8);
  const Bytes three = number(3, 8);
  shape.insert(shape.end(), three.begin(), three.end());
  EXPECT_EQ(error_of(replaced(sample(), shape, number(2000, 8))),
            "m.h5: layers/dense/vars/0: expected data for shape (2000, 3), got 24 bytes; is the "
            "file whole?");
  EXPECT_EQ(error_of(replaced(sample(), shape, number(~std::uint64_t{0}, 8))),
            "m.h5: layers/dense/vars/0: expected at most 4 GiB, got a larger shape");
  EXPECT_EQ(error_of(replaced(sample(), shape, number(1'400'000'000, 8))),
            "m.h5: layers/dense/vars/0: expected at most 4 GiB, got shape (1400000000, 3)");
}

TEST(Hdf5File, RefusesWhatKerasDoesNotWrite) {
  const struct {
    const char* file;
    const char* message;
  } kRows[] = {
      {"h5py_chunked.h5",
       "x: expected a dataset in one piece, as Keras writes it, got a "
       "chunked one; save it without chunks and compression"},
      {"h5py_soft_link.h5", "/: expected a group or dataset, got the soft link b"},
      {"h5py_external_link.h5", "/: expected a group or dataset, got the soft or external link b"},
      {"h5py_external_storage.h5",
       "x: expected a dataset inside the file, got one stored in another file"},
      {"h5py_loop.h5",
       "a/a: expected a group or dataset of its own, got a second link to another one"}};
  for (const auto& row : kRows) {
    EXPECT_EQ(error_of(fixture(row.file)), "m.h5: " + std::string(row.message)) << row.file;
  }
}

TEST(Hdf5File, EveryTruncationIsRefused) {
  const Bytes bytes = sample();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_NE(error_of(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))),
              "no error")
        << size;
  }
}

TEST(Hdf5File, MutationsEndInDataOrFileError) {
  std::mt19937 random(5);
  int read = 0;
  int refused = 0;
  for (const Bytes& original : {sample(), fixture("h5py.h5")}) {
    for (int i = 0; i < 5'000; ++i) {
      Bytes mutated = original;
      mutated[random() % mutated.size()] = static_cast<std::byte>(random());
      ++(error_of(mutated) == "no error" ? read : refused);
    }
  }
  std::printf("of %d mutated files %d were read and %d refused\n", read + refused, read, refused);
  EXPECT_GT(refused, 100);
  EXPECT_GT(read, 100);
}

}  // namespace
}  // namespace antler
