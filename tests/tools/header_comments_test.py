"""The comments of public headers keep what a user looks for: an op's shapes, types and source, the source
of each class of a family, and the rules of a family at its base."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import header_reference  # noqa: E402

# What holds for a whole family stands at its base; derived classes say what is their own.
BASES = {
    "antler/layers/layer.h": "Layer", "antler/losses/loss.h": "Loss",
    "antler/metrics/metric.h": "Metric", "antler/optimizers/optimizer.h": "Optimizer",
    "antler/schedules/schedule.h": "Schedule", "antler/initializers/initializer.h": "Initializer",
    "antler/regularizers/regularizer.h": "Regularizer",
    "antler/constraints/constraint.h": "Constraint", "antler/models/model.h": "Model",
}
DERIVED = re.compile(rf"class \w+ : public ({'|'.join(BASES.values())}|Callback|RNN)\b")


def labels(*lines):
    return set(header_reference.LABEL.findall("\n".join(lines)))


def lacking(header, text):
    """(what, the words it lacks) for an op's header and each class of a family in one."""
    shared = header_reference.shared_comment(text)
    items = header_reference.items(header, text)
    if header.startswith("antler/ops/"):
        found = labels(*shared, *(line for item in items for line in item.comment))
        yield header, {"Shapes", "Types", "Source"} - found
    for item in items:
        needed = {"Source"} if any(DERIVED.search(d.code) for d in item.declarations) else set()
        if item.title == BASES.get(header):
            needed = {"Shapes", "Types", "Errors", "Threads", "Source"}
        yield f"{header}: {item.title}", needed - labels(*shared, *item.comment)


class Comments(unittest.TestCase):
    def test_public_headers_say_what_a_user_looks_for(self):
        for header in header_reference.public_headers(ROOT):
            text = (ROOT / header).read_text(encoding="utf-8")
            for what, lacks in lacking(header, text):
                with self.subTest(what):
                    self.assertEqual(lacks, set())

    def test_sees_what_is_lacking(self):
        op = "namespace antler::ops {\n\n/// x.  Types  any.\nValue f(const Value& x);\n\n}\n"
        self.assertIn(("antler/ops/f.h", {"Shapes", "Source"}), lacking("antler/ops/f.h", op))
        layer = "namespace antler {\n\n/// y = x.\nclass Same : public Layer {\n};\n\n}\n"
        self.assertIn(("antler/layers/same.h: Same", {"Source"}),
                      lacking("antler/layers/same.h", layer))
        base = "namespace antler {\n\n/// Any loss.  Types  floats.\nclass Loss {\n};\n\n}\n"
        self.assertIn(("antler/losses/loss.h: Loss", {"Shapes", "Errors", "Threads", "Source"}),
                      lacking("antler/losses/loss.h", base))


if __name__ == "__main__":
    unittest.main()
