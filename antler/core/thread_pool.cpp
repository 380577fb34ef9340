#include "antler/core/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/float_mode.h"

#ifndef ANTLER_NO_THREADS
#include <thread>
#endif

namespace antler {

#ifdef ANTLER_NO_THREADS

void set_num_threads(int count) {
  if (count < 1) {
    throw ValueError("set_num_threads: expected at least 1, got " + std::to_string(count));
  }
}
int num_threads() { return 1; }
void parallel_for(std::int64_t blocks, ParallelBody body) noexcept {
  for (std::int64_t i = 0; i < blocks; ++i) body(i);
}

#else

namespace {

// A step runs parallel loops a few microseconds apart, and waking a thread takes fifty: who waits
// looks again and again before it sleeps.
constexpr int kLooks = 3000;        // some 100 us
constexpr int kLooksPerYield = 64;  // where threads are more than cores, another one may go on

void rest(int look) {
  if (look % kLooksPerYield == 0) {
    std::this_thread::yield();
    return;
  }
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// One job at a time; its blocks are handed out by an atomic counter. No lock is held, and a worker
// that comes too late finds the job closed.
class ThreadPool {
 public:
  explicit ThreadPool(int threads) {
    try {
      for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { work(); });
    } catch (...) {  // no more threads are granted: those that run must end before this does
      stop();
      throw;
    }
  }
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool() { stop(); }

  int threads() const { return static_cast<int>(workers_.size()) + 1; }

  void run(std::int64_t blocks, ParallelBody body) {
    // Nobody is in the last job any more, so what a job holds may change.
    body_ = &body;
    blocks_ = blocks;
    float_mode_ = float_mode();
    next_.store(0, std::memory_order_relaxed);
    door_.store(kOpen, std::memory_order_release);
    announce();
    drain(blocks, body);
    door_.fetch_and(~kOpen, std::memory_order_acq_rel);
    for (int look = 1; door_.load(std::memory_order_acquire) != 0; ++look) rest(look);
  }

 private:
  // The workers within the present job, and whether more may come in.
  static constexpr std::uint32_t kOpen = std::uint32_t{1} << 31;

  void stop() {
    stopping_ = true;
    announce();
    for (std::thread& worker : workers_) worker.join();
  }
  void announce() {
    ++generation_;
    generation_.notify_all();  // no system call when nobody sleeps
  }
  void drain(std::int64_t blocks, const ParallelBody& body) {
    for (std::int64_t i = next_++; i < blocks; i = next_++) body(i);
  }
  bool enter() {
    std::uint32_t door = door_.load(std::memory_order_relaxed);
    while ((door & kOpen) != 0) {
      if (door_.compare_exchange_weak(door, door + 1, std::memory_order_acquire)) return true;
    }
    return false;
  }
  void await_change(std::uint32_t seen) const {
    for (int look = 1; look <= kLooks; ++look) {
      if (generation_.load(std::memory_order_acquire) != seen) return;
      rest(look);
    }
    generation_.wait(seen, std::memory_order_acquire);
  }
  void work();

  const ParallelBody* body_ = nullptr;
  std::int64_t blocks_ = 0;
  FloatMode float_mode_ = 0;  // of the thread whose job it is: a block gives the same bits in all
  std::atomic<std::int64_t> next_{0};
  std::atomic<std::uint32_t> door_{0};
  std::atomic<std::uint32_t> generation_{0};  // of jobs
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> workers_;
};

thread_local bool inside_parallel = false;

void ThreadPool::work() {
  inside_parallel = true;
  for (std::uint32_t seen = 0;;) {
    await_change(seen);
    if (stopping_) return;
    seen = generation_.load(std::memory_order_acquire);
    if (!enter()) continue;
    set_float_mode(float_mode_);
    drain(blocks_, *body_);
    door_.fetch_sub(1, std::memory_order_release);
  }
}

struct PoolState {
  std::atomic_flag in_use;  // set by the thread whose job the pool runs
  std::unique_ptr<ThreadPool> pool;
  std::atomic<int> threads{std::max(1, static_cast<int>(std::thread::hardware_concurrency()))};
};

// A machine that grants no thread runs the work in the caller: same bits, only later.
std::unique_ptr<ThreadPool> make_pool(int threads) noexcept {
  try {
    return std::make_unique<ThreadPool>(threads);
  } catch (const std::exception&) {
    return nullptr;
  }
}

PoolState& state() {
  static PoolState state;
  return state;
}

}  // namespace

void set_num_threads(int count) {
  if (count < 1) {
    throw ValueError("set_num_threads: expected at least 1, got " + std::to_string(count));
  }
  PoolState& s = state();
  while (s.in_use.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
  s.threads = count;
  s.pool.reset();
  s.in_use.clear(std::memory_order_release);
}

int num_threads() { return state().threads; }

void parallel_for(std::int64_t blocks, ParallelBody body) noexcept {
  PoolState& s = state();
  if (blocks > 1 && !inside_parallel && s.threads > 1 &&
      !s.in_use.test_and_set(std::memory_order_acquire)) {
    if (s.pool == nullptr) s.pool = make_pool(s.threads);
    const bool has_pool = s.pool != nullptr;
    if (has_pool) {
      inside_parallel = true;
      s.pool->run(blocks, body);
      inside_parallel = false;
    }
    s.in_use.clear(std::memory_order_release);
    if (has_pool) return;
  }
  for (std::int64_t i = 0; i < blocks; ++i) body(i);
}

#endif

}  // namespace antler
