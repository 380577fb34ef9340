#include "antler/optimizers/update_composite.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"

namespace antler {

void UpdateComposite::apply(std::string kernel, Config attributes, Body body,
                            Updates& updates) const {
  std::vector<Value> inputs = {gradient};
  for (const Variable& state : states) inputs.push_back(updates.value(state));
  inputs.insert(inputs.end(), scalars.begin(), scalars.end());
  const bool decays = static_cast<bool>(decay);
  if (decays) inputs.push_back(decay);
  attributes.set("weight_decay", decays);

  const auto state_count = static_cast<std::ptrdiff_t>(states.size());
  const auto scalar_count = static_cast<std::ptrdiff_t>(scalars.size());
  const std::vector<Value> values = ops::composite(
      std::move(kernel), std::move(inputs), std::move(attributes),
      [body = std::move(body), state_count, scalar_count, decays](std::span<const Value> in) {
        const auto first_scalar = in.begin() + 1 + state_count;
        UpdateInputs parts{
            in[0], {in.begin() + 1, first_scalar}, {first_scalar, first_scalar + scalar_count}};
        Value& weight = parts.states[0];
        if (decays) weight = weight - weight * in.back();
        return body(parts);
      });
  for (std::size_t i = 0; i < states.size(); ++i) updates.assign(states[i], values[i]);
}

}  // namespace antler
