"""No page shows code that never ran: what a document quotes is a file of this tree, which other tests build and run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

QUOTES = [
    ("README.md", "examples/hello/app.py"),
    ("README.md", "examples/hello/index.html"),
    ("README.ja.md", "examples/hello/app.py"),
    ("README.ja.md", "examples/hello/index.html"),
    ("docs/tutorial/a-tiny-chat.md", "examples/tiny-chat/app.py"),
    ("docs/tutorial/a-tiny-chat.md", "examples/tiny-chat/index.html"),
    ("docs/how-to/embed.md", "examples/embed/main.cc"),
    ("docs/how-to/send-from-cpp.md", "examples/backend/main.cc"),
]


@pytest.mark.parametrize(("page", "source"), QUOTES)
def test_a_quote_is_the_file_it_names(page: str, source: str) -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.M | re.S)
    assert (ROOT / source).read_text("utf-8").rstrip() in [block.rstrip() for block in blocks]


def test_the_parts_that_the_tiny_chat_is_told_in_are_of_it() -> None:
    blocks = re.findall(r"^```(?:python|html)\n(.*?)^```$", (ROOT / "docs/tutorial/a-tiny-chat.md").read_text("utf-8"), re.M | re.S)
    whole = "".join(path.read_text("utf-8") for path in sorted((ROOT / "examples/tiny-chat").glob("[ai]*")))
    assert len(blocks) == 6
    assert [block for block in blocks if block not in whole and block.rstrip() not in whole] == []


def test_each_metric_is_documented_and_each_documented_one_exists() -> None:
    told = set(re.findall(r"^\| `(tayori_\w+)`", (ROOT / "docs/reference/metrics.md").read_text("utf-8"), re.M))
    served = set(re.findall(r'"(tayori_\w+)"', (ROOT / "src/api/metrics.cc").read_text("utf-8")))
    assert told == served


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", *sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/explanation/*.md"))])
def test_each_file_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"`((?:src|include|clients|spec|tools|cmake|apps|bench|docs|tests)/[\w./-]+)`", text)
    # The flows leave out what all their steps have in common.
    named += [f"src/{name}" for name in re.findall(r"`((?:api|hub|server|net|access|broker|session|client|base)/\w+\.(?:h|cc))`", text)]
    assert [name for name in named if not (ROOT / name).exists()] == []
