# SPDX-License-Identifier: Apache-2.0
"""tools/test_summary.py counts cases, and counts no failure away."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import test_summary  # noqa: E402

JUNIT = """<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="all">
  <testcase name="market.unit" status="run"><system-out>
[doctest] test cases:  12 |  12 passed | 0 failed | 3 skipped
  </system-out></testcase>
  <testcase name="world.unit" status="fail"><failure message=""/><system-out>
[doctest] test cases:   5 |   3 passed | 2 failed |
  </system-out></testcase>
  <testcase name="world.slow" status="disabled"/>
</testsuite>
"""


class Cases(unittest.TestCase):
    def test_doctest(self):
        line = "[doctest] test cases:  7 |  5 passed | 2 failed | 0 skipped"
        self.assertEqual(test_summary.cases(line, succeeded=False), (5, 2))

    def test_unittest(self):
        self.assertEqual(test_summary.cases("Ran 9 tests in 0.1s\n\nOK\n", True), (9, 0))
        text = "Ran 9 tests in 0.1s\n\nFAILED (failures=2, errors=1)\n"
        self.assertEqual(test_summary.cases(text, False), (6, 3))

    def test_a_crash_is_a_failure_even_without_a_word(self):
        self.assertEqual(test_summary.cases("Segmentation fault", succeeded=False), (0, 1))

    def test_a_sanitizer_report_after_passing_cases_is_a_failure(self):
        line = "[doctest] test cases: 4 | 4 passed | 0 failed |\nERROR: LeakSanitizer"
        self.assertEqual(test_summary.cases(line, succeeded=False), (4, 1))

    def test_a_program_that_counts_nothing_is_one_case(self):
        self.assertEqual(test_summary.cases("fine", succeeded=True), (1, 0))

    def test_an_empty_suite_is_no_case(self):
        line = "[doctest] test cases: 0 | 0 passed | 0 failed | 9 skipped"
        self.assertEqual(test_summary.cases(line, succeeded=True), (0, 0))


class Program(unittest.TestCase):
    def summary(self, *arguments):
        done = subprocess.run([sys.executable, ROOT / "tools" / "test_summary.py", *arguments],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()

    def test_adds_files_and_checks(self):
        with tempfile.TemporaryDirectory() as folder:
            junit = pathlib.Path(folder) / "a.xml"
            junit.write_text(JUNIT, encoding="utf-8")
            code, lines = self.summary("--junit", junit, "--check", "format=passed")
        self.assertEqual(lines, ["failed: world.unit", "16 passed, 2 failed"])
        self.assertEqual(code, 1)

    def test_all_well(self):
        self.assertEqual(self.summary("--check", "a=passed"), (0, ["1 passed, 0 failed"]))

    def test_a_missing_file_is_a_failure(self):
        code, lines = self.summary("--junit", "/nonexistent.xml", "--check", "a=passed")
        self.assertEqual((code, lines[-1]), (1, "1 passed, 1 failed"))

    def test_nothing_run_is_no_success(self):
        self.assertEqual(self.summary(), (1, ["0 passed, 0 failed"]))


if __name__ == "__main__":
    unittest.main()
