// Model files between Antler and real Keras; see make_models.py for the sidecars.
//
//   keras_roundtrip read FOLDER    opens what Keras wrote and compares the numbers
//   keras_roundtrip write FOLDER   writes models with the numbers that Keras must get
//   keras_roundtrip write-strings FOLDER   the same of models that begin with strings
//
// The last line of `read` is "N passed, N failed"; the exit status is 1 if any failed.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "antler/data/atomic_file.h"
#include "antler/data/input_text.h"
#include "antler/models/sequential.h"
#include "antler/saving/json.h"
#include "antler/saving/saving.h"
#include "tests/keras/written_models.h"

namespace antler::keras_tests {
namespace {

constexpr int kSteps = 5;
constexpr double kPredictionTolerance = 1e-6;
constexpr double kLossTolerance = 1e-5;

Config to_sidecar(const Tensor& tensor) {
  Config data = Config::list();
  for (std::int64_t i = 0; i < tensor.size(); ++i) {
    if (tensor.dtype() == DType::string) {
      data.push_back(tensor.item<std::string>(i));
      continue;
    }
    data.push_back(is_floating(tensor.dtype()) ? Config(tensor.item<double>(i))
                                               : Config(tensor.item<std::int64_t>(i)));
  }
  const auto dims = tensor.shape().dims();
  return Config::map({{"shape", std::vector<std::int64_t>(dims.begin(), dims.end())},
                      {"dtype", name(tensor.dtype())},
                      {"data", std::move(data)}});
}

Tensor from_sidecar(const Config& config) {
  std::vector<std::int64_t> shape;
  for (const Config& size : config.at("shape").as_list()) shape.push_back(size.as_integer());
  if (config.at("dtype") == Config("string")) {
    std::vector<std::string> texts;
    for (const Config& text : config.at("data").as_list()) texts.push_back(text.as_string());
    return Tensor::from(texts, Shape(shape));
  }
  std::vector<double> data;
  for (const Config& element : config.at("data").as_list()) data.push_back(element.as_number());
  return Tensor::from(data, Shape(shape)).astype(dtype_from_name(config.at("dtype").as_string()));
}

std::vector<Tensor> tensors_at(const Config& sidecar, std::string_view key) {
  std::vector<Tensor> tensors;
  for (const Config& tensor : sidecar.at(key).as_list()) tensors.push_back(from_sidecar(tensor));
  return tensors;
}

Config to_sidecar(const std::vector<Tensor>& tensors) {
  Config list = Config::list();
  for (const Tensor& tensor : tensors) list.push_back(to_sidecar(tensor));
  return list;
}

/// The largest |expected - got| / max(1, |expected|); infinite for NaN or another shape.
double difference(const Tensor& expected, const Tensor& got) {
  if (expected.shape() != got.shape()) return HUGE_VAL;
  double worst = 0;
  for (std::int64_t i = 0; i < expected.size(); ++i) {
    const double e = expected.item<double>(i);
    const double off = std::fabs(e - got.item<double>(i)) / std::max(1.0, std::fabs(e));
    if (std::isnan(off)) return HUGE_VAL;
    worst = std::max(worst, off);
  }
  return worst;
}

std::vector<double> next_losses(const Model& model, const std::vector<Tensor>& x,
                                const std::vector<Tensor>& y) {
  std::vector<double> losses;
  for (int i = 0; i < kSteps; ++i) losses.push_back(model.train_on_batch(x, y)["loss"]);
  return losses;
}

/// What is wrong with a file that Keras wrote; empty when nothing is.
std::string fault_of(const std::filesystem::path& path) {
  std::filesystem::path beside = path;
  beside.replace_extension(".json");
  const Config sidecar = parse_json(read_text(beside.string()), beside.string());
  const Model model = load_model(path.string());
  const std::vector<Tensor> expected = tensors_at(sidecar, "predictions");
  const std::vector<Tensor> got = model.predict_all(tensors_at(sidecar, "inputs"));
  if (expected.empty() || got.size() != expected.size()) return "another number of outputs";
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double off = difference(expected[i], got[i]);
    if (!(off <= kPredictionTolerance)) {
      return "output " + std::to_string(i) + " differs by " + std::to_string(off);
    }
  }
  const Config::List& losses = sidecar.at("losses").as_list();
  if (losses.empty()) return "";
  const std::vector<double> ours =
      next_losses(model, tensors_at(sidecar, "train_x"), tensors_at(sidecar, "train_y"));
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const double theirs = losses[i].as_number();
    const double off = std::fabs(ours.at(i) - theirs) / std::max(1.0, std::fabs(theirs));
    if (!(off <= kLossTolerance)) {
      return "loss " + std::to_string(i) + " is " + std::to_string(ours[i]) + ", Keras' is " +
             std::to_string(theirs);
    }
  }
  return losses.size() == kSteps ? "" : "another number of losses";
}

int read_folder(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".keras") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  int failed = 0;
  for (const auto& path : paths) {
    std::string fault;
    try {
      fault = fault_of(path);
    } catch (const std::exception& e) {
      fault = e.what();
    }
    if (fault.empty()) continue;
    ++failed;
    std::printf("%s: %s\n", path.filename().c_str(), fault.c_str());
  }
  std::printf("%d passed, %d failed\n", static_cast<int>(paths.size()) - failed, failed);
  return failed == 0 && !paths.empty() ? 0 : 1;
}

// The losses are those of a model that goes on from the file.
void write_model(const std::string& folder, const WrittenModel& written) {
  const std::string path = folder + "/" + written.name + ".keras";
  written.model.save(path);
  const Model loaded = load_model(path);
  Config losses = Config::list();
  const Config predictions = to_sidecar(loaded.predict_all(written.x));
  if (!written.y.empty()) {
    for (const double loss : next_losses(loaded, written.x, written.y)) losses.push_back(loss);
  }
  const bool trains = !written.y.empty();
  const Config sidecar =
      Config::map({{"inputs", to_sidecar(written.x)},
                   {"predictions", predictions},
                   {"train_x", to_sidecar(trains ? written.x : std::vector<Tensor>())},
                   {"train_y", to_sidecar(written.y)},
                   {"losses", std::move(losses)}});
  const std::string text = to_json(sidecar) + "\n";
  write_file_atomically(folder + "/" + written.name + ".json",
                        std::as_bytes(std::span(text.data(), text.size())));
}

int write_folder(const std::string& folder, const std::vector<WrittenModel>& models) {
  for (const WrittenModel& model : models) write_model(folder, model);
  std::printf("Antler wrote %d models\n", static_cast<int>(models.size()));
  return 0;
}

int run(const std::string& mode, const std::string& folder) {
  try {
    if (mode == "read") return read_folder(folder);
    if (mode == "write") {
      std::vector<WrittenModel> models = written_models();
      for (WrittenModel& model : written_networks()) models.push_back(std::move(model));
      return write_folder(folder, models);
    }
    if (mode == "write-strings") return write_folder(folder, written_text_models());
  } catch (const std::exception& e) {
    std::fprintf(stderr, "keras_roundtrip: %s\n", e.what());
    return 1;
  }
  std::fprintf(stderr, "usage: keras_roundtrip read|write|write-strings FOLDER\n");
  return 2;
}

}  // namespace
}  // namespace antler::keras_tests

int main(int argc, char** argv) {
  return antler::keras_tests::run(argc == 3 ? argv[1] : "", argc == 3 ? argv[2] : "");
}
