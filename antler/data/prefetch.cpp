#include "antler/data/prefetch.h"

#include <utility>

#ifndef ANTLER_NO_THREADS
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#endif

namespace antler {

#ifdef ANTLER_NO_THREADS

std::unique_ptr<BatchReader::Stage> prefetched(std::unique_ptr<BatchReader::Stage> stage) {
  return stage;
}

#else

namespace {

// Two batches change hands: the reader's, in use, and `ahead_`, which the worker fills meanwhile.
// `wanted_` says whose turn `ahead_` is: the worker's while true, the reader's otherwise.
class Prefetch : public BatchReader::Stage {
 public:
  /// Takes `stage` only when the thread has started.
  explicit Prefetch(std::unique_ptr<BatchReader::Stage>& stage) : worker_([this] { work(); }) {
    stage_ = std::move(stage);  // the worker looks at it when it is first asked
  }
  ~Prefetch() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    worker_.join();
  }

  void start(std::uint64_t step) override {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return !wanted_; });
    error_ = nullptr;
    stage_->start(step);
    ask();
  }

  bool next(Batch& batch) override {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return !wanted_; });
    if (error_ != nullptr) {
      have_ = false;
      std::rethrow_exception(std::exchange(error_, nullptr));
    }
    if (!have_) return false;
    std::swap(batch, ahead_);
    ask();
    return true;
  }

 private:
  void ask() {
    wanted_ = true;
    wake_.notify_all();
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return wanted_ || stopping_; });
      if (stopping_) return;
      lock.unlock();
      std::exception_ptr error;
      bool have = false;
      try {
        have = stage_->next(ahead_);
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      have_ = have;
      error_ = error;
      wanted_ = false;
      wake_.notify_all();
    }
  }

  std::unique_ptr<BatchReader::Stage> stage_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Batch ahead_;
  bool wanted_ = false;
  bool have_ = false;
  bool stopping_ = false;
  std::exception_ptr error_;
  std::thread worker_;  // last: it starts when all else is there
};

}  // namespace

std::unique_ptr<BatchReader::Stage> prefetched(std::unique_ptr<BatchReader::Stage> stage) {
  try {
    return std::make_unique<Prefetch>(stage);
  } catch (const std::system_error&) {
    return stage;  // a machine that grants no thread: the same batches, only later
  }
}

#endif

}  // namespace antler
