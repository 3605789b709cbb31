"""The modules of ours that run in a kernel's process, and that no notebook must find there."""

import importlib
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))


def leave_no_trace():
    """No kernel may find our folder on its path; with -P or PYTHONSAFEPATH only one of these was there.

    Nor may it take a module of ours for one of the notebook's that has the same name.
    """
    sys.path[:] = [folder for folder in sys.path if folder != FOLDER]
    for name, module in list(sys.modules.items()):
        if name != "__main__" and (getattr(module, "__file__", None) or "").startswith(FOLDER + os.sep):
            del sys.modules[name]
    for path in list(sys.path_importer_cache):
        if path.startswith(FOLDER):
            del sys.path_importer_cache[path]


def import_beside(name):
    """Imports a module of ours."""
    sys.path.insert(0, FOLDER)
    try:
        return importlib.import_module(name)
    finally:
        leave_no_trace()
