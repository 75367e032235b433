#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds up test results and prints `N passed, N failed` as its last line.

usage: tools/test_summary.py [--junit FILE]... [--check NAME=passed|failed]...

A JUnit file of ctest holds whole programs. What counts here is the cases inside them, read from
the closing lines of doctest and of Python's unittest; a program that ended badly counts as one
failure at least, even where it was killed before it could say anything. Exits with 1 where
anything failed, and where nothing was run at all.
"""
import argparse
import re
import sys
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

DOCTEST = re.compile(r"\[doctest\] test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed")
UNITTEST = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
UNITTEST_BAD = re.compile(r"^FAILED \(.*?\)$", re.MULTILINE)


class Count(NamedTuple):
    passed: int
    failed: int


def cases(output: str, succeeded: bool) -> Count:
    """Cases that one program reports, made consistent with how it ended."""
    passed = failed = 0
    reported = False
    for match in DOCTEST.finditer(output):
        reported = True
        passed += int(match.group(1))
        failed += int(match.group(2))
    for match in UNITTEST.finditer(output):
        reported = True
        bad = UNITTEST_BAD.search(output, match.end())
        bad_count = sum(map(int, re.findall(r"(?:failures|errors)=(\d+)", bad.group()))) if bad else 0
        passed += int(match.group(1)) - bad_count
        failed += bad_count
    if succeeded:
        return Count(passed if reported else 1, failed)
    return Count(passed, max(failed, 1))


def read_junit(path: str) -> tuple:
    """Count of one JUnit file and the names of the programs that failed in it."""
    total, bad = Count(0, 0), []
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        if case.get("status") in ("disabled", "notrun"):
            continue
        succeeded = case.find("failure") is None and case.get("status") == "run"
        count = cases(case.findtext("system-out") or "", succeeded)
        total = Count(total.passed + count.passed, total.failed + count.failed)
        if count.failed:
            bad.append(case.get("name"))
    return total, bad


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--junit", action="append", default=[])
    parser.add_argument("--check", action="append", default=[])
    arguments = parser.parse_args()

    passed = failed = 0
    for path in arguments.junit:
        try:
            count, bad = read_junit(path)
        except (OSError, ElementTree.ParseError) as error:
            count, bad = Count(0, 1), [str(error)]
        passed += count.passed
        failed += count.failed
        for name in bad:
            print(f"failed: {name}")
    for check in arguments.check:
        name, _, result = check.rpartition("=")
        if result == "passed":
            passed += 1
        else:
            failed += 1
            print(f"failed: {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
