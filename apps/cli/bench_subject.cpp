#include "apps/cli/bench_subject.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/models/trainer.h"
#include "apps/cli/model_file.h"
#include "apps/cli/random_examples.h"
#include "apps/workloads/network.h"
#include "apps/workloads/workloads.h"

namespace antler::cli {
namespace {

constexpr std::uint64_t kSeed = 0;

// What targets are made like: zeros where the sizes are known without running the model, so that
// the first step is the first thing that is compiled.
std::vector<Tensor> example_outputs(const Model& model, const std::vector<Tensor>& x,
                                    std::int64_t batch_size) {
  std::vector<Tensor> outputs;
  for (const Value& output : model.outputs()) {
    const Shape shape = output.shape().without_batch().with_batch(batch_size);
    if (!shape.is_known()) return model.predict_all(x, {.batch_size = batch_size});
    outputs.push_back(Tensor::zeros(shape, output.dtype()));
  }
  return outputs;
}

}  // namespace

void check_bench_name(const std::string& what) {
  if (what.ends_with(".keras") || workloads::find_workload(what) != nullptr) return;
  std::vector<std::string_view> names;
  for (const workloads::Workload& workload : workloads::workloads()) names.push_back(workload.name);
  const std::string text = unknown_name("workload", what, names);
  throw ValueError(text.ends_with('?') ? text : text + "; a model's file ends in .keras");
}

BenchSubject make_bench_subject(const std::string& what, std::int64_t batch_size) {
  BenchSubject subject;
  subject.name = what;
  if (const workloads::Workload* workload = workloads::find_workload(what)) {
    subject.model = workloads::build_network(workload->network);
    batch_size = workloads::batch_size(workload->network);
  } else {
    subject.model = load_model_file(what).model;
  }
  if (!has_loss(subject.model)) {
    throw StateError(what +
                     ": expected a model that was compiled with a loss, which a training step "
                     "needs; call compile() before save()");
  }
  subject.x = with_error_prefix(what + ": ",
                                [&] { return random_inputs(subject.model, batch_size, kSeed); });
  const std::vector<Tensor> outputs = example_outputs(subject.model, subject.x, batch_size);
  subject.batch = {.x = subject.model.model_base().trainer().predict_inputs(subject.x),
                   .y = random_targets(subject.model, outputs, kSeed),
                   .size = batch_size};
  return subject;
}

}  // namespace antler::cli
