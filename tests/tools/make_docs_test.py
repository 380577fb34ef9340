"""tools/make_docs.py and tools/header_reference.py: every page has its place in the navigation, headers
become the pages that they should, and the check of built pages sees what is wrong."""

import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import header_reference  # noqa: E402
import make_docs  # noqa: E402

HEADER = """#pragma once

#include <string>

namespace antler {

class Config;

struct PReLUOptions {
  NamedOnly named_only = NamedOnly();
  double alpha = 0.5;  // where x < 0
  static void visit(auto& self, auto&& field) {
    field("alpha", self.alpha);
  }
};

/// x where x > 0, alpha * x elsewhere; see `a_[b]`.
///
///     PReLU layer({.alpha = 1});
///
/// Options  alpha: the slope;
///          any number.  other: none.
/// Errors   none.  Source  He et al. (2015).
class PReLU : public Layer {
 public:
  PReLU(const PReLUOptions& options = {});
  /// Its slope.
  double alpha() const { return alpha_; }

 private:
  struct Hidden { int x; };
  double alpha_ = 1;
};

namespace ops {

/// The op.
struct Slope {
  static constexpr int arity = 1;
  double alpha = 1;
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

Value slope(const Value& x, double alpha = 1);

struct Pair {
  Value a, b;
};
Pair both(const Value& x);

namespace detail {
/// Not for users.
void secret();
}  // namespace detail
}  // namespace ops

template <class T>
T PReLU::member(T x) { return x; }

}  // namespace antler
"""


class Reference(unittest.TestCase):
    def setUp(self):
        self.items = header_reference.items("antler/layers/prelu.h", HEADER)
        self.text = header_reference.page("layers", [("antler/layers/prelu.h", HEADER)])

    def test_an_item_for_each_comment(self):
        self.assertEqual([item.title for item in self.items], ["PReLU", "ops::slope, ops::both"])

    def test_shows_options_and_public_members_without_bodies(self):
        self.assertIn("""struct PReLUOptions {
  double alpha = 0.5;  // where x < 0
};

class PReLU : public Layer {
 public:
  PReLU(const PReLUOptions& options = {});
  /// Its slope.
  double alpha() const;
};
""", self.text)
        self.assertIn("""struct Slope {
  double alpha = 1;
};

struct Pair {
  Value a, b;
};

Value slope(const Value& x, double alpha = 1);
Pair both(const Value& x);
""", self.text)
        for left_out in ("class Config", "Hidden", "secret", "member", "visit", "named_only"):
            self.assertNotIn(left_out, self.text)

    def test_comments_become_markdown(self):
        self.assertIn("x where x > 0, alpha \\* x elsewhere; see `a_[b]`.", self.text)
        self.assertIn("```cpp\nPReLU layer({.alpha = 1});\n```", self.text)
        self.assertIn("* **Options** alpha: the slope; any number.<br>other: none.\n"
                      "* **Errors** none.\n* **Source** He et al. (2015).\n", self.text)

    def test_what_a_header_says_of_all_stands_above(self):
        header = HEADER.replace("struct PReLUOptions", """// Slopes.
//
// Shapes   x -> y.

struct PReLUOptions""")
        text = header_reference.page("layers", [("antler/layers/prelu.h", header)])
        self.assertIn("## Prelu\n\nSlopes.\n\n\n* **Shapes** x -> y.\n\n### PReLU\n", text)
        self.assertNotIn("## Prelu", self.text)

    def test_every_public_header_has_its_place(self):
        shown = "\n".join(header_reference.pages(ROOT).values())
        for header in header_reference.public_headers(ROOT):
            self.assertIn(f'title="{header}"', shown)

    def test_shows_whole_classes_of_the_real_headers(self):
        shown = header_reference.pages(ROOT)
        self.assertIn("\n## Tensor\n", shown["core"])
        self.assertIn("\n  static Tensor zeros(const Shape& shape, DType dtype = DType::float32);\n",
                      shown["core"])
        self.assertIn("\n## ops::softmax\n", shown["ops"])
        self.assertIn("\n## ops::random::randint\n", shown["ops"])
        self.assertNotIn("\n### ops::C\n", shown["ops"])  # arange, whose template has `class C = int`
        self.assertNotIn("private:", "".join(shown.values()))


class Navigation(unittest.TestCase):
    def test_holds_every_page_once(self):
        with tempfile.TemporaryDirectory() as folder:
            make_docs.prepare(ROOT, pathlib.Path(folder))
            config = (pathlib.Path(folder) / "mkdocs.yml").read_text(encoding="utf-8")
            named = re.findall(r"- (?:[^:\n]*: )?(\S+\.md)$", config.partition("\nnav:")[2], re.M)
            source = pathlib.Path(folder) / "source"
            there = [path.relative_to(source).as_posix() for path in source.rglob("*.md")]
        self.assertEqual(sorted(named), sorted(there))

    def test_a_star_stands_for_pages(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("b", "a"):
                make_docs.write(pathlib.Path(folder) / "x" / f"{name}.md", "")
            text = make_docs.expanded("nav:\n  - x/*.md\n  - y.md\n", pathlib.Path(folder))
        self.assertEqual(text, "nav:\n  - x/a.md\n  - x/b.md\n  - y.md\n")

    def test_words_of_the_tests_leave_the_fences(self):
        text = make_docs.as_page("```cpp no-run\n```\n```output tolerance=0.1\n```\n[a](b/) [c](https://d/)")
        self.assertEqual(text, "```cpp\n```\n```text\n```\n[a](b/index.md) [c](https://d/)")


class Links(unittest.TestCase):
    def faults(self, body):
        with tempfile.TemporaryDirectory() as folder:
            site = pathlib.Path(folder)
            make_docs.write(site / "a.html", body)
            make_docs.write(site / "b" / "index.html", '<h1 id="top">b</h1>')
            return make_docs.check_site(site)[0]

    def test_what_is_there_is_no_fault(self):
        self.assertEqual(self.faults('<p id="p"><a href="#p"><a href="b/#top"><a href="b/index.html">'
                                     '<a href="https://example.org/"><img src="/b/index.html">'), [])

    def test_sees_each_fault(self):
        for wrong in ('<a href="c.html">', '<a href="#q">', '<a href="b/#q">', '<img src="c.png">',
                      '<script src="https://example.org/a.js">', '<link href="//example.org/a.css">'):
            self.assertEqual(len(self.faults(wrong)), 1, wrong)


if __name__ == "__main__":
    unittest.main()
