"""What function_lengths takes for a function, and how long it says that is."""

import pytest

from function_lengths import function_lengths

CASES = {
    "a free function, a constructor with initialisers, a method in a class": (
        "a.cc",
        "namespace n {\nclass A {\n public:\n  A(int x) : x_(x), y_{x} {\n  }\n  int x() const {\n    return x_;\n  }\n};\n"
        "void f(\n    int a) {\n}\n}\n",
        [(4, 2), (6, 3), (11, 2)],
    ),
    "a lambda is part of the function around it": (
        "a.cc",
        "void f() {\n  g([] {\n    h();\n  });\n  if (x) {\n  }\n}\n",
        [(1, 7)],
    ),
    "braces in literals, comments and digit separators": (
        "a.cc",
        "void f() {\n  // {\n  a('{', \"{\\\"\", 1'000, R\"(\"{)\");\n}\nvoid g() {\n}\n",
        [(1, 4), (5, 2)],
    ),
    "neither tables nor types are functions": (
        "a.cc",
        "struct S {\n  int a;\n};\nconstexpr S kTable[] = {\n  {f(1)},\n};\nenum class E {\n  a\n};\n",
        [],
    ),
    "functions, methods and arrows of TypeScript": (
        "a.ts",
        "export function f(a: string): void {\n}\nclass C {\n  m(): number {\n    return 1;\n  }\n}\nconst g = (a: number) => {\n};\n",
        [(1, 2), (4, 3), (8, 2)],
    ),
    "describe is a folder, its tests are the functions": (
        "a.ts",
        "describe('x {', () => {\n  test('y', () => {\n    z(`{${a}`, /[{\"]/);\n  });\n});\n",
        [(2, 3)],
    ),
    "Python by its own parser": (
        "a.py",
        "def f():\n    pass\n\n\nclass A:\n    async def g(self):\n        x = '''\n'''\n        return x\n",
        [(1, 2), (6, 4)],
    ),
}


@pytest.mark.parametrize("case", CASES, ids=lambda name: name.replace(" ", "_"))
def test_lengths(case: str) -> None:
    path, text, expected = CASES[case]
    assert sorted(function_lengths(path, text)) == expected
