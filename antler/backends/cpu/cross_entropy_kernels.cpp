#include "antler/backends/cpu/cross_entropy_kernels.h"

#include "antler/backends/cpu/kernels/softmax.h"
#include "antler/ops/check_index.h"

namespace antler::cpu {
namespace {

struct Rows {
  std::int64_t rows, n;
  explicit Rows(const Shape& shape) : rows(shape.size() / shape.back()), n(shape.back()) {}
};

template <class Label>
KernelPtr sparse_kernel(const Rows& size) {
  return make_kernel(
      [size](const KernelArguments& arguments) {
        const Label* labels = arguments.input<Label>(1);
        const std::int64_t bad = sparse_softmax_cross_entropy(
            arguments.input<float>(0), labels, size.n, arguments.output<float>(0),
            arguments.output<float>(1), 0, size.rows);
        if (bad >= 0) {
          arguments.status->report(ops::kExpectedClass, bad,
                                   static_cast<std::int64_t>(labels[bad]), 0, size.n);
        }
      },
      {.can_fail = true});
}

template <class Label>
KernelPtr sparse_gradient_kernel(const Rows& size) {
  return make_kernel([size](const KernelArguments& arguments) {
    sparse_softmax_cross_entropy_gradient(arguments.input<float>(0), arguments.input<Label>(1),
                                          size.n, arguments.input<float>(2), 1,
                                          arguments.output<float>(0), 0, size.rows);
  });
}

KernelPtr dense_kernel(const Rows& size) {
  return make_kernel([size](const KernelArguments& arguments) {
    softmax_cross_entropy(arguments.input<float>(0), arguments.input<float>(1), size.n,
                          arguments.output<float>(0), arguments.output<float>(1), 0, size.rows);
  });
}

KernelPtr dense_gradient_kernel(const Rows& size) {
  return make_kernel([size](const KernelArguments& arguments) {
    softmax_cross_entropy_gradient(arguments.input<float>(0), arguments.input<float>(1), size.n,
                                   arguments.input<float>(2), 1, arguments.output<float>(0), 0,
                                   size.rows);
  });
}

KernelPtr binary_kernel(std::int64_t size) {
  return make_kernel([size](const KernelArguments& arguments) {
    binary_cross_entropy(arguments.input<float>(0), arguments.input<float>(1),
                         arguments.output<float>(0), 0, size);
  });
}

KernelPtr binary_gradient_kernel(std::int64_t size) {
  return make_kernel([size](const KernelArguments& arguments) {
    binary_cross_entropy_gradient(arguments.input<float>(0), arguments.input<float>(1),
                                  arguments.input<float>(2), 1, arguments.output<float>(0), 0,
                                  size);
  });
}

bool all_float(const KernelSpecs& specs, std::size_t first) {
  for (std::size_t i = first; i < specs.inputs.size(); ++i) {
    if (specs.inputs[i].dtype != DType::float32) return false;
  }
  return true;
}

}  // namespace

KernelPtr cross_entropy_kernel(const ops::Composite& composite, const KernelSpecs& specs) {
  const Shape& shape = specs.inputs[0].shape;
  if (specs.inputs[0].dtype != DType::float32 || shape.rank() == 0 || shape.size() == 0) {
    return nullptr;
  }
  const Rows rows(shape);
  const std::string& name = composite.kernel;
  const DType second = specs.inputs.size() > 1 ? specs.inputs[1].dtype : DType::float32;
  if (name == "sparse_softmax_cross_entropy") {
    if (second == DType::int64) return sparse_kernel<std::int64_t>(rows);
    if (second == DType::int32) return sparse_kernel<std::int32_t>(rows);
    return nullptr;
  }
  if (name == "sparse_softmax_cross_entropy_gradient") {
    if (!all_float(specs, 2)) return nullptr;
    if (second == DType::int64) return sparse_gradient_kernel<std::int64_t>(rows);
    if (second == DType::int32) return sparse_gradient_kernel<std::int32_t>(rows);
    return nullptr;
  }
  if (!all_float(specs, 1)) return nullptr;
  if (name == "softmax_cross_entropy") return dense_kernel(rows);
  if (name == "softmax_cross_entropy_gradient") return dense_gradient_kernel(rows);
  for (const TensorSpec& input : specs.inputs) {
    if (input.shape != shape) return nullptr;
  }
  if (name == "sigmoid_cross_entropy") return binary_kernel(shape.size());
  if (name == "sigmoid_cross_entropy_gradient") return binary_gradient_kernel(shape.size());
  return nullptr;
}

}  // namespace antler::cpu
