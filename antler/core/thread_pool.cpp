#include "antler/core/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/float_mode.h"

#ifndef ANTLER_NO_THREADS
#include <condition_variable>
#include <mutex>
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

// One job at a time. Workers sleep on a condition variable; blocks are handed out by an atomic
// counter. A job is published under the mutex and its generation tells workers that it is new.
class ThreadPool {
 public:
  explicit ThreadPool(int threads) {
    for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { work(); });
  }
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  int threads() const { return static_cast<int>(workers_.size()) + 1; }

  void run(std::int64_t blocks, ParallelBody body) {
    {
      const std::lock_guard lock(mutex_);
      body_ = &body;
      blocks_ = blocks;
      float_mode_ = float_mode();
      next_.store(0, std::memory_order_relaxed);
      ++generation_;
    }
    wake_.notify_all();
    drain(blocks, body);
    std::unique_lock lock(mutex_);
    body_ = nullptr;  // a worker that wakes late finds no job
    idle_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  void drain(std::int64_t blocks, const ParallelBody& body) {
    for (std::int64_t i = next_++; i < blocks; i = next_++) body(i);
  }

  void work();

  std::mutex mutex_;
  std::condition_variable wake_, idle_;
  const ParallelBody* body_ = nullptr;
  std::int64_t blocks_ = 0;
  FloatMode float_mode_ = 0;  // of the thread whose job it is: a block gives the same bits in all
  std::uint64_t generation_ = 0;
  int busy_ = 0;
  bool stopping_ = false;
  std::atomic<std::int64_t> next_{0};
  std::vector<std::thread> workers_;
};

thread_local bool inside_parallel = false;

void ThreadPool::work() {
  inside_parallel = true;
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || (generation_ != seen && body_ != nullptr); });
    if (stopping_) return;
    seen = generation_;
    const ParallelBody body = *body_;
    const std::int64_t blocks = blocks_;
    set_float_mode(float_mode_);
    ++busy_;
    lock.unlock();
    drain(blocks, body);
    lock.lock();
    if (--busy_ == 0) idle_.notify_one();
  }
}

struct PoolState {
  std::mutex use;  // held by the thread whose job the pool runs
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
  const std::lock_guard lock(state().use);
  state().threads = count;
  state().pool.reset();
}

int num_threads() { return state().threads; }

void parallel_for(std::int64_t blocks, ParallelBody body) noexcept {
  PoolState& s = state();
  if (blocks > 1 && !inside_parallel && s.threads > 1) {
    const std::unique_lock lock(s.use, std::try_to_lock);
    if (lock.owns_lock()) {
      if (s.pool == nullptr) s.pool = make_pool(s.threads);
      if (s.pool != nullptr) {
        inside_parallel = true;
        s.pool->run(blocks, body);
        inside_parallel = false;
        return;
      }
    }
  }
  for (std::int64_t i = 0; i < blocks; ++i) body(i);
}

#endif

}  // namespace antler
