#include <string>

#include "antler/compiler/passes/passes.h"
#include "antler/compiler/profile.h"
#include "antler/core/error.h"
#include "antler/graph/graph.h"

namespace antler::passes {

Computation run_all(const Computation& computation, const Backend& backend,
                    const ProgramOptions& options) {
  Computation current = computation;
  // Debug builds, and so the sanitizers', check the graph after each pass.
  const auto take = [&](const Computation& next, std::string_view pass) {
    Profile::note_pass(pass, current, next);
#ifndef NDEBUG
    check_valid(current, next, pass);
#endif
    current = next;
  };
  if (options.stable_rewrites) take(stabilize(current), "stabilize");
  take(inline_composites(current, backend), "inline_composites");
  take(simplify(current, backend), "simplify");
  take(merge_equal(current), "merge_equal");
  take(merge_scans(current), "merge_scans");
  if (options.fuse && backend.runs_fused_ops()) take(fuse(current), "fuse");
  return current;
}

void check_valid(const Computation& before, const Computation& after, std::string_view pass) {
  const auto fail = [&](const std::string& what) {
    throw ValueError(std::string(pass) + ": " + what);
  };
  const std::vector<Value> old_roots = before.roots();
  const std::vector<Value> new_roots = after.roots();
  for (std::size_t i = 0; i < old_roots.size(); ++i) {
    if (old_roots[i].spec() != new_roots[i].spec()) {
      fail("root " + std::to_string(i) + " changed from " + old_roots[i].spec().to_string() +
           " to " + new_roots[i].spec().to_string());
    }
  }
  for (const auto& node : topological_order(new_roots)) {
    if (!node->is_op()) continue;
    std::vector<TensorSpec> specs;
    for (const Value& input : node->inputs()) specs.push_back(input.spec());
    if (node->op().infer(specs) != node->outputs()) {
      fail("outputs of " + std::string(node->op().name()) + " are not what it infers");
    }
  }
}

}  // namespace antler::passes
