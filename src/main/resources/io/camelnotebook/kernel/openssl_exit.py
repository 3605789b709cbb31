"""Keeps OpenSSL from taking itself apart at a process's end: to be imported before whatever uses it, such as hashlib.

In a fork that would touch, and so copy, a megabyte that it shares with the server, to no end: as its own manual says, the
system takes the memory back anyway.
"""

import ctypes
import importlib.util

OPENSSL_INIT_NO_ATEXIT = ctypes.c_uint64(0x00080000)


def keep_openssl():
    spec = importlib.util.find_spec("_hashlib")
    try:
        # It finds what the module is linked with, too.
        ctypes.CDLL(spec.origin).OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, None)
    except (AttributeError, OSError):  # a Python without it, or with one that is built in
        pass


keep_openssl()
