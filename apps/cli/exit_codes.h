#pragma once

namespace antler::cli {

inline constexpr int kSuccess = 0;
inline constexpr int kWorkFailed = 1;
inline constexpr int kWrongUse = 2;
/// What a shell reports for a command that SIGINT ended.
inline constexpr int kInterrupted = 130;

}  // namespace antler::cli
