"""Walks through a page as a reader would who has `tayori dev` running: types what it shows, and looks at what comes.

    ```sh     is typed into one shell. What listens to a channel gets a terminal of its own.
    ```json   is the answer of the command before it, but for places of the log, times and tokens
    ```text   is what the newest of these terminals has shown since the last look at it
    ```pycon  is Python's own console, one for the whole page
"""

from __future__ import annotations

import doctest
import io
import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Union

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("TAYORI_BIN") or ROOT / "build" / "release" / "bin" / "tayori").resolve()
WAIT_S = 30.0

Json = Union[None, bool, int, str, List[Any], Dict[str, Any]]

# What is another one at each run: a place in the log, a time, something that is too long to be shown.
_KINDS = [r"[0-9a-z]{1,32}-[0-9a-z]{1,13}", r"\d{4}-\d\d-\d\dT[\d:.]+Z", r"\w{4,}.*"]


class Block(NamedTuple):
    language: str
    text: str


def blocks_of(page: Path) -> List[Block]:
    return [Block(*found) for found in re.findall(r"^```(\w+)\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)]


def is_like(shown: Json, real: Json) -> bool:
    """Whether `real` is what a page shows, but for what is another one at each run."""
    if isinstance(shown, dict) and isinstance(real, dict):
        return set(shown) == set(real) and all(is_like(value, real[name]) for name, value in shown.items())
    if isinstance(shown, list) and isinstance(real, list):
        return len(shown) == len(real) and all(map(is_like, shown, real))
    if isinstance(shown, str) and isinstance(real, str) and shown != real:
        kinds = _KINDS if shown.endswith("…") else _KINDS[:2]
        return any(re.fullmatch(kind, shown) and re.fullmatch(kind, real) for kind in kinds)
    return type(shown) is type(real) and shown == real


class Terminal:
    """A program and the lines that it shows."""

    def __init__(self, command: List[str], environment: Dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def line(self) -> str:
        """The next line; fails when none comes."""
        return self._lines.get(timeout=WAIT_S)

    def has_ended(self, seconds: float) -> bool:
        """Whether the program ends within that time."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(WAIT_S)
        self._reader.join(WAIT_S)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))


class Walkthrough:
    """A server on free ports that wants no key, and somebody in front of it."""

    def __init__(self, folder: Path) -> None:
        self._state = folder / "shell"
        self._state.touch()
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("TAYORI_")}
        self.environment["PATH"] = f"{PROGRAM.parent}{os.pathsep}{self.environment['PATH']}"
        self.environment["no_proxy"] = "*"
        # As `tayori dev`, with one loop, so that a page which has come is live before the next request is read.
        of_server = {**self.environment, "TAYORI_SERVER_MODE": "dev", "TAYORI_SERVER_LOOPS": "1"}
        self._server = Terminal(
            [str(PROGRAM), "serve", "--public", "127.0.0.1:0", "--internal", "127.0.0.1:0"], of_server
        )
        self._terminals: List[Terminal] = []
        self._answer = ""
        self._names: Dict[str, Any] = {}
        try:
            addresses: Dict[str, str] = {}
            while len(addresses) < 2:
                addresses.update(re.findall(r"^(public|internal)\s+(http:\S+)", self._server.line()))
        except BaseException:
            self._server.stop()
            raise
        self.public, self.internal = addresses["public"].rstrip("/"), addresses["internal"].rstrip("/")
        self.environment["TAYORI_URL"] = self.internal

    def stop(self) -> None:
        for terminal in [*self._terminals, self._server]:
            terminal.stop()

    def take(self, block: Block) -> None:
        if block.language == "sh":
            self.type(block.text)
        elif block.language == "json":
            assert is_like(json.loads(block.text), json.loads(self._answer)), f"{block.text}is not\n{self._answer}"
        elif block.language == "text":
            shown = [self._terminals[-1].line() for _ in block.text.splitlines()]
            assert shown == block.text.splitlines()
        elif block.language == "pycon":
            self._python(block.text)

    def type(self, script: str) -> str:
        """What `script` prints; nothing for one that listens, which goes on beside everything else."""
        script = script.replace("http://127.0.0.1:8081", self.internal).replace("http://127.0.0.1:8080", self.public)
        command = ["sh", "-e", "-c", f". '{self._state}'\nset -a\n{script.rstrip()}\nexport -p >'{self._state}'"]
        if "examples/listen" in script:
            self._listen(["sh", "-e", "-c", f". '{self._state}'\nset -a\n{self._remembering(script)}"])
            return ""
        ran = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, encoding="utf-8")
        assert ran.returncode == 0, f"{script}{ran.stderr}"
        self._answer = ran.stdout
        return ran.stdout

    def _remembering(self, script: str) -> str:
        """With the variables kept for the commands that follow, and without a shell that waits for the last line."""
        *settings, last = script.rstrip().split("\n")
        return "\n".join([*settings, f"export -p >'{self._state}'", f"exec {last}"])

    def _listen(self, command: List[str]) -> None:
        """Until the server counts one more session, or the one who listens has ended."""
        before = self._sessions()
        terminal = Terminal(command, self.environment)
        self._terminals.append(terminal)
        deadline = time.monotonic() + WAIT_S
        while self._sessions() == before and not terminal.has_ended(0.02):
            assert time.monotonic() < deadline, "it neither listens nor says why not"

    def _sessions(self) -> int:
        return sum(client["sessions"] for client in self.ask("presence", {})["clients"])

    def ask(self, call: str, members: Dict[str, Any]) -> Any:
        request = urllib.request.Request(
            f"{self.internal}/v1/{call}", json.dumps(members).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=WAIT_S) as answer:
            return json.loads(answer.read())

    def _python(self, text: str) -> None:
        example = doctest.DocTestParser().get_doctest(text, self._names, "the page", None, None)
        told = io.StringIO()
        runner = doctest.DocTestRunner(verbose=False)
        with _variables(TAYORI_URL=self.internal, TAYORI_API_KEY=None):
            results = runner.run(example, out=told.write, clear_globs=False)
        self._names = example.globs
        assert results.attempted > 0 and results.failed == 0, told.getvalue()


class _variables:
    """Variables of this process, for as long as the Python of a page runs in it."""

    def __init__(self, **variables: Optional[str]) -> None:
        self._variables = variables
        self._before: Dict[str, Optional[str]] = {}

    def __enter__(self) -> None:
        self._before = {name: os.environ.get(name) for name in self._variables}
        self._set(self._variables)
        sys.path.insert(0, str(ROOT / "clients" / "python" / "src"))

    def __exit__(self, *_: object) -> None:
        self._set(self._before)
        sys.path.pop(0)

    @staticmethod
    def _set(variables: Dict[str, Optional[str]]) -> None:
        for name, value in variables.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def walkthroughs(folder: Path) -> Iterator[Walkthrough]:
    """For a fixture: one that is stopped in any case."""
    walkthrough = Walkthrough(folder)
    try:
        yield walkthrough
    finally:
        walkthrough.stop()
