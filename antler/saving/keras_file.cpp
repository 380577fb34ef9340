// .keras and .weights.h5: the members put together.
#include <exception>
#include <new>

#include "antler/core/error.h"
#include "antler/data/atomic_file.h"
#include "antler/data/input_file.h"
#include "antler/layers/vocabulary_holder.h"
#include "antler/models/compile_config.h"
#include "antler/models/model_config.h"
#include "antler/models/trainer.h"
#include "antler/saving/antler_member.h"
#include "antler/saving/json.h"
#include "antler/saving/model_weights.h"
#include "antler/saving/saving.h"
#include "antler/saving/zip_archive.h"

namespace antler {
namespace {

constexpr const char* kConfig = "config.json";
constexpr const char* kWeights = "model.weights.h5";
constexpr const char* kMetadata = "metadata.json";

// The Keras whose layout is written.
constexpr const char* kKerasVersion = "3.15.1";

void require_ending(const std::string& path, const std::string& ending) {
  if (path.size() > ending.size() && path.ends_with(ending)) return;
  throw FileError(path + ": expected a name that ends in " + ending);
}

// Whatever a file's content leads to is that file's error.
template <class F>
auto as_file_error(const std::string& what, F&& body) {
  try {
    return body();
  } catch (const FileError&) {
    throw;
  } catch (const Error& e) {
    throw FileError(what + ": " + e.what());
  } catch (const std::bad_alloc&) {
    throw FileError(what + ": needs more memory than there is");
  } catch (const std::exception& e) {
    throw FileError(what + ": damaged: " + e.what());
  }
}

Config read_config(const ZipReader& zip, const std::string& path) {
  if (!zip.contains(kConfig)) {
    throw FileError(path +
                    ": expected the member config.json, got none; is it a .keras file of "
                    "Keras 3?");
  }
  return parse_json(zip.read_text(kConfig), path + ": " + kConfig);
}

Hdf5Reader read_weights_member(const ZipReader& zip, const std::string& path) {
  if (!zip.contains(kWeights)) {
    throw FileError(
        path + ": expected the member model.weights.h5, got none" +
        (zip.contains("model.weights.npz") ? "; weights in .npz are not supported" : ""));
  }
  return Hdf5Reader(zip.read(kWeights), path + ": " + kWeights);
}

AntlerMember read_antler_member(const ZipReader& zip, const std::string& path) {
  if (!zip.contains(kAntlerMember)) return {};
  const std::string what = path + ": " + std::string(kAntlerMember);
  return as_file_error(what, [&] {
    try {
      return parse_antler_member(zip.read_text(kAntlerMember), what);
    } catch (const FileError&) {
      throw;
    } catch (const Error& e) {  // names the member already
      throw FileError(e.what());
    }
  });
}

void compile_as_saved(const Model& model, const Config& object, const AntlerMember& member) {
  std::optional<CompileOptions> options = saved_compile_options(object, model);
  if (!options) return;
  options->stable_rewrites = member.stable_rewrites;
  options->backend = member.backend;
  model.compile(*options);
}

void read_vocabularies(const WeightUpdate& update, const ZipReader& zip, const std::string& path) {
  for (const auto& [layer, group] : update.holders()) {
    auto& holder = dynamic_cast<VocabularyHolder&>(layer.base());
    if (!holder.has_vocabulary_file()) continue;
    const std::string member = vocabulary_member(group);
    if (!zip.contains(member)) {
      throw FileError(path + ": expected the member " + member + " of " +
                      layer.base().shown_name() + " (" + layer.class_name() + "), got none");
    }
    as_file_error(path + ": " + member,
                  [&] { holder.load_vocabulary_text(zip.read_text(member)); });
  }
}

// The optimizer's slots exist from here on, as in Keras.
void read_optimizer(const Model& model, const Hdf5Reader& file, const std::string& what,
                    WeightUpdate& update) {
  Trainer& trainer = model.model_base().trainer();
  if (!trainer.is_compiled() || !model.is_built()) return;
  const Optimizer& optimizer = trainer.optimizer();
  optimizer.base().build(model.trainable_weights());
  if (read_optimizer_weights(optimizer, file, update)) return;
  throw FileError(what + ": optimizer/vars: expected the state of " +
                  optimizer.base().class_name() + " for the model's " +
                  std::to_string(model.trainable_weights().size()) +
                  " trainable weights, got another; load with .compile = false to do without it");
}

}  // namespace

Model load_model(const std::string& path, const LoadOptions& options) {
  return as_file_error(path, [&] {
    const ZipReader zip = ZipReader::open(path);
    const Config object = read_config(zip, path);
    const Hdf5Reader weights = read_weights_member(zip, path);
    const AntlerMember member = read_antler_member(zip, path);
    // Small layers may be unbuilt in a file without weights.
    ReadLimits limits;
    limits.weight_elements = std::max<std::int64_t>(element_count(weights), 1 << 16);
    const Model model = as_file_error(path + ": " + kConfig, [&] {
      Model read = model_from_config(
          object, {.custom_objects = options.custom_objects, .compile = false, .limits = limits});
      if (options.compile) compile_as_saved(read, object, member);
      return read;
    });
    const std::string what = path + ": " + kWeights;
    WeightUpdate update;
    read_layer_weights(model, weights, what, update);
    if (options.compile) read_optimizer(model, weights, what, update);
    update.apply();
    read_vocabularies(update, zip, path);
    Trainer& trainer = model.model_base().trainer();
    if (member.extra.seed) trainer.set_seed(*member.extra.seed);
    if (member.extra.step) {
      trainer.set_step(*member.extra.step);
    } else if (trainer.is_compiled()) {
      trainer.set_step(trainer.optimizer().base().iterations().read().item<std::int64_t>());
    }
    return model;
  });
}

FileExtra read_extra(const std::string& path) {
  return read_antler_member(ZipReader::open(path), path).extra;
}

void save_model(const Model& model, const std::string& path, const SaveOptions& options) {
  require_ending(path, ".keras");
  if (!options.user.is_null()) options.user.as_map();
  ZipWriter zip;
  zip.add(kMetadata, to_json(Config::map({{"keras_version", kKerasVersion}})));
  zip.add(kConfig, model.to_json());
  zip.add(kWeights, write_weights(model));
  for (const Asset& asset : assets_of(model)) zip.add(asset.member, asset.text);
  zip.add(std::string(kAntlerMember), antler_member_text(model.model_base().trainer(), options));
  write_file_atomically(path, zip.finish());
}

void Model::save(const std::string& path) const { save_model(*this, path); }

void Model::save_weights(const std::string& path) const {
  require_ending(path, ".weights.h5");
  write_file_atomically(path, write_weights(*this));
}

// From a .keras file as well, as in Keras. The optimizer takes its state where it fits: weights may
// come from a model that was trained otherwise.
void Model::load_weights(const std::string& path) const {
  as_file_error(path, [&] {
    const bool is_archive = path.ends_with(".keras");
    if (!is_archive) require_ending(path, ".weights.h5");
    const std::string what = is_archive ? path + ": " + kWeights : path;
    const Hdf5Reader file = is_archive ? read_weights_member(ZipReader::open(path), path)
                                       : Hdf5Reader(read_file(path), path);
    if (!is_built()) {
      throw StateError(base().error_prefix() +
                       "expected a model that is built; call it once or give it an Input");
    }
    WeightUpdate update;
    read_layer_weights(*this, file, what, update);
    const Trainer& trainer = model_base().trainer();
    if (trainer.is_compiled()) {
      const Optimizer& optimizer = trainer.optimizer();
      optimizer.base().build(trainable_weights());
      read_optimizer_weights(optimizer, file, update);
    }
    update.apply();
  });
}

}  // namespace antler
