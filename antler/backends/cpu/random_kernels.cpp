#include "antler/backends/cpu/random_kernels.h"

#include <algorithm>
#include <cmath>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/philox.h"

namespace antler::cpu {
namespace {

constexpr std::int64_t kBlock = 1 << 14;  // elements of one thread's turn
constexpr std::int64_t kChunk = 512;      // words made at once
constexpr std::int64_t kWordWork = 8;     // of a number, in elementary operations
constexpr std::int64_t kNormalWork = 60;

PhiloxStream stream_of(std::int64_t seed, std::uint32_t stream, std::int64_t step) {
  const auto wide_seed = static_cast<std::uint64_t>(seed);
  const auto wide_step = static_cast<std::uint64_t>(step);
  return {{static_cast<std::uint32_t>(wide_seed), static_cast<std::uint32_t>(wide_seed >> 32)},
          stream ^ (static_cast<std::uint32_t>(wide_step >> 32) * 0x9E3779B9U),
          static_cast<std::uint32_t>(wide_step)};
}

// f(words, first, count) for chunks of the elements [begin, end), a word each; begin is a multiple
// of four.
template <class F>
void for_words(const PhiloxStream& stream, std::int64_t begin, std::int64_t end, const F& f) {
  std::uint32_t words[kChunk];
  for (std::int64_t first = begin; first < end; first += kChunk) {
    const std::int64_t count = std::min(kChunk, end - first);
    philox_words(stream, static_cast<std::uint64_t>(first) / 4, (count + 3) / 4, words);
    f(words, first, count);
  }
}

KernelPtr uniform_kernel(std::uint32_t stream, std::int64_t size) {
  return make_kernel([=](const KernelArguments& arguments) {
    const PhiloxStream philox =
        stream_of(*arguments.input<std::int64_t>(0), stream, *arguments.input<std::int64_t>(1));
    float* y = arguments.output<float>(0);
    for_blocks(size, kBlock, kWordWork, [&](std::int64_t begin, std::int64_t end) {
      for_words(philox, begin, end,
                [&](const std::uint32_t* words, std::int64_t first, std::int64_t count) {
                  uniform_of_words(words, count, y + first);
                });
    });
  });
}

// A block of words for each number; the same formula as RandomStream::normal, in double.
KernelPtr normal_kernel(const ops::Random& op, std::int64_t size) {
  return make_kernel([=](const KernelArguments& arguments) {
    constexpr double kTwoPi = 6.283185307179586;
    const PhiloxStream philox =
        stream_of(*arguments.input<std::int64_t>(0), op.stream, *arguments.input<std::int64_t>(1));
    float* y = arguments.output<float>(0);
    for_blocks(size, kBlock, kNormalWork, [&](std::int64_t begin, std::int64_t end) {
      std::uint32_t words[kChunk];
      for (std::int64_t first = begin; first < end; first += kChunk / 4) {
        const std::int64_t count = std::min(kChunk / 4, end - first);
        philox_words(philox, static_cast<std::uint64_t>(first), count, words);
        for (std::int64_t i = 0; i < count; ++i) {
          const double u = (static_cast<double>(words[4 * i]) + 1.0) * 0x1p-32;
          const double v = static_cast<double>(words[4 * i + 1]) * 0x1p-32;
          const double z = std::sqrt(-2.0 * std::log(u)) * std::cos(kTwoPi * v);
          y[first + i] = static_cast<float>(op.a + op.b * z);
        }
      }
    });
  });
}

}  // namespace

KernelPtr random_kernel(const ops::Random& op, const KernelSpecs& specs) {
  if (op.dtype != DType::float32) return nullptr;
  const std::int64_t size = specs.outputs[0].shape.size();
  if (op.kind == ops::Random::Kind::uniform && op.a == 0 && op.b == 1) {
    return uniform_kernel(op.stream, size);
  }
  if (op.kind == ops::Random::Kind::normal) return normal_kernel(op, size);
  return nullptr;
}

KernelPtr dropout_kernel(const ops::Composite& composite, const KernelSpecs& specs) {
  if (composite.kernel != "dropout" || specs.inputs[0].dtype != DType::float32) return nullptr;
  const std::int64_t size = specs.inputs[0].shape.size();
  const auto number = [&](std::string_view key) {
    return static_cast<float>(composite.attributes.at(key).as_number());
  };
  const float rate = number("rate"), scale = number("scale");
  const auto stream = static_cast<std::uint32_t>(composite.attributes.at("stream").as_integer());
  return make_kernel(
      [=](const KernelArguments& arguments) {
        const float* x = arguments.input<float>(0);
        float* y = arguments.output<float>(0);
        const PhiloxStream philox =
            stream_of(*arguments.input<std::int64_t>(1), stream, *arguments.input<std::int64_t>(2));
        for_blocks(size, kBlock, kWordWork, [&](std::int64_t begin, std::int64_t end) {
          for_words(philox, begin, end,
                    [&](const std::uint32_t* words, std::int64_t first, std::int64_t count) {
                      dropout_of_words(words, x + first, rate, scale, count, y + first);
                    });
        });
      },
      {.works_in_place = true});
}

}  // namespace antler::cpu
