#include "antler/compiler/passes/fuse_convolution_pool.h"
#include "antler/compiler/passes/fuse_elementwise.h"
#include "antler/compiler/passes/fuse_matmul.h"
#include "antler/compiler/passes/fuse_pooling.h"
#include "antler/compiler/passes/fuse_update.h"
#include "antler/compiler/passes/passes.h"

namespace antler::passes {

Computation fuse(const Computation& computation) {
  const Computation products = fuse_update(fuse_matmul(computation));
  return fuse_elementwise(fuse_convolution_pool(fuse_pooling(products)));
}

}  // namespace antler::passes
