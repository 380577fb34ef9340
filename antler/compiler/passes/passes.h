#pragma once

#include "antler/backends/backend.h"
#include "antler/compiler/computation.h"

// The passes of the compiler, each a function from a computation to an equivalent one; one file
// each. They run in the order of this header.
namespace antler::passes {

/// Replaces logarithms of softmax and sigmoid by their stable forms.
Computation stabilize(const Computation& computation);
/// Expands composites that the backend has no kernel for into their bodies.
Computation inline_composites(const Computation& computation, const Backend& backend);
/// Computes what depends on constants alone, with the backend's kernels; drops steps that change
/// nothing (x * 1, a cast to the same type, a stretch that its reader repeats). Keeps NaN,
/// infinities and signed zeros as they would come out: never x * 0, x - x, or x + 0.0.
Computation simplify(const Computation& computation, const Backend& backend);
/// Merges nodes that compute the same from the same.
Computation merge_equal(const Computation& computation);
/// Makes one loop of those over the same values that differ only in what they stack: a forward loop
/// then keeps what its gradient reads.
Computation merge_scans(const Computation& computation);
/// Joins matrix products with bias and activation, and chains of elementwise ops, into fused ops.
Computation fuse(const Computation& computation);

/// What holds after each pass: specs of roots unchanged, every node's outputs as its op infers
/// them, no input beyond the listed ones. Errors: ValueError naming pass and node. For tests.
void check_valid(const Computation& before, const Computation& after, std::string_view pass);

/// All of them.
Computation run_all(const Computation& computation, const Backend& backend,
                    const ProgramOptions& options);

}  // namespace antler::passes
