// Image classification from scratch: a folder of images, a sub-folder for each class, to a convnet
// that tells the classes apart.  image_classification_from_folder [FOLDER [epochs]]
// Without a folder it draws digits and writes them as PNG files into a temporary one.
#include <antler/antler.h>
#include <stdlib.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace antler;

// A temporary folder, removed at the end.
struct DrawnFolder {
  DrawnFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "digits-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw FileError(name + ": cannot make the folder");
    path = name;
    const datasets::Examples digits = datasets::drawn_digits(1200, /*seed=*/1);
    for (std::int64_t i = 0; i < digits.x.length(); ++i) {
      const std::string folder = path + "/" + std::to_string(digits.y.item<int>(i));
      std::filesystem::create_directories(folder);
      utils::save_img(folder + "/" + std::to_string(i) + ".png", digits.x[i].reshape({28, 28, 1}),
                      {.scale = false});
    }
  }
  DrawnFolder(const DrawnFolder&) = delete;
  DrawnFolder& operator=(const DrawnFolder&) = delete;
  ~DrawnFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string path;
};

void classify(const std::string& folder, const std::string& color_mode, std::int64_t side,
              int epochs) {
  const auto [training, validation] = utils::image_datasets_from_directory(
      folder,
      {.color_mode = color_mode, .image_size = side, .seed = 1337, .validation_split = 0.2});
  const auto classes = static_cast<std::int64_t>(training.class_names.size());

  set_random_seed(7);
  const std::int64_t channels = color_mode == "grayscale" ? 1 : 3;
  Sequential model({Input({side, side, channels}), Rescaling(1.0 / 255),
                    Conv2D(16, 3, {.padding = "same", .activation = "relu"}), MaxPooling2D(),
                    Conv2D(32, 3, {.padding = "same", .activation = "relu"}), MaxPooling2D(),
                    Flatten(), Dropout(0.25), Dense(classes)});
  model.compile({.optimizer = Adam({.learning_rate = 3e-3}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  model.fit(training.prefetch(),
            {.epochs = epochs, .verbose = 2, .validation_data = validation.prefetch()});

  const Logs result = model.evaluate(validation);
  std::printf("validation accuracy %.3f of %d images in %d classes\n", result["accuracy"],
              static_cast<int>(validation.file_paths.size()), static_cast<int>(classes));
  const Tensor image = utils::img_to_array(
      utils::load_img(validation.file_paths[0], {.color_mode = color_mode, .target_size = side}));
  const Tensor logits = model.predict(image.reshape({1, side, side, channels}));
  const Tensor best = ops::argmax(logits);
  std::printf("%s looks like \"%s\"\n", validation.file_paths[0].c_str(),
              training.class_names[best.item<std::size_t>()].c_str());
}

int main(int argc, char** argv) try {
  const int epochs = argc > 2 ? std::atoi(argv[2]) : 8;
  if (argc > 1) {
    classify(argv[1], "rgb", 128, epochs);
  } else {
    const DrawnFolder drawn;
    classify(drawn.path, "grayscale", 28, epochs);
  }
  return 0;
} catch (const Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
