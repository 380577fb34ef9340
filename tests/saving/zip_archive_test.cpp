#include "antler/saving/zip_archive.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "antler/core/error.h"

namespace antler {
namespace {

using Bytes = std::vector<std::byte>;

Bytes bytes(std::string_view text) {
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

Bytes sample() {
  ZipWriter writer;
  writer.add("metadata.json", "{}");
  writer.add("config.json", std::string_view("{\"class_name\": \"Sequential\"}"));
  writer.add("assets/\xC3\xA4.txt", bytes("text"));
  writer.add("empty", "");
  return writer.finish();
}

std::string error_of(const Bytes& archive, const std::string& member = "") {
  try {
    const ZipReader reader(archive, "m.keras");
    if (!member.empty()) reader.read(member);
  } catch (const FileError& error) {
    return error.what();
  }
  return "no error";
}

// Puts `to` at every place of `from`, which is as long.
Bytes replaced(Bytes archive, std::string_view from, std::string_view to) {
  std::string text(reinterpret_cast<const char*>(archive.data()), archive.size());
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
    text.replace(at, from.size(), to);
  }
  return bytes(text);
}

// The low bytes of a number: hostile archives are put together from their fields.
std::string field(std::uint64_t value, int size) {
  std::string out;
  for (int i = 0; i < size; ++i) out += static_cast<char>(value >> 8 * i & 0xFF);
  return out;
}

Bytes archive_of(const std::string& name, const std::string& packed, std::uint32_t declared,
                 int method, int flags = 0) {
  const std::string fields = field(20, 2) + field(flags, 2) + field(method, 2) + field(0, 2) +
                             field(0x21, 2) + field(0, 4) + field(packed.size(), 4) +
                             field(declared, 4) + field(name.size(), 2) + field(0, 2);
  const std::string local = "PK\3\4" + fields + name + packed;
  const std::string central =
      "PK\1\2" + field(20, 2) + fields + std::string(10, '\0') + field(0, 4) + name;
  return bytes(local + central + "PK\5\6" + field(0, 4) + field(1, 2) + field(1, 2) +
               field(central.size(), 4) + field(local.size(), 4) + field(0, 2));
}

TEST(ZipArchive, RoundTripKeepsOrderAndBytes) {
  const ZipReader reader(sample(), "m.keras");
  EXPECT_EQ(reader.names(), (std::vector<std::string>{"metadata.json", "config.json",
                                                      "assets/\xC3\xA4.txt", "empty"}));
  EXPECT_EQ(reader.read_text("config.json"), "{\"class_name\": \"Sequential\"}");
  EXPECT_EQ(reader.read("assets/\xC3\xA4.txt"), bytes("text"));
  EXPECT_TRUE(reader.read("empty").empty());
  EXPECT_TRUE(reader.contains("empty"));
  EXPECT_FALSE(reader.contains("Empty"));
}

TEST(ZipArchive, StoresWithoutPacking) {
  ZipWriter writer;
  writer.add("zeros", Bytes(100'000));
  const Bytes archive = writer.finish();
  EXPECT_GT(archive.size(), 100'000u);
  EXPECT_EQ(ZipReader(archive, "m.keras").read("zeros"), Bytes(100'000));
}

TEST(ZipArchive, EqualContentsAreEqualBytes) { EXPECT_EQ(sample(), sample()); }

TEST(ZipArchive, ReadsAFile) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "antler_zip_archive_test.keras").string();
  const Bytes archive = sample();
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(archive.data()),
             static_cast<std::streamsize>(archive.size()));
  EXPECT_EQ(ZipReader::open(path).read_text("metadata.json"), "{}");
  std::remove(path.c_str());
  EXPECT_THROW(ZipReader::open(path), FileError);
  EXPECT_THROW(ZipReader::open("/"), FileError);
}

TEST(ZipArchive, WriterRefusesNamesAndLateCalls) {
  ZipWriter writer;
  writer.add("a", "1");
  for (const char* name : {"a", "", "/a", "../a", "b/../../a", "b\\a", "C:a", "\xFF"}) {
    EXPECT_THROW(writer.add(name, "2"), ValueError) << name;
  }
  writer.finish();
  EXPECT_THROW(writer.add("b", "1"), StateError);
  EXPECT_THROW(writer.finish(), StateError);
}

TEST(ZipArchive, ReaderRefusesHostileNames) {
  for (const char* name : {"/etc", "../a", "b/..", "b\\.a", "C:ab"}) {
    const Bytes hostile = archive_of(name, "x", 1, 0);
    EXPECT_NE(error_of(hostile).find("m.keras: expected relative names of members"),
              std::string::npos)
        << error_of(hostile);
  }
  EXPECT_NE(error_of(replaced(sample(), "empty", "a/../")).find("leaves its folder"),
            std::string::npos);
}

TEST(ZipArchive, ReaderRefusesANameTwice) {
  ZipWriter writer;
  writer.add("aa", "1");
  writer.add("ab", "2");
  EXPECT_EQ(error_of(replaced(writer.finish(), "ab", "aa")),
            "m.keras: expected distinct names of members, got one twice");
}

TEST(ZipArchive, RefusesBombs) {
  EXPECT_EQ(error_of(archive_of("a", std::string(1000, 'x'), 1'000'000'000, 8), "a"),
            "m.keras: expected at most 100 times the packed size in a, got 1000000000 bytes from "
            "1000");
  EXPECT_EQ(error_of(archive_of("a", std::string(1000, 'x'), 102'000, 8), "a"),
            "m.keras: expected at most 100 times the packed size in a, got 102000 bytes from 1000");
  EXPECT_NE(error_of(archive_of("a", std::string(1000, 'x'), 0xFFFFFFF0, 8), "a"), "no error");
}

// Ten bytes of deflate that give 5 bytes, declared as 3 or 60: the declared size decides nothing.
TEST(ZipArchive, RefusesWrongSizesMethodsAndPasswords) {
  const std::string stored_block = std::string("\1\5\0\xFA\xFFhello", 10);
  EXPECT_NE(error_of(archive_of("a", stored_block, 60, 8), "a"), "no error");
  EXPECT_NE(error_of(archive_of("a", stored_block, 3, 8), "a"), "no error");
  EXPECT_NE(error_of(archive_of("a", "hello", 5, 0), "a"), "no error") << "checksum";
  EXPECT_NE(error_of(archive_of("a", "hello", 5, 12), "a").find("another method"),
            std::string::npos);
  EXPECT_NE(error_of(archive_of("a", std::string(20, 'x'), 8, 0, 1), "a").find("encrypted"),
            std::string::npos);
}

TEST(ZipArchive, NamesWhatIsMissing) {
  EXPECT_EQ(error_of(sample(), "model.weights.h5"),
            "m.keras: expected a member model.weights.h5, got none of that name; is it a .keras "
            "file?");
  EXPECT_NE(error_of(bytes("no zip at all")).find("m.keras: expected a whole zip archive"),
            std::string::npos);
}

TEST(ZipArchive, EveryTruncationIsRefused) {
  const Bytes archive = sample();
  for (std::size_t size = 0; size < archive.size(); ++size) {
    EXPECT_NE(error_of(Bytes(archive.begin(), archive.begin() + size)), "no error") << size;
  }
}

// A byte may change in a date; a member that is read has the right checksum all the same.
TEST(ZipArchive, MutationsNeverGiveWrongContent) {
  const Bytes archive = sample();
  std::mt19937 random(3);
  int refused = 0;
  constexpr int kCount = 5'000;
  for (int i = 0; i < kCount; ++i) {
    Bytes mutated = archive;
    mutated[random() % mutated.size()] = static_cast<std::byte>(random());
    try {
      const ZipReader reader(mutated, "m.keras");
      const std::string text = reader.read_text("config.json");
      EXPECT_EQ(text, "{\"class_name\": \"Sequential\"}");
    } catch (const FileError&) {
      ++refused;
    }
  }
  std::printf("%d of %d mutated archives were refused\n", refused, kCount);
  EXPECT_GT(refused, kCount / 4);
}

}  // namespace
}  // namespace antler
