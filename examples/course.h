// What the programs of the course take from their command line:
//   NN_name [--seed N] [--short] [--set NAME=VALUE]...
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

namespace course {

/// A value that --set changes; `text` is what it is otherwise.
struct Setting {
  std::string name, text, meaning;
};

/// A file of $ANTLER_DATA that is not there: the program ends with status 77, which tests skip.
struct MissingData : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Wrong words on the command line: status 2.
struct WrongUse : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The path of `file`, as "course/y.npy". Errors: MissingData.
inline std::string data_file(const std::string& file) {
  const char* folder = std::getenv("ANTLER_DATA");
  if (folder == nullptr) throw MissingData("ANTLER_DATA is not set; " + file + " lies in it");
  const std::string path = std::string(folder) + "/" + file;
  if (!std::filesystem::exists(path)) throw MissingData(path + " is not there");
  return path;
}

class Settings {
 public:
  explicit Settings(std::initializer_list<Setting> settings) : settings_(settings) {}

  /// Errors: WrongUse.
  void read(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
      const std::string word = argv[i];
      if (word == "--short") {
        is_short_ = true;
      } else if ((word == "--seed" || word == "--set") && i + 1 < argc) {
        const std::string value = argv[++i];
        word == "--seed" ? set_seed(value) : set(value);
      } else {
        throw WrongUse("unexpected \"" + word + "\"\n" + usage());
      }
    }
  }

  /// 0 without --seed; programs of several seeds count on from it.
  std::uint64_t seed() const { return seed_; }
  /// Whether the run shall take seconds where it would take minutes.
  bool is_short() const { return is_short_; }
  const std::string& text(const std::string& name) const { return find(name).text; }
  double number(const std::string& name) const { return numbers(name).at(0); }
  int integer(const std::string& name) const { return static_cast<int>(number(name)); }
  /// "1,-3,5" as numbers.
  std::vector<double> numbers(const std::string& name) const { return parse(find(name)); }

  std::string usage() const {
    std::string out = "usage: [--seed N] [--short] [--set NAME=VALUE]...\n";
    for (const Setting& s : settings_) {
      out += "  --set " + s.name + "=" + s.text + "  " + s.meaning + "\n";
    }
    return out;
  }

 private:
  static std::vector<double> parse(const Setting& setting) {
    std::vector<double> out;
    const char* at = setting.text.c_str();
    for (char* end = nullptr;; at = end + 1) {
      out.push_back(std::strtod(at, &end));
      if (end == at || (*end != ',' && *end != '\0')) {
        throw WrongUse(setting.name + ": expected numbers, got \"" + setting.text + "\"");
      }
      if (*end == '\0') return out;
    }
  }
  void set_seed(const std::string& text) {
    char* end = nullptr;
    seed_ = std::strtoull(text.c_str(), &end, 10);
    if (text.empty() || text[0] == '-' || *end != '\0') {
      throw WrongUse("--seed: expected a whole number, got \"" + text + "\"");
    }
  }
  // A number stays a number, and as many of them: programs need not look again.
  void set(const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    Setting& setting = settings_[place(assignment.substr(0, equals))];
    if (equals == std::string::npos) throw WrongUse("--set " + assignment + " has no value");
    const bool is_number = setting.text.find_first_not_of("0123456789.,-+e") == std::string::npos;
    const std::size_t count = is_number ? parse(setting).size() : 0;
    setting.text = assignment.substr(equals + 1);
    if (is_number && parse(setting).size() != count) {
      throw WrongUse(setting.name + ": expected " + std::to_string(count) + " numbers, got \"" +
                     setting.text + "\"");
    }
  }
  std::size_t place(const std::string& name) const {
    for (std::size_t i = 0; i < settings_.size(); ++i) {
      if (settings_[i].name == name) return i;
    }
    throw WrongUse("no setting \"" + name + "\"\n" + usage());
  }
  const Setting& find(const std::string& name) const { return settings_[place(name)]; }

  std::vector<Setting> settings_;
  std::uint64_t seed_ = 0;
  bool is_short_ = false;
};

/// Runs `program` with the settings of the command line; the exit status of main: 0, 1 for an
/// error, 2 for wrong use, 77 where data are missing.
template <class Program>
int run(int argc, char** argv, std::initializer_list<Setting> settings, const Program& program) {
  try {
    Settings given(settings);
    given.read(argc, argv);
    program(given);
    return 0;
  } catch (const MissingData& e) {
    std::printf("skipped: %s\n", e.what());
    return 77;
  } catch (const WrongUse& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}

}  // namespace course
