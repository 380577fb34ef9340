"""Makes the h5py*.h5 files beside it, with h5py: `make_h5py_files.py`."""

import os

import h5py
import numpy as np

os.chdir(os.path.dirname(os.path.abspath(__file__)))

with h5py.File("h5py.h5", "w") as f:
    f["vars/0"] = np.arange(6, dtype="f4").reshape(2, 3)
    f["vars"].attrs["name"] = "d\u00e4nse"
    f.attrs["fixed"] = np.array([b"ab", b"cde"])
    f.attrs["empty"] = np.zeros((0,))
    f["bool"] = np.array([True, False])
    f["big_endian"] = np.array([0.5, -2], dtype=">f4")
    f["int8"] = np.array([-1, 5], dtype="i1")
    f["uint32"] = np.array([2**32 - 1, 1], dtype="u4")
    f["scalar"] = np.float32(2)
with h5py.File("h5py_chunked.h5", "w") as f:
    f.create_dataset("x", data=np.zeros(9, "f4"), chunks=(3,))
with h5py.File("h5py_soft_link.h5", "w") as f:
    f["b"] = h5py.SoftLink("/a")
with h5py.File("h5py_external_link.h5", "w") as f:
    f["b"] = h5py.ExternalLink("/etc/passwd", "/a")
with h5py.File("h5py_external_storage.h5", "w") as f:
    f.create_dataset("x", (4,), "u1", external=[("/etc/hostname", 0, 4)])
with h5py.File("h5py_loop.h5", "w") as f:
    group = f.create_group("a")
    group["a"] = group
