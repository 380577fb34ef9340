"""What the head of a table says: machine, versions, date."""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import re
import subprocess

PACKAGES = ("keras", "tensorflow-cpu", "jax", "jaxlib", "torch", "numpy")
VECTORS = ("avx2", "avx512f", "avx512_bf16", "amx_tile", "amx_bf16")


def processor():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.*)", text)
    flags = re.search(r"flags\s*: (.*)", text)
    own = set(flags[1].split()) if flags else set()
    found = [name for name in VECTORS if name in own]
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, {' '.join(found)}"


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def commit():
    folder = pathlib.Path(__file__).resolve().parent
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def head():
    found = {package: version(package) for package in PACKAGES}
    versions = [f"{package} {number}" for package, number in found.items() if number]
    return {
        "machine": processor(),
        "system": f"{platform.system()} {platform.release()}",
        "versions": ", ".join([f"Python {platform.python_version()}", *versions]),
        "Antler": f"commit {commit()}",
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "load average before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }
