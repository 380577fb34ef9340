#include "apps/cli/commands/doctor.h"

#include "apps/cli/doctor/diagnosis.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/output.h"

namespace antler::cli {

int run(const DoctorArguments& arguments) {
  const Patient patient = admit(arguments);
  for (const std::string& note : patient.notes) say("note: " + note);
  const Diagnosis diagnosis = diagnose(patient);
  if (is_json()) {
    print_json(to_config(diagnosis, patient));
  } else {
    print(to_text(diagnosis, patient));
  }
  return kSuccess;
}

}  // namespace antler::cli
