#include "antler/data/cifar10.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/dataset_files.h"
#include "antler/data/input_file.h"

namespace antler::datasets {
namespace {

constexpr std::string_view kFolder = "cifar10";
constexpr std::int64_t kSide = 32;
constexpr std::int64_t kPlane = kSide * kSide;
constexpr std::int64_t kRecord = 1 + 3 * kPlane;
constexpr std::int64_t kRecords = 10000;  // in each file
constexpr std::int64_t kFileSize = kRecords * kRecord;

constexpr std::array<PublishedFile, 6> kFull = {{
    {"data_batch_1.bin", kFileSize,
     "sha256 cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"},
    {"data_batch_2.bin", kFileSize,
     "sha256 a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"},
    {"data_batch_3.bin", kFileSize,
     "sha256 bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"},
    {"data_batch_4.bin", kFileSize,
     "sha256 014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"},
    {"data_batch_5.bin", kFileSize,
     "sha256 755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"},
    {"test_batch.bin", kFileSize,
     "sha256 8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"},
}};
constexpr std::int64_t kSampleRecords = 4000;
constexpr std::int64_t kSampleTrain = 3000;
constexpr std::array<PublishedFile, 1> kSample = {
    {{"data_batch_1_first4000.bin.gz", 11349652,
      "sha256 d32c18318de59292af92f571821e2570d0ce4d63cf4b3de2570ee51bf268ee72"}}};

Examples read_records(std::string_view file, std::int64_t records) {
  const std::string path = find_file(kFolder, file);
  const std::int64_t wanted = records * kRecord;
  const std::vector<std::byte> bytes = read_file(path, wanted);
  if (static_cast<std::int64_t>(bytes.size()) != wanted) {
    throw FileError(path + ": expected " + std::to_string(wanted) + " bytes for " +
                    std::to_string(records) + " records, got " + std::to_string(bytes.size()) +
                    "; the file is cut short");
  }
  return parse_cifar10(bytes, path);
}

// Puts the records of file `i` behind those of the files before it.
void append(const Tensor& part, std::int64_t i, Tensor& all) {
  std::memcpy(all.mutable_raw() + i * part.byte_size(), part.raw(),
              static_cast<std::size_t>(part.byte_size()));
}

Split load_full() {
  constexpr std::int64_t kTrainFiles = 5;
  Examples train = {Tensor::uninitialized(DType::uint8, {kTrainFiles * kRecords, kSide, kSide, 3}),
                    Tensor::uninitialized(DType::int64, {kTrainFiles * kRecords, 1})};
  for (std::int64_t i = 0; i < kTrainFiles; ++i) {
    const Examples part = read_records(kFull[static_cast<std::size_t>(i)].name, kRecords);
    append(part.x, i, train.x);
    append(part.y, i, train.y);
  }
  return {std::move(train), read_records(kFull.back().name, kRecords)};
}

Split load_sample() {
  const Examples all = read_records(kSample[0].name, kSampleRecords);
  return {{all.x.slice(0, kSampleTrain), all.y.slice(0, kSampleTrain)},
          {all.x.slice(kSampleTrain, kSampleRecords), all.y.slice(kSampleTrain, kSampleRecords)}};
}

std::string full_text() {
  return wanted_places(kFolder) + ", from cifar-10-binary.tar.gz:" + file_list(kFolder, kFull);
}

std::string missing_text() {
  return full_text() + "\nor the first 4,000 pictures alone:" + file_list(kFolder, kSample);
}

}  // namespace

Examples parse_cifar10(std::span<const std::byte> bytes, const std::string& name) {
  const auto size = static_cast<std::int64_t>(bytes.size());
  if (size == 0 || size % kRecord != 0) {
    throw FileError(name + ": expected records of 3073 bytes, got " + std::to_string(size) +
                    " bytes; is the file cut short, or another format?");
  }
  const std::int64_t count = size / kRecord;
  Examples out = {Tensor::uninitialized(DType::uint8, {count, kSide, kSide, 3}),
                  Tensor::uninitialized(DType::int64, {count, 1})};
  std::uint8_t* pixel = out.x.mutable_data<std::uint8_t>().data();
  const std::span<std::int64_t> labels = out.y.mutable_data<std::int64_t>();
  const std::byte* record = bytes.data();
  for (std::int64_t i = 0; i < count; ++i, record += kRecord) {
    const auto label = std::to_integer<std::int64_t>(record[0]);
    if (label > 9) {
      throw FileError(name + ": expected labels 0 to 9, got " + std::to_string(label) +
                      " in record " + std::to_string(i) + "; is the file damaged?");
    }
    labels[static_cast<std::size_t>(i)] = label;
    for (std::int64_t at = 1; at <= kPlane; ++at) {
      for (std::int64_t channel = 0; channel < 3; ++channel) {
        *pixel++ = std::to_integer<std::uint8_t>(record[channel * kPlane + at]);
      }
    }
  }
  return out;
}

Split cifar10() {
  if (all_found(kFolder, kFull)) return load_full();
  if (all_found(kFolder, kSample)) return load_sample();
  throw FileError("cifar10: its files are not here; put them into " + missing_text());
}

std::string cifar10_note() {
  if (all_found(kFolder, kFull) || !all_found(kFolder, kSample)) return "";
  return "cifar10: only the first 4,000 pictures are here: 3,000 to train and 1,000 to test; for "
         "all 60,000 put these into " +
         full_text();
}

Description describe_cifar10() {
  const bool full = all_found(kFolder, kFull);
  const bool sample = all_found(kFolder, kSample);
  Description out = {"cifar10", "50,000 + 10,000 colour pictures, 32x32, 10 classes",
                     full || sample, ""};
  if (!full && sample) {
    out.content = "3,000 + 1,000 colour pictures (the first 4,000 of 60,000), 32x32, 10 classes";
  }
  const std::string file = find_file(kFolder, full ? kFull[0].name : kSample[0].name);
  out.where = out.is_found ? file.substr(0, file.rfind('/')) : "put into " + missing_text();
  return out;
}

}  // namespace antler::datasets
