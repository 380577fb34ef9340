#pragma once

namespace antler::testing {

/// Whether this build unpacks .gz files: the real data sets are such files.
#ifdef ANTLER_HAS_ZLIB
inline constexpr bool kReadsGzip = true;
#else
inline constexpr bool kReadsGzip = false;
#endif

}  // namespace antler::testing
