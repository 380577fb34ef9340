#include "antler/data/npz.h"

#include <gtest/gtest.h>
#include <zip.h>

#include "antler/data/npy.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using testing::bytes_of;
using testing::contents;
using testing::file_error;
using testing::TemporaryFolder;
using testing::text_of;

struct Entry {
  std::string name, bytes;
};

std::string zipped(const TemporaryFolder& folder, const std::vector<Entry>& entries,
                   int method = ZIP_CM_DEFLATE) {
  const std::string path = folder.path("made.npz");
  std::filesystem::remove(path);
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  for (const Entry& entry : entries) {
    zip_source_t* source = zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0);
    const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), method, 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  return contents(path);
}

std::string error_of(const std::string& bytes) {
  return file_error([&] { parse_npz(bytes_of(bytes), "f.npz"); });
}

TEST(Npz, ReadsArraysByName) {
  const TemporaryFolder folder;
  const Tensor x = {{1, 2}, {3, 4}};
  const Tensor y = Tensor::from<std::int64_t>({0, 1});
  for (const int method : {ZIP_CM_STORE, ZIP_CM_DEFLATE}) {
    zipped(folder, {{"x.npy", text_of(npy_bytes(x))}, {"y.npy", text_of(npy_bytes(y))}}, method);
    const FlatMap<std::string, Tensor> arrays = read_npz(folder.path("made.npz"));
    ASSERT_EQ(arrays.size(), 2U);
    EXPECT_TRUE(identical(arrays.at("x"), x));
    EXPECT_TRUE(identical(arrays.at("y"), y));
  }
}

TEST(Npz, ReportsEveryCut) {
  const TemporaryFolder folder;
  const std::string whole = zipped(folder, {{"x.npy", text_of(npy_bytes(Tensor{1, 2, 3}))}});
  for (std::size_t length = 1; length < whole.size(); ++length) {
    EXPECT_NE(error_of(whole.substr(0, length)), "no error") << length;
  }
  EXPECT_EQ(error_of("hello"),
            "f.npz: expected an NPZ file (a zip of arrays), got none: Not a zip archive; is it cut "
            "short, or another format?");
}

// Each single damaged byte gives arrays or a FileError, never anything else.
TEST(Npz, SurvivesDamage) {
  const TemporaryFolder folder;
  const std::string whole = zipped(folder, {{"x.npy", text_of(npy_bytes(Tensor{1, 2, 3}))}});
  int refused = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
    refused += error_of(damaged) != "no error" ? 1 : 0;
  }
  EXPECT_GT(refused, static_cast<int>(whole.size()) / 2);
}

TEST(Npz, NamesTheArray) {
  const TemporaryFolder folder;
  EXPECT_EQ(error_of(zipped(folder, {{"readme.txt", "hello"}})),
            "f.npz: readme.txt: expected only .npy arrays in an NPZ file; is it another kind of "
            "zip?");
  EXPECT_EQ(
      error_of(zipped(folder, {{"x.npy", "hello, this is none"}})),
      "f.npz: x.npy: expected an NPY file (\\x93NUMPY first), got bytes 68 65 6c 6c 6f 2c; is "
      "it another format?");
}

// A small entry that claims a huge size is refused before memory is taken for it.
TEST(Npz, RefusesSizesThatCannotBe) {
  const TemporaryFolder folder;
  std::string bytes = zipped(folder, {{"x.npy", text_of(npy_bytes(Tensor{1, 2, 3}))}});
  const std::size_t directory = bytes.find("PK\x01\x02");
  ASSERT_NE(directory, std::string::npos);
  for (const std::size_t at : {directory + 24, std::size_t{22}})
    bytes.replace(at, 4, "\xff\xff\xff\x70");
  const std::string text = error_of(bytes);
  EXPECT_TRUE(
      text.starts_with("f.npz: x.npy: expected arrays of at most 4294967296 bytes in all, "
                       "got a size of 1895825407 from "))
      << text;
}

}  // namespace
}  // namespace antler
