#include "antler/data/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "antler/data/input_file.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using testing::bytes_of;
using testing::file_error;
using testing::TemporaryFolder;
using testing::text_of;

std::string gzipped(const std::string& text) {
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

std::string sample_text() {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919 % 1000) + ",";
  return text;
}

TEST(Gzip, UnpacksWhateverTheName) {
  const TemporaryFolder folder;
  const std::string text = sample_text();
  EXPECT_EQ(text_of(read_file(folder.write("a.gz", gzipped(text)))), text);
  EXPECT_EQ(text_of(read_file(folder.write("a", gzipped(text)))), text);
}

TEST(Gzip, JoinsMembersAndPassesOverPadding) {
  const std::string two = gzipped("first ") + gzipped("second");
  EXPECT_EQ(text_of(gunzip(bytes_of(two), "f", 100)), "first second");
  EXPECT_EQ(text_of(gunzip(bytes_of(two + std::string(512, '\0')), "f", 100)), "first second");
  EXPECT_EQ(file_error([&] { gunzip(bytes_of(two + "tail"), "f", 100); }),
            "f: the gzip data is damaged (incorrect header check); download or copy it again");
}

TEST(Gzip, ReportsEveryCut) {
  const std::string packed = gzipped(sample_text());
  for (std::size_t length = 3; length < packed.size(); ++length) {
    const std::string text =
        file_error([&] { gunzip(bytes_of(packed).first(length), "f", 1 << 20); });
    ASSERT_TRUE(text.starts_with("f: the gzip data ends too early, after "))
        << length << ": " << text;
  }
  EXPECT_EQ(file_error([&] { gunzip(bytes_of(packed).first(12), "f", 1 << 20); }),
            "f: the gzip data ends too early, after 0 unpacked bytes; download or copy it again");
}

TEST(Gzip, ReportsDamage) {
  std::string packed = gzipped(sample_text());
  packed[packed.size() - 6] ^= 1;  // in the checksum
  EXPECT_EQ(file_error([&] { gunzip(bytes_of(packed), "f", 1 << 20); }),
            "f: the gzip data is damaged (incorrect data check); download or copy it again");
}

TEST(Gzip, StopsAtTheLimit) {
  const std::string bomb = gzipped(std::string(50 << 20, '\0'));
  ASSERT_LT(bomb.size(), 60000U);
  EXPECT_EQ(file_error([&] { gunzip(bytes_of(bomb), "f", 1 << 20); }),
            "f: expected at most 1048576 bytes when unpacked, got more; is it the right file?");
  EXPECT_EQ(gunzip(bytes_of(bomb), "f", 50 << 20).size(), std::size_t{50} << 20);
}

// The size at the end of the file is not trusted: neither a small nor a huge one.
TEST(Gzip, ASizeThatLiesIsDamage) {
  for (const char high : {'\0', '\x7f', '\xff'}) {
    std::string packed = gzipped(sample_text());
    packed[packed.size() - 1] = high;
    packed[packed.size() - 3] = high;
    EXPECT_EQ(file_error([&] { gunzip(bytes_of(packed), "f", 1 << 20); }),
              "f: the gzip data is damaged (incorrect length check); download or copy it again");
  }
}

}  // namespace
}  // namespace antler
