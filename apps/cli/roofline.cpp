#include "apps/cli/roofline.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <sstream>
#include <vector>

#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "antler/core/thread_pool.h"
#include "antler/data/atomic_file.h"
#include "antler/ops/matmul.h"
#include "antler/saving/json.h"
#include "apps/workloads/timing.h"

namespace antler::cli {
namespace {

constexpr int kLeastRounds = 12;
constexpr double kSeconds = 0.3;
// The small one is over before it is interrupted, the large ones keep several threads busy.
constexpr std::int64_t kProductSizes[] = {256, 512, 1024};
// Two buffers of the first size lie in any second-level cache, of the second one in none.
constexpr std::size_t kCachedBytes = 96 << 10;
constexpr std::size_t kUncachedBytes = 64 << 20;
// Kernels that touch less than this work in the caches.
constexpr double kCacheSize = 1 << 20;

// The shortest time of a call, for what disturbs one only makes it longer. Many short rounds: on a
// busy machine a long one is always interrupted.
template <class Call>
double least_seconds(Call&& call) {
  call();
  double least = 1e9;
  const auto start = std::chrono::steady_clock::now();
  for (int round = 0; round < kLeastRounds || workloads::seconds_since(start) < kSeconds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    least = std::min(least, workloads::seconds_since(begin));
  }
  return least;
}

double product_flops(std::int64_t size) {
  const Function product([](const Value& a, const Value& b) { return ops::matmul(a, b); });
  const std::vector<Tensor> factors(2, Tensor::full({size, size}, 0.5));
  const double seconds = least_seconds([&] { product.call(factors); });
  const auto n = static_cast<double>(size);
  return 2 * n * n * n / seconds;
}

// A loop of our own: some machines' memcpy is far slower than what kernels do. `count` is a
// multiple of 16, so that compilers see whole vectors.
void scale(const float* __restrict from, float* __restrict to, std::size_t count) {
  for (std::size_t i = 0; i < count; i += 16) {
    for (std::size_t k = 0; k < 16; ++k) to[i + k] = 0.5F * from[i + k];
  }
}

// Bytes a second, read and written, when each thread scales `bytes` of its own again and again.
double scaled_bytes(std::size_t bytes, int times) {
  const int threads = num_threads();
  const std::size_t part = bytes / sizeof(float) / 16 * 16;
  std::vector<float> from(part * static_cast<std::size_t>(threads), 1);
  std::vector<float> to(from.size());
  const double seconds = least_seconds([&] {
    parallel_for(threads, [&](std::int64_t thread) {
      const std::size_t begin = static_cast<std::size_t>(thread) * part;
      for (int i = 0; i < times; ++i) scale(&from[begin], &to[begin], part);
    });
  });
  return 2.0 * static_cast<double>(from.size() * sizeof(float)) * times / seconds;
}

Roofline measure() {
  const auto threads = static_cast<std::size_t>(num_threads());
  double flops = 0;
  for (const std::int64_t size : kProductSizes) flops = std::max(flops, product_flops(size));
  return {.flops = flops,
          .cache_bytes = scaled_bytes(kCachedBytes, 16),
          .memory_bytes = scaled_bytes(kUncachedBytes / threads, 1)};
}

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name"))
      return line.substr(std::min(line.size(), line.find(": ") + 2));
  }
  return {};
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Nothing when the file is not there, or is of another processor, or cannot be read as ours.
std::optional<Roofline> read(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  std::stringstream text;
  text << file.rdbuf();
  try {
    const Config kept = parse_json(text.str(), path);
    const Roofline roofline = {.flops = kept.at("flops").as_number(),
                               .cache_bytes = kept.at("cache_bytes").as_number(),
                               .memory_bytes = kept.at("memory_bytes").as_number()};
    const bool is_whole =
        roofline.flops > 0 && roofline.cache_bytes > 0 && roofline.memory_bytes > 0;
    if (is_whole && kept.at("processor").as_string() == processor()) return roofline;
  } catch (const Error&) {
  }
  return std::nullopt;
}

void write(const std::string& path, const Roofline& roofline) {
  const std::string text = to_json(Config::map({{"processor", processor()},
                                                {"flops", roofline.flops},
                                                {"cache_bytes", roofline.cache_bytes},
                                                {"memory_bytes", roofline.memory_bytes}})) +
                           "\n";
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
  try {
    write_file_atomically(path, std::as_bytes(std::span(text)));
  } catch (const FileError&) {  // it is measured again next time
  }
}

}  // namespace

double Roofline::seconds(const KernelWork& work) const {
  const double bandwidth = work.bytes <= kCacheSize ? cache_bytes : memory_bytes;
  return std::max(work.flops / flops, work.bytes / bandwidth);
}

std::string roofline_file() {
  const std::string cache = environment("XDG_CACHE_HOME");
  const std::string home = environment("HOME");
  if (cache.empty() && home.empty()) return {};
  const std::string folder = cache.empty() ? home + "/.cache" : cache;
  return folder + "/antler/roofline-" + std::to_string(num_threads()) + ".json";
}

Roofline machine_roofline() {
  const std::string path = roofline_file();
  if (const std::optional<Roofline> kept = read(path)) return *kept;
  const Roofline roofline = measure();
  if (!path.empty()) write(path, roofline);
  return roofline;
}

}  // namespace antler::cli
