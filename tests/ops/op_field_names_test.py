"""The names in an op's `fields` are those of its members, in the order of their declaration.

The compiler sees to it that there is one name for each member (antler/graph/op_fields.h), but cannot
know which name belongs to which.
"""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("antler/ops", "antler/backends")

STRUCT = re.compile(r"^struct (\w+)[^;{]*\{$(.*?)^\};$", re.MULTILINE | re.DOTALL)
FIELDS = re.compile(r"static constexpr const char\* fields\[\] = \{(.*?)\};", re.DOTALL)
MEMBER = re.compile(
    r"^  (?!static |using |enum |struct |template|return )"
    r"[\w:][\w:<>, *]* (\w+)(?: = [^;()]*(?:\(\))?)?;",
    re.MULTILINE,
)


def names_and_members(text):
    """(struct, names in its fields, names of its members) for each struct that has fields."""
    for struct, body in STRUCT.findall(text):
        fields = FIELDS.search(body)
        if fields:
            members = MEMBER.findall(body)
            yield struct, re.findall(r'"(\w+)"', fields.group(1)), members


class OpFieldNames(unittest.TestCase):
    def test_are_those_of_the_members(self):
        seen = 0
        for folder in FOLDERS:
            for path in sorted((ROOT / folder).glob("*.h")):
                for struct, names, members in names_and_members(path.read_text(encoding="utf-8")):
                    seen += 1
                    with self.subTest(struct=struct, file=path.name):
                        self.assertEqual(names, members)
        self.assertGreater(seen, 40)

    def test_sees_names_that_changed_places(self):
        text = (
            "struct Sum {\n"
            "  std::vector<int> axes = {};  // sorted\n"
            "  bool keepdims = false;\n"
            '  static constexpr const char* fields[] = {"keepdims",\n'
            '                                           "axes"};\n'
            "  std::vector<Value> gradient(const GradientContext& context) const;\n"
            "};\n"
        )
        self.assertEqual(
            list(names_and_members(text)), [("Sum", ["keepdims", "axes"], ["axes", "keepdims"])]
        )


if __name__ == "__main__":
    unittest.main()
