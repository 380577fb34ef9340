#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "antler/graph/node.h"

namespace antler {

/// Notes where the nodes of this thread come from while it lives: the layer whose call made them,
/// the layer of the forward node for its gradient and for what a pass puts in its place, and "loss"
/// or "optimizer". Kept beside the graph, so that nodes do not carry a name that only someone who
/// looks inside reads (docs/design/0014-profiles.md). At most one of a thread counts: the inner.
class Origins {
 public:
  Origins();
  ~Origins();
  Origins(const Origins&) = delete;
  Origins& operator=(const Origins&) = delete;

  /// Empty for a node that came from no layer, or was made before.
  const std::string& of(const Node& node) const;

  /// What Node::apply calls.
  static void note(const std::shared_ptr<const Node>& node);

 private:
  friend class OriginScope;
  struct Noted {
    std::shared_ptr<const Node> node;  // alive, so that no other node gets its address
    std::string origin;
  };
  std::unordered_map<const Node*, Noted> noted_;
  std::string current_;
  Origins* outer_;
};

/// The nodes made in its time have an origin. Costs one comparison while nobody notes them.
class OriginScope {
 public:
  /// A layer, unless an outer one is being called: its inner layers are part of it.
  explicit OriginScope(std::string_view name);
  /// That of another node, where it has one.
  explicit OriginScope(const Node& node);
  ~OriginScope();
  OriginScope(const OriginScope&) = delete;
  OriginScope& operator=(const OriginScope&) = delete;

 private:
  void enter(std::string_view origin);

  Origins* origins_ = nullptr;  // null: nothing to leave
  std::string outer_;
};

}  // namespace antler
