"""What every peer is to the worker: a network that is built once and then takes steps."""

import time


def seconds_a_call(call, seconds, finish=lambda: None):
    """The mean time of a call, over calls that together last `seconds`.

    The clock is read once a chunk, and `finish` waits there for what a library does behind its
    call's return: neither then weighs on a call of microseconds.
    """
    call()
    finish()
    chunk, spent, calls = 1, 0.0, 0
    while spent < seconds:
        begin = time.perf_counter()
        for _ in range(chunk):
            call()
        finish()
        lasted = time.perf_counter() - begin
        spent += lasted
        calls += chunk
        if lasted < seconds / 20:
            chunk *= 2
    return spent / calls


class Peer:
    """A library's network: it is built, takes steps, predicts, and has an epoch over many rows."""

    def __init__(self, workload, threads):
        self.workload = workload
        self.threads = threads

    def build(self, weights, x, y):
        """Makes the network with these weights; x and y are the batch that steps are taken on."""
        raise NotImplementedError

    def step(self):
        """One training step on the batch; its loss, in the library's form, maybe not there yet."""
        raise NotImplementedError

    def wait(self):
        """Until all steps are done; only libraries that run behind Python's back need it."""

    def predict(self, x):
        """The logits of x as an array of NumPy."""
        raise NotImplementedError

    def predict_many(self, x):
        return self.predict(x)

    def epoch(self, x, y):
        """One shuffled epoch over x and y; the loss on their last tenth, kept for validation."""
        raise NotImplementedError

    def first_losses(self, count):
        return [float(self.step()) for _ in range(count)]

    def step_seconds(self, seconds):
        return seconds_a_call(self.step, seconds, self.wait)
