#include "antler/callbacks/path_template.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

Logs some_logs() {
  Logs logs;
  logs.set("val_loss", 0.12345);
  logs.set("loss", 20.5);
  return logs;
}

std::string formatted(const std::string& text, std::optional<std::int64_t> batch = {}) {
  return PathTemplate("Owner", text).format(4, batch, some_logs());
}

TEST(PathTemplate, FormatsAsPython) {
  EXPECT_EQ(formatted("m.keras"), "m.keras");
  EXPECT_EQ(formatted("{epoch:02d}-{val_loss:.2f}.keras"), "05-0.12.keras");
  EXPECT_EQ(formatted("{epoch}/{epoch:d}/{epoch:3d}/{epoch:.1f}"), "5/5/  5/5.0");
  EXPECT_EQ(formatted("{loss}_{loss:08.3f}_{loss:.1e}_{loss:g}"), "20.5_0020.500_2.0e+01_20.5");
  EXPECT_EQ(formatted("{epoch}-{batch:04d}", 7), "5-0008");
  EXPECT_EQ(formatted("{{{epoch}}}"), "{5}");
}

TEST(PathTemplate, KnowsItsFields) {
  const PathTemplate path("Owner", "run/{epoch}.keras");
  EXPECT_TRUE(path.has_field("epoch"));
  EXPECT_FALSE(path.has_field("batch"));
  EXPECT_EQ(path.fixed_part(), "run/");
  EXPECT_FALSE(PathTemplate("Owner", "{{x}}").has_fields());
}

TEST(PathTemplate, NamesMistakes) {
  const auto error = [](const std::string& text) {
    return error_of<ValueError>([&] { formatted(text); });
  };
  EXPECT_EQ(error("{epoch.keras"),
            "Owner: filepath \"{epoch.keras\": expected \"}\" after \"{\"; write {{ for a brace");
  EXPECT_EQ(error("epoch}"),
            "Owner: filepath \"epoch}\": got \"}\" without \"{\"; write }} for a brace");
  for (const std::string field : {"loss:d", "epoch:.2d", "loss:+f", "", "loss:99999999f", "loss:s",
                                  "loss:.f", "loss:1.2.3f"}) {
    EXPECT_EQ(error("{" + field + "}"),
              "Owner: filepath: expected a field such as {epoch:02d} or {val_loss:.2f}, got {" +
                  field + "}");
  }
  EXPECT_EQ(error("{val_los:.2f}"),
            "Owner: filepath: unknown field \"val_los\"; did you mean \"val_loss\"?");
}

}  // namespace
}  // namespace antler::testing
