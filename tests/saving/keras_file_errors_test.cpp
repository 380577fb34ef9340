// Files that are damaged, hostile, or ask for what Antler does not have.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "antler/core/random.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/layers/normalization.h"
#include "antler/models/sequential.h"
#include "antler/ops/arithmetic.h"
#include "antler/saving/json.h"
#include "antler/saving/saving.h"
#include "antler/saving/zip_archive.h"
#include "tests/data/files.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::error_text;
using testing::TemporaryFolder;

Model functional() {
  set_random_seed(3);
  const Value x = Input({4}, {.name = "x"});
  const Normalization scaled({.name = "scaled"});
  scaled.adapt(testing::normal({9, 4}, 1).astype(DType::float32));
  const Dense body(4, {.activation = "relu", .name = "body"});
  const Value h = Dropout(0.5)(body(body(scaled(x))));
  const Model model({.inputs = {x}, .outputs = {Dense(2, {.name = "end"})(h * 2.0 + x)}});
  model.compile({.optimizer = "adam", .loss = "mse", .metrics = {"mae"}});
  return model;
}

class KerasFileErrors : public ::testing::Test {
 protected:
  KerasFileErrors() {
    functional().save(path_);
    const ZipReader zip = ZipReader::open(path_);
    for (const std::string& name : zip.names()) members_.emplace_back(name, zip.read(name));
  }

  std::string text_of(const std::string& name) const {
    for (const auto& [member, bytes] : members_) {
      if (member == name) return testing::text_of(bytes);
    }
    return "";
  }

  // Writes the file with one member replaced, or left out, and returns what loading says.
  std::string error_with(const std::string& name, const std::string& content, bool keep = true) {
    ZipWriter zip;
    for (const auto& [member, bytes] : members_) {
      if (member != name) {
        zip.add(member, bytes);
      } else if (keep) {
        zip.add(member, content);
      }
    }
    write(zip.finish());
    return error();
  }
  std::string error_with_config(const std::string& old_text, const std::string& new_text) {
    std::string config = text_of("config.json");
    const std::size_t at = config.find(old_text);
    EXPECT_NE(at, std::string::npos) << old_text;
    return error_with("config.json", config.replace(at, old_text.size(), new_text));
  }
  std::string error() const {
    const std::string text = error_text<FileError>([&] { load_model(path_); });
    return text.rfind(path_ + ": ", 0) == 0 ? text.substr(path_.size() + 2) : text;
  }
  void write(const std::vector<std::byte>& bytes) const {
    folder_.write("model.keras", testing::text_of(bytes));
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.path("model.keras");
  std::vector<std::pair<std::string, std::vector<std::byte>>> members_;
};

TEST_F(KerasFileErrors, Members) {
  EXPECT_EQ(error_with("config.json", "", false),
            "expected the member config.json, got none; is it a .keras file of Keras 3?");
  EXPECT_EQ(error_with("model.weights.h5", "", false),
            "expected the member model.weights.h5, got none");
  EXPECT_EQ(error_with("metadata.json", "", false), "no error");
  EXPECT_EQ(error_with("antler.json", "", false), "no error");
  EXPECT_EQ(error_with("antler.json", R"({"format": 2})"),
            "antler.json: written by a later Antler (format 2); install that one");
  EXPECT_EQ(error_with("antler.json", R"({"format": 1, "step": -4})"),
            "antler.json: \"step\": expected an integer from 0 to 9223372036854775807, got -4");
  EXPECT_EQ(error_with("antler.json", R"({"format": 1, "sed": 4})"),
            "antler.json: unknown key \"sed\"; did you mean \"seed\"?");
}

TEST_F(KerasFileErrors, Classes) {
  EXPECT_EQ(error_with_config(R"("class_name": "Dropout")", R"("class_name": "Dropuot")"),
            "config.json: config: layers[3]: unknown layer \"Dropuot\"; did you mean \"Dropout\"?");
  EXPECT_EQ(error_with_config(R"("class_name": "Dropout")", R"("class_name": "Lambda")"),
            "config.json: config: layers[3]: dropout (Lambda): holds Python code, which is never "
            "run; write a layer class for it and give it in custom_objects as \"Lambda\"");
  EXPECT_EQ(error_with_config(R"("class_name": "Functional")", R"("class_name": "Dense")"),
            "config.json: functional (Dense): unknown key \"layers\"; known are units, name, "
            "trainable, dtype, activity_regularizer, activation, use_bias, kernel_initializer, "
            "bias_initializer, kernel_regularizer, bias_regularizer, kernel_constraint, "
            "bias_constraint");
  EXPECT_EQ(error_with_config(R"("class_name": "Adam")", R"("class_name": "Adma")"),
            "config.json: compile_config: optimizer: unknown optimizer \"Adma\"; did you mean "
            "\"adam\"?; load with .compile = false and call compile() yourself");
}

// The name that Keras' own class has in public.
TEST_F(KerasFileErrors, PublicNameOfFunctional) {
  EXPECT_EQ(error_with_config(R"("class_name": "Functional")", R"("class_name": "Model")"),
            "no error");
}

TEST_F(KerasFileErrors, Keys) {
  EXPECT_EQ(error_with_config(R"("rate": 0.5)", R"("rate": 0.5, "rat": 1)"),
            "config.json: config: layers[3]: dropout (Dropout): unknown key \"rat\"; did you mean "
            "\"rate\"?");
  EXPECT_EQ(error_with_config(R"("rate": 0.5)", R"("rate": "much")"),
            "config.json: config: layers[3]: dropout (Dropout): \"rate\": expected a number, got "
            "the string \"much\"");
  EXPECT_EQ(error_with_config(R"("metrics": ["mae"])", R"("metrics": ["maee"])"),
            "config.json: compile_config: metrics: unknown metric \"maee\"; did you mean \"mae\"?; "
            "load with .compile = false and call compile() yourself");
  // Switched off, as a later Keras writes what Antler does not know.
  EXPECT_EQ(error_with_config(R"("rate": 0.5)", R"("rate": 0.5, "quantization_config": null)"),
            "no error");
}

TEST_F(KerasFileErrors, Connections) {
  EXPECT_EQ(error_with_config(R"("keras_history": ["dropout", 0, 0])",
                              R"("keras_history": ["dropuot", 0, 0])"),
            "config.json: config: layers[5] \"multiply\": inbound_nodes[0]: unknown layer "
            "\"dropuot\"; did you mean \"dropout\"?");
  EXPECT_EQ(error_with_config(R"("keras_history": ["dropout", 0, 0])",
                              R"("keras_history": ["dropout", 0, 5])"),
            "config.json: config: layers[5]: expected an output of \"dropout\" from 0 to 0, got 5");
  EXPECT_EQ(error_with_config(R"("keras_history": ["scaled", 0, 0])",
                              R"("keras_history": ["end", 0, 0])"),
            "config.json: config: layers[2] \"body\": its inputs are never computed: calls that "
            "wait for each other, or for one that does not exist");
  EXPECT_EQ(
      error_with_config(R"("output_layers": ["end", 0, 0])", R"("output_layers": ["end", 3, 0])"),
      "config.json: config: output_layers: \"end\" is not called 4 times");
}

TEST_F(KerasFileErrors, WeightsThatDoNotFit) {
  EXPECT_EQ(error_with_config(R"("units": 2)", R"("units": 3)"),
            "model.weights.h5: layers/dense_1/vars/0: expected shape (4, 3) for the weight kernel "
            "of end (Dense), got (4, 2)");
  // A few bytes that ask for all memory.
  EXPECT_EQ(error_with_config(R"("units": 2)", R"("units": 4000000000)"),
            "config.json: config: layers[4]: end (Dense): weight \"kernel\": expected at most 65536 "
            "elements, as many as its file may hold, got (4, 4000000000)");
}

// Each model calls the one inside it twice: the calls double with every level.
TEST_F(KerasFileErrors, ModelsWithinModelsStayBounded) {
  const Value x = Input({2});
  Model inner({.inputs = {x}, .outputs = {Dense(2, {.use_bias = false})(x)}, .name = "m"});
  for (int level = 0; level < 5; ++level) {
    const Value y = Input({2});
    inner = Model({.inputs = {y}, .outputs = {inner(inner(y))}, .name = "m"});
  }
  inner.save(path_);
  EXPECT_EQ(error(), "no error");
  // The same by hand, to a depth that could never be traced.
  const std::string input =
      R"({"class_name": "InputLayer", "config": {"batch_shape": [null, 2], "name": "x"}, "name": "x", "inbound_nodes": []})";
  const auto call = [](const std::string& from, int index) {
    return R"({"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": [")" + from +
           "\", " + std::to_string(index) + R"(, 0]}}], "kwargs": {}})";
  };
  std::string layer = R"({"class_name": "Dropout", "config": {"rate": 0.5, "name": "m"})";
  for (int level = 0; level < 30; ++level) {
    layer = R"({"class_name": "Functional", "config": {"name": "m", "layers": [)" + input + ", " +
            layer + R"(, "name": "m", "inbound_nodes": [)" + call("x", 0) + ", " + call("m", 0) +
            R"(]}], "input_layers": ["x", 0, 0], "output_layers": ["m", )" +
            (level == 0 ? "1" : "2") + ", 0]}";
  }
  const std::string text = error_with("config.json", layer + "}");
  EXPECT_NE(text.find("expected at most 100000 calls of layers, got more"), std::string::npos)
      << text;
}

TEST_F(KerasFileErrors, Paths) {
  const Model model = functional();
  EXPECT_EQ(error_text<FileError>([&] { model.save(folder_.path("model.h5")); }),
            folder_.path("model.h5") + ": expected a name that ends in .keras");
  EXPECT_EQ(error_text<FileError>([&] { model.save_weights(path_); }),
            path_ + ": expected a name that ends in .weights.h5");
  EXPECT_EQ(error_text<FileError>([&] { model.load_weights(folder_.path("a.npz")); }),
            folder_.path("a.npz") + ": expected a name that ends in .weights.h5");
  const std::string before = testing::contents(path_);
  const Value x = Input({2});
  const Variable loose(Tensor{1, 2});
  const Model bad({.inputs = {x}, .outputs = {Dense(1)(x * loose)}});
  EXPECT_EQ(error_text<StateError>([&] { bad.save(path_); }),
            "functional: the input of \"multiply\" is made of a variable that belongs to no layer, "
            "which a file cannot hold; make it a weight of a layer of your own");
  EXPECT_EQ(testing::contents(path_), before);
  EXPECT_EQ(folder_.file_count(), 1U);
  EXPECT_NE(error_text<FileError>([&] { load_model(folder_.path()); }), "no error");
  EXPECT_NE(error_text<FileError>([&] { load_model(folder_.path("none.keras")); }), "no error");
}

TEST_F(KerasFileErrors, CutFiles) {
  const std::string whole = testing::contents(path_);
  for (std::size_t size = 0; size < whole.size(); size += whole.size() / 40) {
    folder_.write("model.keras", whole.substr(0, size));
    EXPECT_NE(error(), "no error") << size;
  }
}

// Whatever a file says, it loads or a FileError comes.
void load_quietly(const std::string& path) {
  try {
    load_model(path).predict(testing::normal({2, 4}, 1).astype(DType::float32));
  } catch (const Error&) {
  }
}

TEST_F(KerasFileErrors, MutatedConfigs) {
  const std::string config = text_of("config.json");
  std::vector<std::string> tokens = {"null",
                                     "true",
                                     "-1",
                                     "0",
                                     "1e308",
                                     "\"\"",
                                     "[]",
                                     "{}",
                                     "[[[]]]",
                                     "3",
                                     "NaN",
                                     "\"x\"",
                                     "9223372036854775807"};
  std::mt19937 random(5);
  const auto below = [&](std::size_t n) { return random() % n; };
  for (int i = 0; i < 400; ++i) {
    std::string mutated = config;
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
      // A value, from behind a colon, comma or bracket to the next one.
      const std::size_t at = mutated.find_first_of(":[,", below(mutated.size()));
      if (at == std::string::npos) continue;
      std::size_t end = mutated.find_first_of(",]}", at + 1);
      if (end == std::string::npos) continue;
      mutated.replace(at + 1, end - at - 1, tokens[below(tokens.size())]);
    }
    ZipWriter zip;
    for (const auto& [member, bytes] : members_) {
      member == "config.json" ? zip.add(member, mutated) : zip.add(member, bytes);
    }
    write(zip.finish());
    load_quietly(path_);
  }
}

TEST_F(KerasFileErrors, MutatedBytes) {
  const std::string whole = testing::contents(path_);
  std::mt19937 random(6);
  for (int i = 0; i < 300; ++i) {
    std::string mutated = whole;
    for (int edits = 0; edits < 4; ++edits) {
      mutated[random() % mutated.size()] = static_cast<char>(random() % 256);
    }
    folder_.write("model.keras", mutated);
    load_quietly(path_);
  }
}

TEST_F(KerasFileErrors, MutatedWeights) {
  const std::string whole = text_of("model.weights.h5");
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    std::string mutated = whole;
    for (int edits = 0; edits < 4; ++edits) {
      mutated[random() % mutated.size()] = static_cast<char>(random() % 256);
    }
    ZipWriter zip;
    for (const auto& [member, bytes] : members_) {
      member == "model.weights.h5" ? zip.add(member, mutated) : zip.add(member, bytes);
    }
    write(zip.finish());
    load_quietly(path_);
  }
}

}  // namespace
}  // namespace antler
