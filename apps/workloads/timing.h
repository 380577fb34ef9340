#pragma once

#include <chrono>

namespace antler::workloads {

inline double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The mean time of a call in seconds, over calls that together last `seconds`, after one that does
/// not count. The clock is read once a chunk, so that it does not weigh on a call of microseconds;
/// benchmarks/peers/peer.py does the same.
template <class Call>
double mean_seconds(double seconds, Call&& call) {
  call();
  double spent = 0;
  long chunk = 1, calls = 0;
  while (spent < seconds || calls == 0) {
    const auto begin = std::chrono::steady_clock::now();
    for (long i = 0; i < chunk; ++i) call();
    const double lasted = seconds_since(begin);
    spent += lasted;
    calls += chunk;
    if (lasted < seconds / 20) chunk *= 2;
  }
  return spent / static_cast<double>(calls);
}

}  // namespace antler::workloads
