#include "antler/data/input_file.h"

#include <gtest/gtest.h>

#include "tests/data/files.h"

namespace antler {
namespace {

using testing::file_error;
using testing::TemporaryFolder;
using testing::text_of;

TEST(InputFile, ReadsAWholeFile) {
  const TemporaryFolder folder;
  std::string big;
  for (int i = 0; i < 300000; ++i) big += static_cast<char>(i % 251);
  EXPECT_EQ(text_of(read_file(folder.write("big", big))), big);
}

TEST(InputFile, NamesWhatIsWrong) {
  const TemporaryFolder folder;
  const std::string missing = folder.path("missing.csv");
  EXPECT_EQ(file_error([&] { read_file(missing); }),
            missing + ": no such file; is the path right?");
  EXPECT_EQ(file_error([&] { read_file(folder.path()); }),
            folder.path() + ": expected a file, got a directory; name a file in it");
  const std::string empty = folder.write("empty", "");
  EXPECT_EQ(file_error([&] { read_file(empty); }),
            empty + ": the file is empty; was it written or copied to its end?");
  const std::string large = folder.write("large", "12345");
  EXPECT_EQ(text_of(read_file(large, 5)), "12345");
  EXPECT_EQ(file_error([&] { read_file(large, 4); }),
            large + ": expected at most 4 bytes, got more; is it the right file?");
  const std::string page = folder.write("page.gz", "<html>not found</html>");
  EXPECT_EQ(file_error([&] { read_file(page); }),
            page +
                ": expected gzip data, got other bytes; rename it without .gz, or download it "
                "again");
}

}  // namespace
}  // namespace antler
