#include "apps/cli/interrupt.h"

#include <unistd.h>

#include <csignal>
#include <string_view>

#include "apps/cli/exit_codes.h"

namespace antler::cli {
namespace {

volatile std::sig_atomic_t interrupts = 0;
ModelBase* trained = nullptr;

// A handler may do no more than store a flag and call write and _exit.
void on_interrupt(int) {
  if (interrupts != 0) _exit(kInterrupted);
  interrupts = 1;
  trained->set_stopping(true);
  constexpr std::string_view kText =
      "\nstopping after this batch; press Ctrl-C again to stop at once\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kText.data(), kText.size());
}

}  // namespace

InterruptGuard::InterruptGuard(const Model& model) {
  interrupts = 0;
  trained = &model.model_base();
  struct sigaction action = {};
  action.sa_handler = on_interrupt;
  action.sa_flags = SA_RESTART;  // a reader or writer goes on
  sigaction(SIGINT, &action, nullptr);
}

InterruptGuard::~InterruptGuard() { std::signal(SIGINT, SIG_DFL); }

bool InterruptGuard::was_interrupted() const { return interrupts != 0; }

}  // namespace antler::cli
