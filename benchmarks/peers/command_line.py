"""Times Antler, Keras, JAX and PyTorch turn by turn; writes table.md and results.json."""

import argparse
import os
import pathlib

import worker
import workloads

ROOT = pathlib.Path(__file__).resolve().parents[2]


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__)

    def names(text):
        return [name.strip() for name in text.split(",") if name.strip()]

    parser.add_argument("--workloads", type=names, help="default: all")
    parser.add_argument(
        "--perturbed", action="store_true", help="the networks of odd sizes, A' to I'"
    )
    parser.add_argument("--threads", type=names, default=["1", "2"], help="default: 1,2")
    parser.add_argument("--peers", type=names, default=list(worker.PEERS), help="default: all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds-per-round", type=float, default=1.0)
    parser.add_argument(
        "--antler", type=pathlib.Path, default=ROOT / "build/bin/antler_bench_worker"
    )
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build/peers")
    options = parser.parse_args(arguments)
    every = workloads.PERTURBED if options.perturbed else workloads.WORKLOADS
    chosen = options.workloads or list(every)
    if options.perturbed:
        chosen = [name if name.endswith("'") else name + "'" for name in chosen]
    for name, known in [*((n, every) for n in chosen), *((n, worker.PEERS) for n in options.peers)]:
        if name not in known:
            parser.error(f"expected one of {', '.join(known)}, got {name}")
    cores = len(os.sched_getaffinity(0))
    if not all(text.isdigit() and 0 < int(text) <= cores for text in options.threads):
        parser.error(f"expected threads of 1 to {cores}, got {','.join(options.threads)}")
    if options.rounds < 1:
        parser.error(f"expected one round or more, got {options.rounds}")
    options.workloads = [every[name] for name in chosen]
    options.threads = [int(text) for text in options.threads]
    return options
