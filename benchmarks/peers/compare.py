#!/usr/bin/env python3
"""Times Antler and its peers turn by turn on the same work, and writes table.md and results.json.

Run by `make bench-peers`; what is timed, and the protocol of a worker: README.md beside this file.
Exit status: 0; 1 when a peer's losses differ or a worker failed; 2 for options that make no sense.
"""

import contextlib
import json
import os
import pathlib
import sys
import tempfile

import draws
import machine
import command_line
import processes
import report

FIRST_LIMIT = 900  # seconds; torch.compile takes its time
LIMIT = 600


class Run:
    """All answers of a run, and what went wrong on the way."""

    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.results = {}
        self.faults = []
        self.failed = False
        self.peers = list(options.peers)
        if options.antler.exists():
            self.peers.append(processes.ANTLER)
        else:
            self.fault(f"{options.antler.name} is not there: the peers alone are timed")

    def fault(self, text):
        self.faults.append(text)
        print(f"compare.py: {text}", file=sys.stderr)

    def time(self, workload, threads):
        """All rounds of one workload; the peers' order turns by one each round."""
        request = self.request(workload, threads)
        alive = list(self.peers)
        for peer in self.peers:  # the order of the table, whoever begins
            self.results[threads, workload.name, peer] = []
        with contextlib.ExitStack() as stack:
            started = {}
            for number in range(self.options.rounds):
                turn = number % len(self.peers)
                for peer in [p for p in self.peers[turn:] + self.peers[:turn] if p in alive]:
                    try:
                        answer = self.one_round(workload, threads, peer, request, started, stack)
                    except processes.WorkerFailed as failure:
                        alive.remove(peer)
                        self.failed = True
                        self.fault(f"{workload.name}, {threads} threads: {failure}")
                        continue
                    self.results[threads, workload.name, peer].append(answer)
                    self.show(workload, threads, peer, answer)

    def request(self, workload, threads):
        weights, data = draws.write(workload, self.folder)
        return {
            "workload": workload.name,
            "kind": workload.kind,
            "threads": threads,
            "weights": str(weights),
            "data": str(data),
            "seconds": self.options.seconds_per_round,
            "network": workload.as_json(),
        }

    def one_round(self, workload, threads, peer, request, started, stack):
        log = self.folder / f"{peer}.log"
        command = processes.command_of(peer, threads, self.options.antler)
        if workload.kind == "start":
            # A folder of its own: nothing that an earlier process compiled is found.
            with tempfile.TemporaryDirectory(dir=self.folder) as empty:
                own = pathlib.Path(empty)
                return processes.start_once(peer, command, log, own, request, FIRST_LIMIT)
        if peer not in started:
            started[peer] = stack.enter_context(processes.Worker(peer, command, log, self.folder))
            return started[peer].ask(request, FIRST_LIMIT)
        return started[peer].ask(request, LIMIT)

    @staticmethod
    def show(workload, threads, peer, answer):
        found = [
            f"{key} {report.figure(answer[key])}" for key, _, _ in report.MEASURES if key in answer
        ]
        print(f"{workload.name} {threads}t {peer:16} {', '.join(found)}", flush=True)


def write(run, head):
    """table.md and results.json; the table's text."""
    options = run.options
    head["load average after"] = " ".join(f"{load:.2f}" for load in os.getloadavg())
    head["rounds"] = f"{options.rounds} of {options.seconds_per_round:g} s"
    options.out.mkdir(parents=True, exist_ok=True)
    titles = {workload.name: workload.title for workload in options.workloads}
    text = report.markdown(head, run.results, run.faults, titles)
    (options.out / "table.md").write_text(text, encoding="utf-8")
    results = json.dumps(report.as_json(head, run.results, run.faults), indent=1)
    (options.out / "results.json").write_text(results + "\n", encoding="utf-8")
    return text


def main(arguments):
    options = command_line.parse(arguments)
    head = machine.head()
    with tempfile.TemporaryDirectory() as folder:
        run = Run(options, pathlib.Path(folder))
        for workload in options.workloads:
            for threads in options.threads:
                run.time(workload, threads)
                text = write(run, head)  # each time: a run that is broken off leaves what it has
    print(f"\n{text}")
    outside = report.outside(report.differences(run.results))
    return 1 if outside or run.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
