#pragma once

namespace antler::testing {

/// How often operator new was called in this program, in any thread. A program that calls this has
/// its operators new and delete replaced by counting ones.
long allocation_count();

}  // namespace antler::testing
