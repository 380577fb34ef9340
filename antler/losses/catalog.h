#pragma once

#include <string>
#include <vector>

#include "antler/losses/loss.h"

namespace antler::losses {

/// The loss of a class name, function name or alias, with its default arguments. A function's name
/// or alias also becomes the loss's name. "crossentropy" and "ce" are no losses yet: see LossArg.
///
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.losses.get.
Loss get(const std::string& name);

/// The loss of a class name and its get_config. Errors: ValueError for an unknown class or key.
Loss from_config(const std::string& class_name, const Config& config);

/// All names that get() and LossArg take.
std::vector<std::string> names();

}  // namespace antler::losses
