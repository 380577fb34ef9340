// Layers that look words up on the host: 10,000 sentences of ten words out of 5,000.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "antler/layers/hashing.h"
#include "antler/layers/string_lookup.h"
#include "antler/layers/text_vectorization.h"

namespace antler {
namespace {

constexpr std::int64_t kSentences = 10000, kWordsEach = 10, kVocabulary = 5000;

// Some words come far more often than others, as in a language.
std::vector<std::string> drawn_words() {
  std::uint32_t state = 1;
  const auto below = [&](std::int64_t limit) {
    state = state * 1664525u + 1013904223u;
    return static_cast<std::int64_t>(state >> 8) % limit;
  };
  std::vector<std::string> vocabulary;
  for (std::int64_t i = 0; i < kVocabulary; ++i) {
    std::string word;
    for (std::int64_t left = 2 + below(8); left > 0; --left) {
      word += static_cast<char>('a' + below(26));
    }
    vocabulary.push_back(word);
  }
  std::vector<std::string> words;
  for (std::int64_t i = 0; i < kSentences * kWordsEach; ++i) {
    const std::int64_t place = below(kVocabulary) * below(kVocabulary) / kVocabulary;
    words.push_back(vocabulary[static_cast<std::size_t>(place)]);
  }
  return words;
}

Tensor sentences() {
  std::vector<std::string> texts;
  std::int64_t count = 0;
  for (const std::string& word : drawn_words()) {
    if (count++ % kWordsEach == 0) {
      texts.push_back(word);
    } else {
      texts.back() += " " + word + ",";
    }
  }
  return Tensor::strings(texts);
}

template <class L>
void run(benchmark::State& state, const L& layer, const Tensor& x) {
  for (auto _ : state) {
    const Tensor y = layer(x);
    benchmark::DoNotOptimize(y.raw());
  }
}

void BM_Adapt(benchmark::State& state) {
  const Tensor x = sentences();
  const TextVectorization layer;
  for (auto _ : state) layer.adapt(x);
}

// Argument: the longest n-gram.
void BM_Vectorize(benchmark::State& state) {
  const Tensor x = sentences();
  const TextVectorization layer(
      {.ngrams = state.range(0), .output_sequence_length = 12 * state.range(0)});
  layer.adapt(x);
  run(state, layer, x);
}

void BM_Lookup(benchmark::State& state) {
  const Tensor x = Tensor::strings(drawn_words());
  const StringLookup layer;
  layer.adapt(x);
  run(state, layer, x);
}

void BM_Hash(benchmark::State& state) { run(state, Hashing(1000), Tensor::strings(drawn_words())); }

BENCHMARK(BM_Adapt)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Vectorize)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Lookup)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Hash)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace antler

BENCHMARK_MAIN();
