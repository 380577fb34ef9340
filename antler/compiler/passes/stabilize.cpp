#include "antler/autodiff/stable_forms.h"
#include "antler/compiler/passes/passes.h"
#include "antler/graph/rewrite.h"

namespace antler::passes {

Computation stabilize(const Computation& computation) {
  ValueMap replacements;
  return computation.with_roots(stable_forms(computation.roots(), replacements));
}

}  // namespace antler::passes
