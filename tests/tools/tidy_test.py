# SPDX-License-Identifier: Apache-2.0
"""tools/tidy.py catches what it promises to catch, and leaves innocent lines alone."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import tidy  # noqa: E402

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


def rules_broken(line: str, path: str = "market/x.cpp") -> list:
    return [finding.rule for finding in tidy.file_findings(path, SPDX + line + "\n")]


class BadLines(unittest.TestCase):
    """Each line breaks exactly the rule that is named beside it."""

    CASES = (
        ("#include <chrono>", "clock"),
        ("auto t = std::chrono::steady_clock::now();", "clock"),
        ("auto t = std::time(nullptr);", "clock"),
        ("auto t = time(NULL);", "clock"),
        ("int x = rand();", "rand"),
        ("std::mt19937_64 engine;", "rand"),
        ("std::random_device device;", "rand"),
        ("std::normal_distribution<double> normal;", "distribution"),
        ("std::shuffle(a.begin(), a.end(), engine);", "shuffle"),
        ("std::ranges::shuffle(a, engine);", "shuffle"),
        ("auto h = std::hash<int>{}(3);", "hash"),
        ("std::unordered_map<int, int> m;", "unordered"),
        ("#include <unordered_set>", "unordered"),
        ("tbb::concurrent_unordered_map<int, int> m;", "unordered"),
        ("std::map<const Agent*, int> m;", "pointer key"),
        ("std::set<Agent const *> s;", "pointer key"),
        ("double y = std::exp(x);", "libm"),
        ("float y = std::sinf(x);", "libm"),
        ("double y = ::pow(x, 2);", "libm"),
        ("double y = log1p(x);", "libm"),
        ("thread_local int depth;", "thread identity"),
        ("auto id = std::this_thread::get_id();", "thread identity"),
        ("tbb::enumerable_thread_specific<int> sums;", "thread identity"),
        ("auto s = tbb::parallel_reduce(range, 0.0, f, g);", "reduction"),
        ("tbb::parallel_for(range, f, tbb::static_partitioner{});", "reduction"),
        ("auto s = std::reduce(a.begin(), a.end());", "reduction"),
        ("for (auto x : a | std::views::reverse) f(x);", "too new"),
        ('auto s = std::format("{}", x);', "too new"),
        ("// TODO: think", "todo"),
        ("/* FIXME later */", "todo"),
        ('#include "agents/random.hpp"', "layers"),
        ('#include "ids.hpp"', "include"),
        ("#include <fmt/core.h>", "packages"),
        ("#include <yaml-cpp/yaml.h>", "packages"),
        ("#include <doctest/doctest.h>", "packages"),
    )

    def test_each_is_caught(self):
        for line, rule in self.CASES:
            with self.subTest(line=line):
                self.assertEqual(rules_broken(line), [rule])

    def test_the_same_lines_pass_with_a_reason(self):
        for line, rule in self.CASES:
            if rule == "todo":
                continue  # it stands inside a comment already
            with self.subTest(line=line):
                self.assertEqual(rules_broken(line + "  // tidy: only for the log"), [])

    def test_an_excuse_without_a_reason_is_none(self):
        self.assertEqual(rules_broken("int x = rand();  // tidy:"), ["rand"])

    def test_an_excuse_inside_a_string_is_none(self):
        self.assertEqual(rules_broken('int x = rand(); f("// tidy: no");'), ["rand"])

    def test_the_line_is_named(self):
        text = SPDX + 'auto s = R"(one\ntwo)";  /* three\nfour */\nint x = rand();\n'
        findings = list(tidy.file_findings("market/x.cpp", text))
        self.assertEqual([str(f)[:20] for f in findings], ["market/x.cpp:5: rand"])


class GoodLines(unittest.TestCase):
    CASES = (
        "// The wall clock and rand() are banned; std::hash too.",
        'const char* text = "std::unordered_map and std::exp(1)";',
        'const char* text = R"(std::exp(1) "quoted" )";',
        "std::map<AccountId, Order*> orders;",
        "double y = std::sqrt(x) + std::floor(x);",
        "const Time time = clock.time();",
        "auto s = tbb::parallel_deterministic_reduce(range, 0.0, f, g);",
        "int million = 1'000'000; double y = operand(x);",
        "double y = table.log(x) + numeric::exp(x);",
        "// TODO(#12): wait for the bond book",
        '#include "market/ids.hpp"',
        "#include <algorithm>",
    )

    def test_each_passes(self):
        for line in self.CASES:
            with self.subTest(line=line):
                self.assertEqual(rules_broken(line), [])

    def test_our_own_exp_is_welcome_where_it_is_included(self):
        text = '#include "agents/numeric.hpp"\ndouble y = exp(x);'
        self.assertEqual(rules_broken(text, "agents/x.cpp"), [])

    def test_apps_may_read_the_clock(self):
        self.assertEqual(rules_broken("#include <chrono>", "apps/x.cpp"), [])

    def test_layers_may_look_down(self):
        text = '#include "market/ids.hpp"\n#include "agents/random.hpp"\n#include <yaml-cpp/yaml.h>'
        self.assertEqual(rules_broken(text, "world/x.cpp"), [])


class Files(unittest.TestCase):
    def test_the_licence_comes_first(self):
        found = list(tidy.file_findings("market/x.cpp", "int x;\n"))
        self.assertEqual([f.rule for f in found], ["licence"])

    def test_a_header_is_read_once(self):
        found = list(tidy.file_findings("market/x.hpp", SPDX))
        self.assertEqual([f.rule for f in found], ["pragma once"])

    def test_a_file_has_400_lines_at_most(self):
        body = SPDX + "int x;\n" * 399
        self.assertEqual(list(tidy.file_findings("market/x.cpp", body)), [])
        found = list(tidy.file_findings("market/x.cpp", body + "int y;\n"))
        self.assertEqual([f.rule for f in found], ["length"])

    def test_a_long_file_may_shrink_but_its_number_follows(self):
        tidy.LONG_FILES["market/x.cpp"] = 500
        self.addCleanup(tidy.LONG_FILES.clear)

        def found(lines):
            body = SPDX + "int x;\n" * (lines - 1)
            return [f.rule for f in tidy.file_findings("market/x.cpp", body)]

        self.assertEqual(found(500), [])
        self.assertEqual(found(501), ["length"])
        self.assertEqual(found(499), ["length"])

    def test_fast_math_is_refused(self):
        found = list(tidy.build_findings("CMakeLists.txt", "add_compile_options(-ffast-math)\n"))
        self.assertEqual([f.rule for f in found], ["fast-math"])
        self.assertEqual(list(tidy.build_findings("CMakeLists.txt", "# never -ffast-math\n")), [])


class Program(unittest.TestCase):
    def test_names_the_place_and_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "world" / "bad.cpp"
            source.parent.mkdir()
            source.write_text(SPDX + "int x = rand();\n", encoding="utf-8")
            done = subprocess.run([sys.executable, ROOT / "tools" / "tidy.py", folder],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stdout.startswith("world/bad.cpp:2: rand: "), done.stdout)

    def test_a_clean_tree_passes_in_silence(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, ROOT / "tools" / "tidy.py", folder],
                                  capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""))


if __name__ == "__main__":
    unittest.main()
