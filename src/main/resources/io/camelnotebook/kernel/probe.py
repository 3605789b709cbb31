"""Tells what this Python is and which of the modules that matter to us it can import, as a line of JSON."""

import sys

# A file of the same name in the working directory is no installed module.
if sys.path[:1] == [""]:
    del sys.path[0]

import importlib.util
import json

MODULES = "ipykernel", "pandas", "matplotlib", "venv", "ensurepip"

print(
    json.dumps(
        {
            "executable": sys.executable,
            "version": sys.version_info[:2],
            "modules": [module for module in MODULES if importlib.util.find_spec(module)],
        }
    )
)
