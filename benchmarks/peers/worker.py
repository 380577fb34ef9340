#!/usr/bin/env python3
"""One peer in a process of its own: a line of JSON in, a line of JSON out; see README.md.

Usage: worker.py PEER     (keras-tensorflow, keras-jax, keras-torch, jax, torch, ...)
"""

import importlib
import json
import os
import sys
import time

FIRST_STEPS = 10
# The module of a peer and what it is made with.
PEERS = {
    "keras-tensorflow": ("keras_peer", {"backend": "tensorflow"}),
    "keras-jax": ("keras_peer", {"backend": "jax"}),
    "keras-torch": ("keras_peer", {"backend": "torch"}),
    "jax": ("jax_peer", {}),
    "torch": ("torch_peer", {}),
    "torch-fused": ("torch_peer", {"optimizer": "fused"}),
    "torch-compile": ("torch_peer", {"optimizer": "fused", "compiled": True}),
}


def limit_threads(threads):
    """The libraries read these when they are imported; taskset gave the process its cores."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):  # PyTorch
        os.environ[name] = str(threads)
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[name] = str(threads)
    os.environ["NPROC"] = str(threads)  # XLA's pool, of JAX
    if threads == 1:
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"


class Timer:
    """Builds at the first request, then answers each with a round of its kind."""

    def __init__(self, peer_name):
        self.peer_name = peer_name
        self.peer = None
        self.first = {}

    def answer(self, request):
        if self.peer is None:
            self.build(request)
        measured = getattr(self, request["kind"])(request["seconds"])
        return {**self.first, **measured}

    def build(self, request):
        limit_threads(request["threads"])
        import draws
        import workloads

        module, options = PEERS[self.peer_name]
        workload = workloads.named(request["workload"])
        self.peer = importlib.import_module(module).make(workload, request["threads"], **options)
        weights, self.x, self.y = draws.read(request["weights"], request["data"])
        self.peer.build(weights, self.x[: workload.batch], self.y[: workload.batch])

    def steps(self, seconds):
        if not self.first:
            begin = time.perf_counter()
            losses = self.peer.first_losses(1)
            self.first["first_step_s"] = time.perf_counter() - begin
            self.first["outputs"] = self.peer.predict(self.x[:1]).ravel().tolist()
            self.first["losses"] = losses + self.peer.first_losses(FIRST_STEPS - 1)
        return {
            "step_us": 1e6 * self.peer.step_seconds(seconds),
            **self.one_prediction(seconds / 4),
        }

    def fit(self, _):
        if not self.first:
            self.first["val_loss"] = self.peer.epoch(self.x, self.y)
        begin = time.perf_counter()
        self.peer.epoch(self.x, self.y)
        return {"epoch_s": time.perf_counter() - begin}

    def predict(self, seconds):
        if not self.first:
            self.first["outputs"] = self.peer.predict(self.x[:1]).ravel().tolist()
        many = self.timed(lambda: self.peer.predict_many(self.x), seconds)
        return {"predict_many_us": many, **self.one_prediction(seconds)}

    def start(self, _):
        return {"losses": self.peer.first_losses(1)}

    def one_prediction(self, seconds):
        one = self.x[:1]
        return {"predict_us": self.timed(lambda: self.peer.predict(one), seconds)}

    @staticmethod
    def timed(call, seconds):
        from peer import seconds_a_call

        return 1e6 * seconds_a_call(call, seconds)


def main(arguments):
    if len(arguments) != 2 or arguments[1] not in PEERS:
        print(f"usage: worker.py {'|'.join(PEERS)}", file=sys.stderr)
        return 2
    # What a library prints must not come between the lines of JSON.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    timer = Timer(arguments[1])
    for line in sys.stdin:
        try:
            answer = timer.answer(json.loads(line))
        except Exception as error:  # any failure of a library is an answer: the others go on
            import traceback

            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
