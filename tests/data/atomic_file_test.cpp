#include "antler/data/atomic_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/data/files.h"

namespace antler {
namespace {

using testing::bytes_of;
using testing::contents;
using testing::file_error;
using testing::TemporaryFolder;

TEST(AtomicFile, WritesAndReplaces) {
  const TemporaryFolder folder;
  const std::string path = folder.path("out.bin");
  write_file_atomically(path, bytes_of("first"));
  EXPECT_EQ(contents(path), "first");
  write_file_atomically(path, bytes_of("second, longer"));
  EXPECT_EQ(contents(path), "second, longer");
  EXPECT_EQ(folder.file_count(), 1U) << "a temporary file was left behind";
}

TEST(AtomicFile, FollowsALinkAndKeepsIt) {
  const TemporaryFolder folder;
  const std::string target = folder.write("target", "old");
  std::filesystem::create_symlink(target, folder.path("link"));
  write_file_atomically(folder.path("link"), bytes_of("new"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path("link")));
  EXPECT_EQ(contents(target), "new");
}

TEST(AtomicFile, NamesTheReason) {
  const TemporaryFolder folder;
  const std::string missing = folder.path("no/such/out.bin");
  EXPECT_EQ(file_error([&] { write_file_atomically(missing, bytes_of("x")); }),
            missing + ": cannot write: No such file or directory; does the folder exist?");
  EXPECT_EQ(file_error([&] { write_file_atomically(folder.path(), bytes_of("x")); }),
            folder.path() + ": cannot write: it is a directory; name a file in it");
  EXPECT_EQ(file_error([] { write_file_atomically("/dev/null", bytes_of("x")); }),
            "/dev/null: cannot write: it is not a regular file; name a file");
  const std::string file = folder.write("plain", "x");
  EXPECT_EQ(file_error([&] { write_file_atomically(file + "/out", bytes_of("x")); }),
            file + "/out: cannot write: Not a directory; a part of the path is not a folder");
}

// A limit on the size of files stands in for a full disk: write() fails half-way in both.
TEST(AtomicFile, LeavesNothingHalfWritten) {
  const TemporaryFolder folder;
  const std::string path = folder.write("out.bin", "old");
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 1000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string big(5000, 'x');
  const std::string text = file_error([&] { write_file_atomically(path, bytes_of(big)); });
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old_handler);
  EXPECT_EQ(text, path +
                      ": cannot write: File too large; the file exceeds the size limit in force "
                      "(ulimit -f); nothing was changed");
  EXPECT_EQ(contents(path), "old");
  EXPECT_EQ(folder.file_count(), 1U);
}

TEST(AtomicFile, AReadOnlyFolderRefuses) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const TemporaryFolder folder;
  std::filesystem::permissions(
      folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const std::string path = folder.path("out");
  EXPECT_EQ(file_error([&] { write_file_atomically(path, bytes_of("x")); }),
            path + ": cannot write: Permission denied; choose a folder that you may write to");
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace antler
