#include <cmath>

#include "antler/core/error.h"
#include "antler/saving/json.h"
#include "tests/support/arbitrary.h"

namespace antler {

void showValue(const Config& value, std::ostream& out) { out << value.to_string(); }

namespace testing {
namespace {

void append_utf8(std::string& text, std::uint32_t character) {
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (character < 0x80) {
    add(character);
  } else if (character < 0x800) {
    add(0xC0 | (character >> 6));
    add(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    add(0xE0 | (character >> 12));
    add(0x80 | ((character >> 6) & 0x3F));
    add(0x80 | (character & 0x3F));
  } else {
    add(0xF0 | (character >> 18));
    add(0x80 | ((character >> 12) & 0x3F));
    add(0x80 | ((character >> 6) & 0x3F));
    add(0x80 | (character & 0x3F));
  }
}

// Of control characters, ASCII, letters of several bytes, and those beyond 16 bits.
std::string any_text() {
  std::string text;
  for (std::int64_t i = any_number(0, 6); i > 0; --i) {
    const auto last = *rc::gen::elementOf(std::vector<std::int64_t>{0x7F, 0x7FF, 0xD7FF, 0x10FFFF});
    const std::int64_t first = last == 0x10FFFF ? 0xE000 : 0;
    append_utf8(text, static_cast<std::uint32_t>(any_number(first, last)));
  }
  return text;
}

double any_real() {
  const auto value = *rc::gen::suchThat<double>([](double x) { return std::isfinite(x); });
  return std::ldexp(value, static_cast<int>(any_number(-80, 80)));
}

Config any_config(int depth) {
  switch (any_number(0, depth > 0 ? 6 : 4)) {
    case 0:
      return Config();
    case 1:
      return any_number(0, 1) == 1;
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return any_real();
    case 4:
      return any_text();
    case 5: {
      Config list = Config::list();
      for (std::int64_t i = any_number(0, 4); i > 0; --i) list.push_back(any_config(depth - 1));
      return list;
    }
    default: {
      Config map = Config::map();
      for (std::int64_t i = any_number(0, 4); i > 0; --i)
        map.set(any_text(), any_config(depth - 1));
      return map;
    }
  }
}

// Kinds and the order of keys included: Config's == compares both.
RC_GTEST_PROP(JsonProperty, AConfigComesBack, ()) {
  const Config config = any_config(3);
  const auto indent = static_cast<int>(any_number(-1, 3));
  const std::string text = to_json(config, indent);
  RC_LOG() << text << std::endl;
  RC_ASSERT(parse_json(text, "text") == config);
  RC_ASSERT(to_json(parse_json(text, "text"), indent) == text);
  for (const char c : text) RC_ASSERT(static_cast<unsigned char>(c) < 0x7F);
}

RC_GTEST_PROP(JsonProperty, TheLineOfAMessageReadsBackAsWell, ()) {
  const Config config = any_config(3);
  RC_ASSERT(parse_json(config.to_string(), "text") == config);
}

RC_GTEST_PROP(JsonProperty, ACutTextIsAnError, ()) {
  const std::string text = to_json(Config::map({{"key", any_config(2)}}));
  const std::int64_t length = any_number(0, static_cast<std::int64_t>(text.size()) - 1);
  RC_ASSERT_THROWS_AS(parse_json(text.substr(0, static_cast<std::size_t>(length)), "text"),
                      FileError);
}

}  // namespace
}  // namespace testing
}  // namespace antler
