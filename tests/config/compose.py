"""What docker-compose.yml starts, started as processes of this computer.

The commands, the environment and the questions after health are read out of the file; in
the place of the containers of PostgreSQL and Redis stand servers of this computer, and every
process has a ``/tmp`` of its own.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
GIVEN = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::?(?P<kind>[-?])(?P<rest>[^}]*))?\}")


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def filled(text: str, values: dict[str, str]) -> str:
    """Put values in the place of ``${NAME:?}`` and ``${NAME:-else}``, as compose does."""

    def value(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        if found["kind"] == "-":
            return values.get(found["name"], found["rest"])
        return values[found["name"]]

    return GIVEN.sub(value, text)


def image_environment() -> dict[str, str]:
    """The variables that the Dockerfile sets."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = re.findall(r"^ENV (.*)$", text, re.MULTILINE)
    return dict(pair.split("=", 1) for line in lines for pair in line.split())


class Compose:
    """Services by the names that the file gives them."""

    def __init__(self, folder: Path, values: dict[str, str], instead: dict[str, str]) -> None:
        self.folder, self.values, self.instead = folder, values, instead
        self.services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())[
            "services"
        ]
        self.running: list[subprocess.Popen[bytes]] = []
        self.beside = 0

    def command(self, name: str, tmp: Path) -> list[str]:
        words = [filled(word, self.values) for word in self.services[name]["command"]]
        return [word.replace("/tmp/", f"{tmp}/") for word in words]

    def environment(self, name: str, tmp: Path) -> dict[str, str]:
        said = self.services[name]["environment"]
        found = image_environment() | {key: filled(said[key], self.values) for key in said}
        found |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        found |= {"HOSTNAME": socket.gethostname(), "TMPDIR": str(tmp), "XDG_CACHE_HOME": str(tmp)}
        return found | self.instead

    def _tmp(self, name: str) -> Path:
        self.beside += 1
        tmp = self.folder / f"{name}-{self.beside}"
        tmp.mkdir()
        return tmp

    def run(self, name: str) -> int:
        """Run a service that ends by itself."""
        tmp = self._tmp(name)
        command, environment = self.command(name, tmp), self.environment(name, tmp)
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

    def start(self, name: str, *more: str) -> subprocess.Popen[bytes]:
        tmp = self._tmp(name)
        with (tmp / "log").open("wb") as log:
            process = subprocess.Popen(
                [*self.command(name, tmp), *more], cwd=ROOT, env=self.environment(name, tmp),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        process.tmp = tmp  # type: ignore[attr-defined]  # where its own /tmp is
        self.running.append(process)
        return process

    def is_healthy(self, name: str, process: subprocess.Popen[bytes]) -> bool:
        """Ask what the file has the engine ask."""
        kind, *words = self.services[name]["healthcheck"]["test"]
        words = [filled(word, self.values).replace("/tmp", str(process.tmp)) for word in words]
        command = words if kind == "CMD" else ["/bin/sh", "-c", *words]
        asked = subprocess.run(
            command, cwd=ROOT, env=self.environment(name, process.tmp),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        return asked.returncode == 0

    def end(self, *, patience: float) -> list[int]:
        """Ask all to end, by their ids; return how they ended."""
        for process in self.running:
            process.terminate()
        return [process.wait(patience) for process in self.running]

    def kill(self) -> None:
        """Whatever is still there, with what it started."""
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, 9)
                process.wait()

    def told(self) -> str:
        logs = sorted(self.folder.glob("*/log"))
        return "\n".join(f"== {log.parent.name}\n{log.read_text()[-3000:]}" for log in logs)
