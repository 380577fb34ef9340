#pragma once

#include <string>

#include "antler/models/model_drawing.h"
#include "antler/models/plot_model.h"

namespace antler {

/// With the characters that mean something in XML written as entities.
std::string xml_text(const std::string& text);

std::string drawing_to_dot(const ModelDrawing& drawing, const utils::ModelToDotOptions& options);
std::string drawing_to_svg(const ModelDrawing& drawing, const utils::ModelToDotOptions& options);

}  // namespace antler
