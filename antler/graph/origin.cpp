#include "antler/graph/origin.h"

#include <utility>

namespace antler {
namespace {

thread_local Origins* noting = nullptr;

}  // namespace

Origins::Origins() : outer_(std::exchange(noting, this)) {}

Origins::~Origins() { noting = outer_; }

const std::string& Origins::of(const Node& node) const {
  static const std::string none;
  const auto found = noted_.find(&node);
  return found == noted_.end() ? none : found->second.origin;
}

void Origins::note(const std::shared_ptr<const Node>& node) {
  if (noting == nullptr || noting->current_.empty()) return;
  noting->noted_.try_emplace(node.get(), Noted{node, noting->current_});
}

OriginScope::OriginScope(std::string_view name) {
  if (noting != nullptr && noting->current_.empty()) enter(name);
}

OriginScope::OriginScope(const Node& node) {
  if (noting == nullptr) return;
  const std::string& origin = noting->of(node);
  if (!origin.empty()) enter(origin);
}

void OriginScope::enter(std::string_view origin) {
  origins_ = noting;
  outer_ = std::exchange(noting->current_, std::string(origin));
}

OriginScope::~OriginScope() {
  if (origins_ != nullptr) origins_->current_ = std::move(outer_);
}

}  // namespace antler
