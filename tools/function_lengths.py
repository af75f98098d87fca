"""How long the functions of a source file are: by the parser for Python, by matching braces for C++ and TypeScript.

A function's length is from the line of its opening brace (or `def`) to its last line. What stands inside another
function (a lambda, a local class) counts as part of that one, save for TypeScript's describe(...), which is a folder.
"""

from __future__ import annotations

import ast
import re
from typing import Iterator

# Comments, then literals. A quote after a letter or digit is C++'s digit separator.
COMMENT_OR_LITERAL = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r'|R"(?P<raw>[^(\s"]*)\(.*?\)(?P=raw)"'
    r"|`(?:\\.|[^`\\])*`"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z])'(?:\\.|[^'\\\n])*'",
    re.S,
)
# Only after what cannot end an operand is a slash the start of a TypeScript regular expression.
TYPESCRIPT_REGEX = re.compile(r"(?<=[=(,:!&|?{};\[])(\s*)/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+/[a-z]*")

NO_FUNCTION = re.compile(
    r"(if|for|while|switch|catch|do|else|try|return|namespace|class|struct|enum|union|extern|interface|type|describe|suite"
    r"|export\s+(abstract\s+|default\s+)?(class|interface|enum|type)|template\s*<.*>\s*(class|struct|union)\b.*)\b",
    re.S,
)


def function_lengths(path: str, text: str) -> Iterator[tuple[int, int]]:
    """(line, length) of each outermost function; nothing for what does not parse."""
    return python_lengths(text) if path.endswith(".py") else brace_lengths(text, path.endswith(".ts"))


def python_lengths(text: str) -> Iterator[tuple[int, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno:
            yield node.lineno, node.end_lineno - node.lineno + 1


def bare(text: str, is_typescript: bool) -> str:
    """The source without comments and literals, its line ends in place."""

    def blank(match: re.Match[str]) -> str:
        return ("" if match[0].startswith("/") else '""') + "\n" * match[0].count("\n")

    text = COMMENT_OR_LITERAL.sub(blank, text)
    return TYPESCRIPT_REGEX.sub(r"\1/x/", text) if is_typescript else text


def opens_function(before: str, is_typescript: bool) -> bool:
    """Whether a brace after `before` (the text since the last ; { or }) opens a function's body."""
    head = "\n".join(line for line in before.split("\n") if not line.lstrip().startswith("#")).strip()
    head = re.sub(r"^((public|private|protected)\s*:\s*)+", "", head)
    if NO_FUNCTION.match(head) or "(" not in head or ")" not in head:
        return False
    return not head.endswith("=") and (not is_typescript or re.search(r"[)>\w\]]$", head) is not None)


def opens_initialiser(before: str) -> bool:
    """Whether it opens one member's value in a constructor's list: `A() : x_{1}, y_{2} {`."""
    return re.search(r"\)[^;]*[^:]:[^:][^;]*[\w>]$", before) is not None


def brace_lengths(text: str, is_typescript: bool) -> Iterator[tuple[int, int]]:
    open_braces: list[tuple[str, int]] = []
    depth = start = 0
    line = 1
    source = bare(text, is_typescript)
    for index, character in enumerate(source):
        kind = ""
        if character == "\n":
            line += 1
        elif character == "{":
            before = source[start:index]
            if depth == 0 and not is_typescript and opens_initialiser(before):
                kind = "initialiser"
            elif depth == 0 and opens_function(before, is_typescript):
                kind = "function"
            open_braces.append((kind, line))
            depth += kind == "function"
        elif character == "}" and open_braces:
            kind, first = open_braces.pop()
            depth -= kind == "function"
            if kind == "function":
                yield first, line - first + 1
        if character in ";{}" and kind != "initialiser":
            start = index + 1
