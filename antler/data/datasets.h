#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "antler/data/drawn_digits.h"
#include "antler/data/examples.h"

/// The data sets that Keras loads by name. Nothing is downloaded: files are looked for in
/// $ANTLER_DATA and then in $XDG_CACHE_HOME/antler (or ~/.cache/antler), in the folders mnist/,
/// fashion-mnist/ and cifar10/, as published or unpacked.
///
/// Errors  FileError when files are missing: which to put where, with sizes and checksums; and
///         those of the readers.
namespace antler::datasets {

/// 60,000 + 10,000 handwritten digits: x uint8 (n, 28, 28), y int64 (n,).
/// Source  keras.datasets.mnist; LeCun, Cortes, Burges.
Split mnist();

/// 60,000 + 10,000 pictures of clothes in ten classes: x uint8 (n, 28, 28), y int64 (n,).
/// Source  keras.datasets.fashion_mnist; Xiao, Rasul, Vollgraf (2017), arXiv:1708.07747.
Split fashion_mnist();

/// 50,000 + 10,000 colour pictures in ten classes: x uint8 (n, 32, 32, 3), y int64 (n, 1). Where
/// only the first 4,000 pictures of the first file are found, 3,000 of them are for training and
/// the last 1,000 for testing; note("cifar10") says so.
/// Source  keras.datasets.cifar10; Krizhevsky (2009).
Split cifar10();

/// "mnist", "fashion_mnist", "cifar10", "drawn_digits".
std::vector<std::string> names();

/// The data set of that name; drawn_digits gives 10,000 + 2,000. A hyphen may stand for the
/// underscore. Errors: ValueError naming the nearest name.
Split load(std::string_view name);

/// What a user should know about the data set as it is found here; mostly empty.
std::string note(std::string_view name);

/// A data set as `antler datasets` lists it.
struct Description {
  std::string name;
  /// What it holds, in one line.
  std::string content;
  bool is_found = false;
  /// Where it was found, or which files to put where.
  std::string where;
};
std::vector<Description> describe();

}  // namespace antler::datasets
