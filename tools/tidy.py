#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the sources for what compilers let pass and this project does not.

usage: tools/tidy.py [ROOT]

Prints `file:line: rule: what`, one a line, and exits with 1 where there is any. The rules and
their reasons are in docs/style.md. A line that must break one says why: `// tidy: the reason`.
"""
import pathlib
import re
import sys
from typing import Iterable, Iterator, NamedTuple

LAYERS = ("market", "agents", "world", "studies", "viz", "apps")  # left must not include right
DETERMINISTIC = ("market", "agents", "world")
CXX_FOLDERS = LAYERS + ("tests", "bench")
LINES_MAX = 400

# A ratchet: files that were longer when the rule came. They may shrink, never grow.
LONG_FILES: dict[str, int] = {}

# Package headers and where they are at home; tests and bench may use any of them.
HOMES = (
    (re.compile(r"tbb/|oneapi/"), ("world",)),
    (re.compile(r"yaml-cpp/"), ("world",)),
    (re.compile(r"boost/"), ("world", "studies")),
    (re.compile(r"nlopt"), ("studies",)),
    (re.compile(r"(zstd|zlib)\.h"), ("world",)),
    (re.compile(r"Random123/"), ("agents",)),
    (re.compile(r"fmt/"), ("world", "studies", "viz", "apps")),
    (re.compile(r"CLI/"), ("apps",)),
    (re.compile(r"SFML/|imgui"), ("viz",)),
    (re.compile(r"sqlite3\.h"), ("studies", "apps")),
    (re.compile(r"mpi\.h"), ("studies",)),
    (re.compile(r"doctest|rapidcheck"), ()),
)


class Rule(NamedTuple):
    name: str
    pattern: re.Pattern
    reason: str
    folders: tuple  # top folders where it holds


def rule(name: str, pattern: str, reason: str, folders: tuple = DETERMINISTIC) -> Rule:
    return Rule(name, re.compile(pattern), reason, folders)


RULES = (
    rule("clock",
         r"#include <(chrono|ctime|time\.h|sys/time\.h)>|\bchrono::\w*_clock\b|\bgettimeofday\b"
         r"|\bclock_gettime\b|(?<![\w.>:])(?:std::|::)(?:time|clock)\s*\(|(?<![\w.>:])time\s*\(\s*(?:NULL|nullptr|0)\s*\)",
         "a run must not depend on the wall clock; simulated time is `market::Time`"),
    rule("rand",
         r"#include <random>|(?<![\w.>])s?rand\s*\(\s*\)|\bsrand\b|\brandom_device\b|\bmt19937"
         r"|\bdefault_random_engine\b|\bminstd_rand",
         "draws are keyed, see agents/random.hpp"),
    rule("distribution", r"\bstd::\w+_distribution\b",
         "the standard does not fix the algorithm; see agents/random.hpp"),
    rule("shuffle", r"\bstd::(ranges::)?(random_)?(shuffle|sample)\b",
         "the standard does not fix the algorithm"),
    rule("hash", r"\bstd::hash\b", "differs between libraries; mix the bits yourself"),
    rule("unordered", r"\bunordered_(multi)?(map|set)\b|\bconcurrent_(unordered|hash)_\w+",
         "the order of its elements reaches results; sort, or index by number"),
    rule("pointer key",
         r"\b(map|set|multimap|multiset)\s*<\s*(const\s+)?[\w:]+(\s+const)?\s*\*"
         r"|\breinterpret_cast<\s*(std::)?u?intptr_t\s*>",
         "addresses differ from run to run; use an index"),
    rule("libm",
         r"(\bstd::|(?<![\w:])::)(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2"
         r"|sinh|cosh|tanh|erf|erfc|tgamma|lgamma|cbrt|hypot|fma)[fl]?\s*\(",
         "the last bit depends on the system's libm; see agents/numeric.hpp"),
    rule("thread identity",
         r"\bthis_thread\b|\bthis_task_arena::current_thread_index\b|\bthread_local\b"
         r"|\benumerable_thread_specific\b|\bcombinable\b|\bhardware_concurrency\b",
         "what a task computes must not depend on which thread runs it"),
    rule("reduction",
         r"\bparallel_reduce\b|\bparallel_sort\b|\bstatic_partitioner\b|\baffinity_partitioner\b"
         r"|\bstd::(transform_)?reduce\s*\(|\bstd::execution\b",
         "its grouping follows timing; use parallel_deterministic_reduce or a stable order"),
    rule("too new", r"\bstd::(ranges::)?views\b|\bstd::(format|expected|jthread|print)\b",
         "not in both g++ 12 and clang 14", CXX_FOLDERS),
    rule("todo", r"\b(TODO|FIXME|XXX)\b(?!\s*\(?#\d+)", "name its issue: TODO(#12)", CXX_FOLDERS),
)

UNQUALIFIED_LIBM = rule(
    "libm",
    r"(?<![\w.>:])(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|tanh|erf|erfc|cbrt)\s*\(",
    "unqualified, and agents/numeric.hpp is not included: this is the system's libm")

EXCUSE = re.compile(r"//\s*tidy:\s*\S")
TOKENS = re.compile(
    r'R"(?P<delimiter>[^\s()\\]{0,16})\(.*?\)(?P=delimiter)"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'                                     # string
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"                     # character, not a digit separator
    r"|//[^\n]*|/\*.*?\*/", re.DOTALL)


class Finding(NamedTuple):
    path: str
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.what}"


def blank(text: str, keep_comments: bool) -> str:
    """`text` with strings (and comments) emptied; every line keeps its number."""

    def replace(match: re.Match) -> str:
        token = match.group()
        if token.startswith("/"):
            return token if keep_comments else "\n" * token.count("\n")
        if token.startswith("'"):
            return "''"
        return '""' + "\n" * token.count("\n")

    return TOKENS.sub(replace, text)


def line_findings(path: str, folder: str, text: str) -> Iterator[Finding]:
    # The name between the quotes of an include is needed, so includes are read from the original.
    original = text.split("\n")
    code = blank(text, keep_comments=False).split("\n")
    remarks = blank(text, keep_comments=True).split("\n")
    rules = [r for r in RULES if folder in r.folders]
    numeric = "agents/numeric.hpp"
    if folder in DETERMINISTIC and numeric not in text and path != numeric:
        rules.append(UNQUALIFIED_LIBM)
    for number, line in enumerate(original, start=1):
        if EXCUSE.search(remarks[number - 1]):
            continue
        for r in rules:
            subject = remarks if r.name == "todo" else code
            if r.pattern.search(subject[number - 1]):
                yield Finding(path, number, r.name, r.reason)
        if re.match(r"\s*#\s*include\b", code[number - 1]):
            yield from include_findings(path, folder, number, line)


def include_findings(path: str, folder: str, number: int, line: str) -> Iterator[Finding]:
    match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
    if not match or folder not in LAYERS:
        return
    target = match.group(2)
    layer = target.split("/")[0]
    if layer in LAYERS and LAYERS.index(layer) > LAYERS.index(folder):
        yield Finding(path, number, "layers", f"{folder}/ is below {layer}/ and must not know it")
    if match.group(1) == '"' and layer not in LAYERS:
        yield Finding(path, number, "include", "write the path from the root: \"market/ids.hpp\"")
    for pattern, homes in HOMES:
        if pattern.match(target) and folder not in homes:
            yield Finding(path, number, "packages",
                          f"<{target}> is at home in {' and '.join(homes) or 'tests'}/ only")


def file_findings(path: str, text: str) -> Iterator[Finding]:
    """Findings of one C++ file; `path` is relative to the root."""
    folder = path.split("/")[0]
    lines = text.split("\n")
    if lines[0] != "// SPDX-License-Identifier: Apache-2.0":
        yield Finding(path, 1, "licence", "the first line is // SPDX-License-Identifier: Apache-2.0")
    if path.endswith(".hpp") and "#pragma once" not in lines:
        yield Finding(path, 1, "pragma once", "every header has it")
    length = text.count("\n")
    limit = LONG_FILES.get(path, LINES_MAX)
    if length > limit:
        yield Finding(path, limit + 1, "length", f"{length} lines; look for a seam at {limit}")
    if path in LONG_FILES and length < limit:
        yield Finding(path, 1, "length", f"shrank to {length}: lower its number in tools/tidy.py")
    yield from line_findings(path, folder, text)


def build_findings(path: str, text: str) -> Iterator[Finding]:
    """Findings of one CMake file."""
    for number, line in enumerate(text.split("\n"), start=1):
        if re.search(r"-ffast-math|-Ofast|-funsafe-math", line.split("#")[0]):
            yield Finding(path, number, "fast-math", "a run would depend on the compiler's mood")


def script_findings(path: str, text: str) -> Iterator[Finding]:
    """Findings of one shell or Python script: the licence stands under the #! line."""
    if not any("SPDX-License-Identifier: Apache-2.0" in line for line in text.split("\n")[:2]):
        yield Finding(path, 1, "licence", "one of the first two lines is the SPDX line")


def tree_findings(root: pathlib.Path) -> Iterator[Finding]:
    def files(folders: Iterable[str], *patterns: str) -> Iterator[tuple]:
        for folder in folders:
            for pattern in patterns:
                for file in sorted((root / folder).rglob(pattern)):
                    yield file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")

    for path, text in files(CXX_FOLDERS, "*.hpp", "*.cpp"):
        yield from file_findings(path, text)
    for path, text in files(("tools", "tests"), "*.py", "*.sh"):
        yield from script_findings(path, text)
    for name in ("CMakeLists.txt", "tests/CMakeLists.txt", "bench/CMakeLists.txt"):
        if (root / name).is_file():
            yield from build_findings(name, (root / name).read_text(encoding="utf-8"))
    for path in LONG_FILES:
        if not (root / path).is_file():
            yield Finding(path, 1, "length", "is gone: remove it from LONG_FILES")


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    found = list(tree_findings(root if root.is_dir() else root.parent.parent))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
