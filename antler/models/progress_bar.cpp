#include "antler/models/progress_bar.h"

#include "antler/models/progress_line.h"
#include "antler/models/terminal.h"

namespace antler {

void ProgressBar::begin_epoch(int epoch) {
  if (params_.epochs > 1) {
    print_text("Epoch " + std::to_string(epoch + 1) + "/" + std::to_string(params_.epochs) + "\n");
  }
  begin();
}

void ProgressBar::begin() {
  bar_.emplace(params_.steps, utils::ProgbarOptions{.verbose = verbose_});
  batches_ = 0;
}

bool ProgressBar::wants_batch(std::int64_t batch) {
  batches_ = batch + 1;
  return batch == 0 || bar_->is_due();
}

void ProgressBar::update(std::int64_t batch, const Logs& logs) {
  if (batch == 0) {
    names_.clear();
    for (const auto& [name, value] : logs) names_.push_back(name);
  }
  bar_->update(batch + 1, in_shown_order(logs, names_), false);
}

void ProgressBar::end(const Logs& logs) {
  if (params_.steps == 0) params_.steps = batches_;  // known from now on
  bar_->set_target(params_.steps);
  bar_->update(batches_, in_shown_order(logs, names_), true);
}

}  // namespace antler
