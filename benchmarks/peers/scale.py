#!/usr/bin/env python3
"""What a training step costs as a network grows: draws docs/scale.svg and writes docs/scale.md.

Multilayer perceptrons of growing width, batch and depth, Antler and its peers turn by turn as in
compare.py, beside what the machine's peak allows. Options: those of compare.py, but --workloads and
--perturbed; a run takes a quarter of an hour.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import command_line
import machine
import report
from workloads import SCALE, SCALE_AXES, SCALE_CLASSES, SCALE_INPUTS

ROOT = pathlib.Path(__file__).resolve().parents[2]
ADAM_BYTES = 28  # a weight: its value and two moments read and written, its gradient read
PEERS_COLOURS = ("#999999", "#bb9977", "#7799bb", "#77bb99", "#bb77aa", "#aaaa66")


def flops(workload):
    """Multiplications and additions of the products of a step: forward, and both gradients of every
    layer but the first, whose input has none."""
    sizes = [SCALE_INPUTS, *(layer.units for layer in workload.layers)]
    products = [a * b for a, b in zip(sizes, sizes[1:])]
    return 2 * workload.batch * (3 * sum(products) - products[0])


def limit_us(workload, peak):
    """The least that a step can take on one core: its products, or Adam's way through the weights."""
    by_flops = flops(workload) / peak["gflops"] / 1e3
    return max(by_flops, ADAM_BYTES * workload.parameters() / peak["cache_gbs"] / 1e3)


def machine_peak(antler):
    """What `antler bench` measured of this machine."""
    command = [antler.with_name("antler"), "bench", "A", "--profile", "--json", "--seconds", "0.1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["profile"]["machine"]


def medians(results):
    """(threads, workload, peer) -> microseconds of a step, without peers that computed other numbers."""
    rows = report.summaries(results)
    wrong = set(report.outside(report.differences(results)))
    return {
        place: row["median"]
        for row in rows
        if row["measure"] == "step_us"
        and (place := (row["threads"], row["workload"], row["peer"])) not in wrong
    }


def draw(found, peak, threads, peers, path):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "antler", "font.size": 9})
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(
        len(threads), len(SCALE_AXES), figsize=(11, 3.6 * len(threads)), squeeze=False
    )
    for row, count in enumerate(threads):
        for panel, (axis, (title, sizes)) in zip(panels[row], SCALE_AXES.items()):
            for colour, peer in zip(PEERS_COLOURS, peers):
                line(panel, found, count, axis, sizes, peer, color=colour, linewidth=1)
            line(panel, found, count, axis, sizes, "antler", color="#c2410c", linewidth=2, marker="o")
            if count == 1:
                limits = [limit_us(SCALE[f"{axis} {size}"], peak) for size in sizes]
                panel.plot(sizes, limits, "k:", linewidth=1, label="limit of one core")
            panel.set(xscale="log", yscale="log", xlabel=title)
            panel.set_xticks(sizes, [str(size) for size in sizes], minor=False)
            panel.minorticks_off()
            panel.grid(alpha=0.3)
        panels[row][0].set_ylabel(f"µs a step, {count} thread{'s' * (count > 1)}")
    panels[0][0].legend(fontsize=7, frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def line(panel, found, threads, axis, sizes, peer, **style):
    known = [s for s in sizes if (threads, f"{axis} {s}", peer) in found]
    times = [found[threads, f"{axis} {s}", peer] for s in known]
    panel.plot(known, times, label=peer, markersize=3, **style)


def tables(found, peak, threads, peers):
    lines = []
    for axis, (title, sizes) in SCALE_AXES.items():
        for count in threads:
            lines += ["", f"## {title[0].upper()}{title[1:]}, {count} thread{'s' * (count > 1)}", ""]
            lines += ["| µs a step | " + " | ".join(str(size) for size in sizes) + " |"]
            lines += ["|---" * (len(sizes) + 1) + "|"]
            for peer in [*peers, "antler"]:
                cells = [found.get((count, f"{axis} {size}", peer)) for size in sizes]
                texts = ["" if cell is None else report.figure(cell) for cell in cells]
                lines.append(f"| {peer} | " + " | ".join(texts) + " |")
            if count == 1:
                texts = [report.figure(limit_us(SCALE[f"{axis} {size}"], peak)) for size in sizes]
                lines.append("| limit of one core | " + " | ".join(texts) + " |")
    return lines


def page(head, faults, found, peak, threads, peers):
    lines = ["# What a step costs as a network grows", ""]
    lines += [f"* {label}: {text}" for label, text in head.items()]
    lines += [f"* **{fault}**" for fault in faults]
    lines += [
        "",
        "![Time of a training step against width, batch and depth](scale.svg)",
        "",
        f"Written by `benchmarks/peers/scale.py`. Perceptrons of {SCALE_INPUTS} inputs and {SCALE_CLASSES} classes,",
        "Adam, cross-entropy from logits; medians of the rounds, the peers turn by turn. The limit is the",
        f"longer of the products at {peak['gflops']:.0f} GFLOP/s and Adam's {ADAM_BYTES} bytes a weight at",
        f"{peak['cache_gbs']:.0f} GB/s, the peaks that `antler bench --profile` finds here for one core.",
    ]
    return "\n".join(lines + tables(found, peak, threads, peers)) + "\n"


def main(arguments):
    import compare  # needs NumPy, which the tests of this file do without

    options = command_line.parse(arguments)
    options.workloads = list(SCALE.values())
    head = machine.head()
    with tempfile.TemporaryDirectory() as folder:
        run = compare.Run(options, pathlib.Path(folder))
        peak = machine_peak(options.antler)
        for workload in options.workloads:
            for threads in options.threads:
                run.time(workload, threads)
    head["rounds"] = f"{options.rounds} of {options.seconds_per_round:g} s"
    found = medians(run.results)
    docs = ROOT / "docs"
    draw(found, peak, options.threads, options.peers, docs / "scale.svg")
    text = page(head, run.faults, found, peak, options.threads, options.peers)
    (docs / "scale.md").write_text(text, encoding="utf-8")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
