#include <gtest/gtest.h>

#include "antler/layers/dense.h"
#include "antler/models/model_config.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/adam.h"
#include "antler/saving/json.h"
#include "antler/saving/saving.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using testing::error_text;

Sequential compiled() {
  const Sequential model({Input({2}), Dense(3, {.activation = "relu"}), Dense(1)});
  model.compile({.optimizer = Adam({.learning_rate = 0.25}), .loss = "mse"});
  return model;
}

TEST(ModelJson, IsTheSerializedObject) {
  const Sequential model = compiled();
  EXPECT_EQ(parse_json(model.to_json(), "text"), model_to_config(model));
  EXPECT_EQ(model.to_json().find('\n'), std::string::npos);
  EXPECT_EQ(model.to_json(2).substr(0, 24), "{\n  \"module\": \"keras\",\n ");
  const Model twin = model_from_json(model.to_json(2));
  EXPECT_EQ(twin.to_json(), model.to_json());
  EXPECT_EQ(twin.optimizer().learning_rate(), 0.25);
  twin.set_weights(model.get_weights());
  const Tensor x = {{1, 2}, {3, 4}};
  EXPECT_TRUE(identical(twin.predict(x), model.predict(x)));
}

// What keras.Sequential([Input((2,)), Dense(1)]).to_json() gives in Keras 3.15, compiled.
TEST(ModelJson, OfKeras) {
  const Model model = model_from_json(R"({"module": "keras", "class_name": "Sequential",
    "config": {"name": "m", "trainable": true, "dtype": {"module": "keras", "class_name":
    "DTypePolicy", "config": {"name": "float32"}, "registered_name": null}, "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 2],
    "dtype": "float32", "sparse": false, "ragged": false, "name": "input_layer", "optional": false},
    "registered_name": null},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "a", "trainable": true,
    "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"},
    "registered_name": null}, "units": 1, "activation": "linear", "use_bias": true,
    "kernel_initializer": {"module": "keras.initializers", "class_name": "GlorotUniform", "config":
    {"seed": null, "input_axes": null, "output_axes": null}, "registered_name": null},
    "bias_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {},
    "registered_name": null}, "kernel_regularizer": null, "bias_regularizer": null,
    "kernel_constraint": null, "bias_constraint": null, "quantization_config": null},
    "registered_name": null, "build_config": {"input_shape": [null, 2]}}],
    "build_input_shape": [null, 2]}, "registered_name": null,
    "build_config": {"input_shape": [null, 2]}, "compile_config": {"optimizer": "sgd",
    "loss": "mse", "loss_weights": null, "metrics": ["mae"], "weighted_metrics": null,
    "run_eagerly": false, "steps_per_execution": 1, "jit_compile": true}})");
  EXPECT_EQ(model.name(), "m");
  EXPECT_EQ(model.get_layer("a").count_params(), 3);
  EXPECT_EQ(model.optimizer().base().class_name(), "SGD");
}

TEST(ModelJson, SaysWhatIsWrong) {
  EXPECT_EQ(error_text<FileError>([] { model_from_json("{\"class_name\": }"); }),
            "model_from_json: expected a value at line 1, column 16, got '}'; is the file whole, "
            "and JSON?");
  EXPECT_EQ(error_text<ValueError>(
                [] { model_from_json("{\"class_name\": \"Dense\", \"config\": {\"units\": 2}}"); }),
            "expected a model, got the layer Dense");
}

}  // namespace
}  // namespace antler
