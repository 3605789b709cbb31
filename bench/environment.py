"""Where the contenders run: their Python environment, what they see of the machine, and which versions they are."""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[1]
REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")
LAUNCHER = PROJECT / "camel-notebook"

_SHOWN_PACKAGES = ("papermill", "nbclient", "nbconvert", "ipykernel", "pyzmq", "pandas", "matplotlib")


class Environment:
    """A Python environment with the contenders, in a folder that Git ignores, or one that is there already."""

    def __init__(self, folder: pathlib.Path, python: pathlib.Path | None = None) -> None:
        self.folder = folder
        self._given = python is not None
        self.python = python or folder / "python" / "bin" / "python"
        self._home = self.python.parent.parent

    def prepare(self) -> None:
        """Makes the environment if it is not there, or not of these requirements. One that was given stays as it is."""
        if self._given:
            return
        stamp = self._home / "requirements.txt"
        if stamp.exists() and stamp.read_bytes() == REQUIREMENTS.read_bytes():
            return
        print(f"Preparing the contenders' Python environment in {self._home} (once, about a minute)", file=sys.stderr)
        shutil.rmtree(self._home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", self._home], check=True)
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", REQUIREMENTS], check=True)
        # Otherwise the first to import a module would pay for all that come after it.
        subprocess.run([self.python, "-m", "compileall", "-q", self._home / "lib"], stdout=subprocess.DEVNULL)
        shutil.copy(REQUIREMENTS, stamp)

    def variables(self) -> dict[str, str]:
        """As if the environment had been activated, without any settings of the user's for Python or Jupyter."""
        kept = {k: v for k, v in os.environ.items() if not re.match(r"PYTHON|JUPYTER|IPYTHON|MPL|CAMEL_NOTEBOOK", k)}
        settings = self.folder / "home"
        settings.mkdir(parents=True, exist_ok=True)
        return {
            **kept,
            "VIRTUAL_ENV": str(self._home),
            "PATH": f"{self._home / 'bin'}{os.pathsep}{kept.get('PATH', os.defpath)}",
            "IPYTHONDIR": str(settings / "ipython"),
            "JUPYTER_CONFIG_DIR": str(settings / "jupyter"),
            "JUPYTER_DATA_DIR": str(settings / "data"),
            "JUPYTER_RUNTIME_DIR": str(settings / "runtime"),
            "MPLCONFIGDIR": str(settings / "matplotlib"),
        }

    def facts(self, width: int, kernel_starts: str) -> dict[str, str]:
        """What the figures hold for. Nothing that names the machine or its user."""
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
        return {
            "cores": str(len(os.sched_getaffinity(0))),
            "at a time": str(width),
            "memory": f"{memory:.0f} GiB",
            "processor": _processor(),
            "system": f"{platform.system()} {platform.release().partition('-')[0]}",
            "camel-notebook": _own_version(),
            "kernel starts of this build": kernel_starts,
            "Java": _java_version(),
            "Python": platform.python_version(),
            **self._package_versions(),
        }

    def _package_versions(self) -> dict[str, str]:
        code = f"import importlib.metadata as m, json; print(json.dumps({{n: m.version(n) for n in {_SHOWN_PACKAGES}}}))"
        return json.loads(subprocess.run([self.python, "-c", code], capture_output=True, check=True).stdout)


def help_of(command: str) -> str:
    """What our program says of a command of its own; builds the program first if need be."""
    return subprocess.run([LAUNCHER, command, "--help"], stdout=subprocess.PIPE, text=True, check=True).stdout


def _processor() -> str:
    with open("/proc/cpuinfo") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _own_version() -> str:
    """The version, and the beginning of the jar's hash: two builds may have one version."""
    jars = [path for path in PROJECT.glob("target/camel-notebook-*.jar") if not re.search("sources|tests|javadoc", path.name)]
    jar = max(jars, key=lambda path: path.stat().st_mtime)
    version = jar.name[len("camel-notebook-") : -len(".jar")]
    return f"{version}, build {hashlib.sha256(jar.read_bytes()).hexdigest()[:10]}"


def _java_version() -> str:
    java = pathlib.Path(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    return re.search(r'"(.*?)"', said).group(1)
