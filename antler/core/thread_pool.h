#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

namespace antler {

/// A reference to a callable `void(std::int64_t)`; allocates nothing and must not outlive it.
class ParallelBody {
 public:
  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, ParallelBody>)
  ParallelBody(F&& f)
      : object_(const_cast<void*>(static_cast<const void*>(&f))),
        call_([](void* object, std::int64_t i) {
          (*static_cast<std::remove_reference_t<F>*>(object))(i);
        }) {}
  void operator()(std::int64_t i) const { call_(object_, i); }

 private:
  void* object_;
  void (*call_)(void*, std::int64_t);
};

/// The number of threads that parallel work may use, the caller's included; at first the number of
/// cores. 1 means plain loops. Errors: ValueError below 1. Threads: not while work is running.
void set_num_threads(int count);
int num_threads();

/// Runs body(0) .. body(blocks - 1), each once, in any order, on up to num_threads() threads; the
/// waiting caller helps. Returns when all are done. Results must be the same bits for any number of
/// threads: either the blocks follow from shapes alone, or, as in products, how they are cut does
/// not change what is added in which order. `body` must not throw, and runs in the caller's float
/// mode. A call from inside a body runs as a plain loop; so does a call while another thread uses
/// the pool. Allocates nothing.
void parallel_for(std::int64_t blocks, ParallelBody body) noexcept;

}  // namespace antler
