#!/usr/bin/env python3
"""Lets PyTorch's wheel for GPUs load on a machine without CUDA's libraries.

Usage: hollow_cuda.py     (run by the Python of the virtual environment that holds torch)
The package index has no wheel of PyTorch for the CPU alone, and the one it has is linked against
CUDA's libraries, gigabytes that no program without a GPU calls. For each of them that is missing
this writes a library of the same name beside PyTorch's own: it has the symbols that PyTorch asks
the loader for, and each of them ends the process. So nothing that is timed can run in them, and a
function that is called after all does not answer wrongly: it stops. The small ones, which are
called while PyTorch starts, are real: requirements-torch.txt.
Exit status: 0, or 1 when PyTorch does not load afterwards.
"""

import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile

# Most libraries version their symbols by their own name, which nm then prints after each symbol. Of
# these others: how their symbols begin, and the version, if there is one.
OTHERS = {
    "libnccl.so.2": ("nccl", None),
    "libcusparseLt.so.0": ("cusparseLt", None),
    "libnvshmem_host.so.3": ("nvshmem", "NVSHMEM"),
}
CUDA = re.compile(r"lib(cu|nv|nccl)")


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def needed(library):
    return re.findall(r"\(NEEDED\).*\[(.+)\]", output_of("readelf", "-dW", library))


def undefined(library):
    """(name, version or None) of each symbol that another library has to bring."""
    names = output_of("nm", "-D", "--undefined-only", "--format=just-symbols", library).split()
    return {(name.partition("@")[0], name.partition("@")[2] or None) for name in names}


def write_hollow(path, names, version):
    """A library of functions that end the process."""
    source = "".join(f"void {name}(void) {{ __builtin_trap(); }}\n" for name in sorted(names))
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder, "versions")
        script.write_text(f"{version} {{ global: *; }};\n" if version else "{ global: *; };\n")
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-w", "-x", "c", "-", "-o", path]
            + [f"-Wl,-soname,{path.name}", f"-Wl,--version-script,{script}"],
            check=True,
            input=source,
            text=True,
        )


def main():
    package = pathlib.Path(importlib.util.find_spec("torch").origin).parent
    folder = package / "lib"
    libraries = [*folder.glob("libtorch*.so"), *folder.glob("libc10*.so")]
    wanted = {name for library in libraries for name in needed(library) if CUDA.match(name)}
    there = {path.name for path in package.parent.glob("nvidia/**/*.so*")}
    symbols = set().union(*(undefined(library) for library in libraries))
    for soname in sorted(wanted - there):
        if soname in OTHERS:
            prefix, version = OTHERS[soname]
            names = {name for name, _ in symbols if name.startswith(prefix)}
        else:
            version = soname
            names = {name for name, of in symbols if of == version}
        write_hollow(folder / soname, names, version)
    return subprocess.run([sys.executable, "-c", "import torch"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
