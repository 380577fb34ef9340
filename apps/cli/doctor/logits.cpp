#include <fmt/format.h>

#include "apps/cli/doctor/checks.h"

namespace antler::cli {

std::vector<Finding> check_logits(const Patient& patient) {
  const std::optional<bool> from_logits = patient.from_logits();
  if (!from_logits || patient.activation.empty()) return {};
  if (*from_logits == !patient.gives_probabilities()) return {};
  const std::string wanted =
      patient.loss.base().class_name().starts_with("Binary") ? "sigmoid" : "softmax";
  Finding finding = {
      .kind = "logits",
      .place = patient.last_place(),
      .measured = fmt::format("activation {}, and {} with from_logits={}", patient.activation,
                              patient.loss.name(), *from_logits ? "true" : "false")};
  if (*from_logits) {
    finding.meaning = fmt::format(
        "the loss takes {} once more, of probabilities that are at most 1: its gradients are weak",
        wanted);
    finding.change = "make the last activation linear, or compile with from_logits=false";
  } else {
    finding.meaning = "the loss takes for probabilities what is none, and clips it";
    finding.change =
        fmt::format("make the last activation {}, or compile with from_logits=true", wanted);
  }
  return {finding};
}

}  // namespace antler::cli
