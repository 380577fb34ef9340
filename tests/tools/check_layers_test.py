"""tools/check_layers.py: our tree passes, and each kind of wrong tree is rejected."""

import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_layers  # noqa: E402


def faults_of(files):
    """The faults of a tree made of {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return check_layers.check_tree(pathlib.Path(folder))[0]


class CheckLayers(unittest.TestCase):
    def assert_fault(self, files, where, what):
        faults = faults_of(files)
        self.assertEqual(len(faults), 1, faults)
        self.assertTrue(faults[0].startswith(where), faults[0])
        self.assertIn(what, faults[0])

    def test_our_tree_points_down(self):
        faults, count = check_layers.check_tree(ROOT)
        self.assertGreater(count, 0)
        self.assertEqual(faults, [])

    def test_accepts_downward_arrows(self):
        self.assertEqual(faults_of({
            "antler/core/shape.h": "#pragma once\n#include <vector>\n#include <cstdint>\n",
            "antler/graph/value.h": '#include "antler/core/shape.h"\n',
            "antler/ops/add.h": '#include "antler/graph/value.h"\n',
            "antler/layers/dense.cpp": '#include "antler/activations/relu.h"\n#include <fmt/core.h>\n',
            "antler/activations/relu.h": '#include "antler/ops/add.h"\n',
            "antler/backends/cpu/simd.h": "#include <hwy/highway.h>\n",
            "antler/antler.h": '#include "antler/ops/add.h"\n',
            "apps/cli/main.cpp": '#include "antler/antler.h"\n#include "apps/cli/plot.h"\n',
            "apps/cli/plot.h": "#include <fmt/core.h>\n",
        }), [])

    def test_rejects_an_arrow_up(self):
        self.assert_fault({"antler/core/tensor.cpp": '\n# include  "antler/models/model.h"\n'},
                          "antler/core/tensor.cpp:2:", "floor 0 and includes antler/models/model.h")
        self.assert_fault({"antler/layers/dense.h": '#include "antler/saving/keras_file.h"\n'},
                          "antler/layers/dense.h:1:", "of floor 7")

    def test_rejects_what_is_not_the_library(self):
        self.assert_fault({"antler/saving/x.cpp": '#include "tests/support/paths.h"\n'},
                          "antler/saving/x.cpp:1:", "neither in antler/ nor in apps/")
        self.assert_fault({"antler/antler.h": '#include "apps/cli/plot.h"\n'},
                          "antler/antler.h:1:", "apps/cli/plot.h")

    def test_rejects_forbidden_neighbours(self):
        self.assert_fault({"antler/graph/node.cpp": '#include "antler/ops/add.h"\n'},
                          "antler/graph/node.cpp:1:", "may not include antler/ops/")
        self.assert_fault({"antler/constraints/x.h": '#include "antler/layers/dense.h"\n'},
                          "antler/constraints/x.h:1:", "may not include antler/layers/")
        self.assert_fault({"antler/backends/reference/a.h": '#include "antler/backends/cpu/b.h"\n'},
                          "antler/backends/reference/a.h:1:", "may not include antler/backends/cpu/")

    def test_rejects_folders_without_floor(self):
        self.assert_fault({"antler/utils/x.h": ""}, "antler/utils/x.h:1:", "no floor")
        self.assert_fault({"antler/core/x.h": '#include "antler/utils/y.h"\n'},
                          "antler/core/x.h:1:", "no floor")

    def test_rejects_third_party_in_public_headers(self):
        for include in ("<nlohmann/json.hpp>", "<hdf5.h>", "<zip.h>", "<dnnl.hpp>", "<fmt/core.h>",
                        "<hwy/highway.h>", '"hdf5.h"', "<unistd.h>"):
            with self.subTest(include):
                self.assert_fault({"antler/saving/file.h": f"#include {include}\n"},
                                  "antler/saving/file.h:1:", "is a public header")

    def test_rejects_a_cycle(self):
        self.assert_fault({"antler/core/a.h": "",
                           "antler/core/b.h": '#include "antler/core/a.h"\n#include "antler/core/c.h"\n',
                           "antler/core/c.h": '#include "antler/core/d.h"\n',
                           "antler/core/d.h": '#include "antler/core/b.h"\n'},
                          "antler/core/b.h:2:", "antler/core/c.h -> antler/core/d.h")

    def test_a_tree_without_sources_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(check_layers.main(["check_layers.py", folder]), 2)


if __name__ == "__main__":
    unittest.main()
