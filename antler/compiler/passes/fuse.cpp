#include "antler/compiler/passes/fuse_convolution_pool.h"
#include "antler/compiler/passes/fuse_elementwise.h"
#include "antler/compiler/passes/fuse_matmul.h"
#include "antler/compiler/passes/fuse_pooling.h"
#include "antler/compiler/passes/passes.h"

namespace antler::passes {

Computation fuse(const Computation& computation) {
  return fuse_elementwise(fuse_convolution_pool(fuse_pooling(fuse_matmul(computation))));
}

}  // namespace antler::passes
