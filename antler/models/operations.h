#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/serialized.h"
#include "antler/graph/node.h"

// Ops that are applied between layers: Keras saves them as operations of keras.src.ops, beside the
// layers of a functional model.
namespace antler {

/// A Keras operation: its class and constructor arguments, and whether its inputs come as one list.
struct Operation {
  std::string module;
  std::string class_name;
  Config config = Config::map();
  bool takes_list = false;
};

/// What an op node is called in Keras. Errors: StateError for an op that has no class there.
Operation operation_of(const Node& node);

/// Whether a serialized object is an operation, and no layer: both have an "Add".
bool is_operation(const Config& serialized);

/// The operation applied. Errors: ValueError for an unknown class or key, or another number of
/// inputs; what the ops report.
std::vector<Value> apply_operation(const SerializedObject& object,
                                   const std::vector<Value>& inputs);

}  // namespace antler
