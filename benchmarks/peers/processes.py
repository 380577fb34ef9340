"""Workers: processes that answer a line of JSON with a line of JSON (README.md)."""

import json
import os
import pathlib
import re
import select
import subprocess
import sys
import time

FOLDER = pathlib.Path(__file__).resolve().parent
ANTLER = "antler"


class WorkerFailed(Exception):
    """Its text says which worker, and what it said last."""


def cores(threads):
    """The last cores that this process may use: the first one gets most interrupts."""
    return ",".join(map(str, sorted(os.sched_getaffinity(0))[-threads:]))


def command_of(peer, threads, antler):
    program = [str(antler)] if peer == ANTLER else [sys.executable, str(FOLDER / "worker.py"), peer]
    return ["taskset", "-c", cores(threads), *program]


def environment(folder):
    """That of every worker; what a peer compiles is kept for this run only."""
    return {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "TORCHINDUCTOR_CACHE_DIR": str(folder / "inductor"),
    }


class Worker:
    """A process from its start to its exit; `log` is a file for what it says on standard error."""

    def __init__(self, peer, command, log, folder):
        self.peer = peer
        self.log = log
        with open(log, "ab") as errors:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment(folder),
                text=True,
                bufsize=1,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def ask(self, request, limit):
        """The answer. Raises WorkerFailed for an error, an end, or silence of `limit` seconds."""
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
        except BrokenPipeError:
            self.fail("ended")
        ready, _, _ = select.select([self.process.stdout], [], [], limit)
        if not ready:
            self.process.kill()
            self.fail(f"did not answer within {limit:.0f} s")
        line = self.process.stdout.readline()
        if not line:
            self.fail("ended without an answer")
        try:
            answer = json.loads(line)
        except ValueError:
            self.fail(f"answered {line.strip()[:80]!r}, which is no JSON")
        if "error" in answer:
            self.fail(answer["error"])
        return answer

    def fail(self, what):
        said = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise WorkerFailed(f"{self.peer}: {what}" + (f" ({said[-1][:200]})" if said else ""))

    def peak_memory_mb(self):
        """The most memory the process had; asked of the kernel while it waits for a request.

        Not ru_maxrss: that is kept through exec, and so is at least what Python had before it.
        """
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024

    def close(self):
        """Ends the input, which ends the worker."""
        try:
            self.process.stdin.close()
            self.process.wait(timeout=60)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def start_once(peer, command, log, folder, request, limit):
    """Seconds to the answer and to the exit of a whole process, and its peak memory."""
    begin = time.perf_counter()
    with Worker(peer, command, log, folder) as worker:
        answer = worker.ask(request, limit)
        answered = time.perf_counter() - begin
        peak = worker.peak_memory_mb()
    measured = {"answer_s": answered, "exit_s": time.perf_counter() - begin, "peak_mb": peak}
    return {**answer, **measured}
