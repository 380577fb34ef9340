#include "apps/cli/doctor/diagnosis.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace antler::cli {

Diagnosis diagnose(const Patient& patient) {
  Diagnosis diagnosis;
  const auto add = [&](std::vector<Finding> findings) {
    std::move(findings.begin(), findings.end(), std::back_inserter(diagnosis.findings));
  };
  add(check_labels(patient));
  add(check_logits(patient));
  add(check_features(patient));
  diagnosis.is_cut_short = std::any_of(diagnosis.findings.begin(), diagnosis.findings.end(),
                                       [](const Finding& finding) { return finding.stops; });
  if (diagnosis.is_cut_short) return diagnosis;
  add(check_metrics(patient));
  const Inside inside = look_inside(patient);
  add(check_units(inside));
  add(check_gradients(inside));
  add(check_rate(patient));
  return diagnosis;
}

std::string to_text(const Diagnosis& diagnosis, const Patient& patient) {
  const std::size_t count = diagnosis.findings.size();
  std::string text = fmt::format("{}, {} rows: {}\n", patient.path, patient.x.length(),
                                 count == 0   ? "nothing found"
                                 : count == 1 ? "1 finding"
                                              : fmt::format("{} findings", count));
  for (const Finding& finding : diagnosis.findings) {
    fmt::format_to(std::back_inserter(text),
                   "\n{}: {}\n  measured  {}\n  means     {}\n  try       {}\n", finding.kind,
                   finding.place, finding.measured, finding.meaning, finding.change);
  }
  if (diagnosis.is_cut_short) {
    text +=
        "\nThe loss cannot be computed so: units, gradients, metrics and rate were not measured\n";
  }
  return text;
}

Config to_config(const Diagnosis& diagnosis, const Patient& patient) {
  Config findings = Config::list();
  for (const Finding& finding : diagnosis.findings) {
    findings.push_back(Config::map({{"kind", finding.kind},
                                    {"place", finding.place},
                                    {"measured", finding.measured},
                                    {"means", finding.meaning},
                                    {"try", finding.change}}));
  }
  return Config::map({{"model", patient.path},
                      {"rows", patient.x.length()},
                      {"findings", findings},
                      {"is_cut_short", diagnosis.is_cut_short}});
}

}  // namespace antler::cli
