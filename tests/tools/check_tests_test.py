"""tools/check_tests.py: our tree passes, and a forgotten, empty or disabled test is rejected."""

import json
import os
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_tests  # noqa: E402

GOOD = "TEST(Shape, Prints) {}\n"


def faults_of(files, compiled, left_out=()):
    """The faults of a tree made of {path: text} whose build compiles some of them."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve()
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        build = root / "build"
        build.mkdir()
        commands = [{"directory": str(build), "file": str(root / name)} for name in compiled]
        (build / "compile_commands.json").write_text(json.dumps(commands))
        (build / "tests_left_out.txt").write_text("\n".join(left_out))
        return check_tests.check_tree(root, build)[0]


class CheckTests(unittest.TestCase):
    def test_our_tree(self):
        build = pathlib.Path(os.environ.get("ANTLER_BUILD_DIR", ROOT / "build"))
        faults, count = check_tests.check_tree(ROOT, build)
        self.assertGreater(count, 0)
        self.assertEqual(faults, [])

    def test_accepts_compiled_and_left_out_files(self):
        files = {"tests/core/a_test.cpp": GOOD, "tests/saving/b_test.cpp": GOOD}
        self.assertEqual(
            faults_of(files, ["tests/core/a_test.cpp"], ["tests/saving/b_test.cpp"]), [])

    def test_rejects_a_file_without_target(self):
        self.assertEqual(faults_of({"tests/core/a_test.cpp": GOOD}, []),
                         ["tests/core/a_test.cpp: no target compiles it"])

    def test_rejects_a_file_without_test(self):
        name = "tests/core/a_test.cpp"
        self.assertEqual(faults_of({name: "// TEST(A, B) {}\n"}, [name]), [f"{name}: holds no test"])

    def test_rejects_a_disabled_test(self):
        name = "tests/core/a_test.cpp"
        self.assertEqual(faults_of({name: GOOD + "TEST(A, DISABLED_B) {}\n"}, [name]),
                         [f"{name}: DISABLED_B never runs"])


if __name__ == "__main__":
    unittest.main()
