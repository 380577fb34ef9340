#include "antler/backends/cpu/optimizer_kernels.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "antler/backends/cpu/gradient_source.h"
#include "antler/backends/cpu/kernels/optimizer.h"

namespace antler::cpu {
namespace {

constexpr std::int64_t kChunk = 512;  // elements copied at once, where copying is needed
constexpr int kMaxStates = 4;

using States = std::array<float*, kMaxStates>;

// The inputs are the gradient, the states, one scalar, and the decay where the optimizer decays
// weights; the outputs are the new states.
bool has_layout(const ops::Composite& composite, const KernelSpecs& specs, std::size_t states) {
  const bool decays = composite.attributes.at("weight_decay").as_bool();
  if (specs.outputs.size() != states || specs.inputs.size() != states + (decays ? 3 : 2)) {
    return false;
  }
  const TensorSpec whole{specs.inputs[0].shape, DType::float32};
  const TensorSpec scalar{Shape(), DType::float32};
  for (std::size_t i = 0; i < specs.inputs.size(); ++i) {
    if (specs.inputs[i] != (i <= states ? whole : scalar)) return false;
  }
  return true;
}

// Runs update(gradient, states, 0, size) on copies, which then go to the outputs: for outputs that
// lie elsewhere than the states, perhaps where the gradient was.
template <class Update>
void update_copies(const Update& update, const float* gradient,
                   const std::array<const float*, kMaxStates>& old_states, const States& new_states,
                   int count, std::int64_t size) {
  float chunk[kMaxStates][kChunk];
  States states{};
  for (int k = 0; k < count; ++k) states[static_cast<std::size_t>(k)] = chunk[k];
  for (std::int64_t start = 0; start < size; start += kChunk) {
    const std::int64_t n = std::min(kChunk, size - start);
    const std::size_t bytes = static_cast<std::size_t>(n) * sizeof(float);
    for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k) {
      std::memcpy(states[k], old_states[k] + start, bytes);
    }
    update(gradient + start, states, 0, n);
    for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k) {
      std::memcpy(new_states[k] + start, states[k], bytes);
    }
  }
}

// `bind` takes the run's scalar and decay and returns update(gradient, states, begin, end).
template <class Bind>
KernelPtr make_update(const KernelSpecs& specs, const GradientSource& source, bool decays,
                      const Bind& bind) {
  const int count = static_cast<int>(specs.outputs.size());
  const int first = source.inputs();
  return make_kernel(
      [=](const KernelArguments& arguments) {
        // Read first: with weights of one element an output may take a scalar's place.
        const auto update = bind(*arguments.input<float>(first + count),
                                 decays ? *arguments.input<float>(first + count + 1) : 0.0F);
        std::array<const float*, kMaxStates> old_states{};
        States new_states{};
        bool in_place = true;
        for (int k = 0; k < count; ++k) {
          const auto at = static_cast<std::size_t>(k);
          old_states[at] = arguments.input<float>(first + k);
          new_states[at] = arguments.output<float>(k);
          in_place = in_place && old_states[at] == new_states[at];
        }
        source.for_each_part(
            arguments, [&](const float* gradient, std::int64_t begin, std::int64_t elements) {
              std::array<const float*, kMaxStates> old_part = old_states;
              States new_part = new_states;
              for (int k = 0; k < count; ++k) {
                old_part[static_cast<std::size_t>(k)] += begin;
                new_part[static_cast<std::size_t>(k)] += begin;
              }
              if (in_place) {
                update(gradient, new_part, 0, elements);
              } else {
                update_copies(update, gradient, old_part, new_part, count, elements);
              }
            });
      },
      {.scratch_bytes = source.scratch_bytes(),
       .works_in_place = true,
       .first_in_place = first == 1 ? 0 : first});
}

struct Constants {
  const Config& attributes;
  double number(std::string_view key) const { return attributes.at(key).as_number(); }
  float single(std::string_view key) const { return static_cast<float>(number(key)); }
  bool flag(std::string_view key) const { return attributes.at(key).as_bool(); }
};

KernelPtr adam_kernel(const ops::Composite& composite, const KernelSpecs& specs,
                      const GradientSource& source) {
  const Constants constants{composite.attributes};
  if (constants.flag("amsgrad") || !has_layout(composite, specs, 3)) return nullptr;
  const AdamStep fixed{.beta_1 = constants.number("beta_1"),
                       .beta_2 = constants.number("beta_2"),
                       .epsilon = constants.single("epsilon")};
  return make_update(
      specs, source, constants.flag("weight_decay"), [fixed](float alpha, float decay) {
        AdamStep step = fixed;
        step.alpha = alpha;
        step.decay = decay;
        return [step](const float* g, const States& s, std::int64_t begin, std::int64_t end) {
          adam_update(step, g, s[0], s[1], s[2], begin, end);
        };
      });
}

KernelPtr sgd_kernel(const ops::Composite& composite, const KernelSpecs& specs,
                     const GradientSource& source) {
  if (!has_layout(composite, specs, 1)) return nullptr;
  const Constants constants{composite.attributes};
  return make_update(specs, source, constants.flag("weight_decay"), [](float rate, float decay) {
    const SgdStep step{.learning_rate = rate, .decay = decay};
    return [step](const float* g, const States& s, std::int64_t begin, std::int64_t end) {
      sgd_update(step, g, s[0], begin, end);
    };
  });
}

KernelPtr sgd_momentum_kernel(const ops::Composite& composite, const KernelSpecs& specs,
                              const GradientSource& source) {
  if (!has_layout(composite, specs, 2)) return nullptr;
  const Constants constants{composite.attributes};
  const SgdStep fixed{.momentum = constants.single("momentum"),
                      .nesterov = constants.flag("nesterov")};
  return make_update(
      specs, source, constants.flag("weight_decay"), [fixed](float rate, float decay) {
        SgdStep step = fixed;
        step.learning_rate = rate;
        step.decay = decay;
        return [step](const float* g, const States& s, std::int64_t begin, std::int64_t end) {
          sgd_momentum_update(step, g, s[0], s[1], begin, end);
        };
      });
}

// The states are weight, velocity, momentum if it is not 0, average_gradient if centered.
KernelPtr rmsprop_kernel(const ops::Composite& composite, const KernelSpecs& specs,
                         const GradientSource& source) {
  const Constants constants{composite.attributes};
  const bool has_momentum = constants.number("momentum") > 0;
  const bool centered = constants.flag("centered");
  const std::size_t momentum_at = 2;
  const std::size_t average_at = has_momentum ? 3 : 2;
  if (!has_layout(composite, specs, average_at + (centered ? 1 : 0))) return nullptr;
  const RmspropStep fixed{.rho = constants.number("rho"),
                          .momentum = constants.single("momentum"),
                          .epsilon = constants.single("epsilon")};
  return make_update(specs, source, constants.flag("weight_decay"), [=](float rate, float decay) {
    RmspropStep step = fixed;
    step.learning_rate = rate;
    step.decay = decay;
    return [=](const float* g, const States& s, std::int64_t begin, std::int64_t end) {
      rmsprop_update(step, g, s[0], s[1], centered ? s[average_at] : nullptr,
                     has_momentum ? s[momentum_at] : nullptr, begin, end);
    };
  });
}

KernelPtr update_kernel(const ops::Composite& composite, const KernelSpecs& specs,
                        const GradientSource& source) {
  if (composite.kernel == "adam_update") return adam_kernel(composite, specs, source);
  if (composite.kernel == "sgd_update") return sgd_kernel(composite, specs, source);
  if (composite.kernel == "sgd_momentum_update") {
    return sgd_momentum_kernel(composite, specs, source);
  }
  if (composite.kernel == "rmsprop_update") return rmsprop_kernel(composite, specs, source);
  return nullptr;
}

}  // namespace

KernelPtr optimizer_kernel(const ops::Composite& composite, const KernelSpecs& specs) {
  return specs.inputs.empty() ? nullptr
                              : update_kernel(composite, specs, GradientSource(specs.inputs[0]));
}

KernelPtr optimizer_kernel(const FusedUpdate& op, const KernelSpecs& specs) {
  return update_kernel(op.update, {op.update_inputs(specs.inputs), specs.outputs},
                       {op.product, specs.inputs[0], specs.inputs[1]});
}

}  // namespace antler::cpu
