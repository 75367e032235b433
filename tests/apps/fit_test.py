# SPDX-License-Identifier: Apache-2.0
"""`crowdout fit` as its users meet it: what it writes, exit codes, interruptions."""
import json
import os
import pathlib
import shlex
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from program_support import PROGRAM, ROOT, InFolder

# Makers such that a coin trades at 5 bp; two hours of it are enough.
FIT = """
name: narrow
world: world.yaml
set: [duration=2h]
parameters:
  - {name: distance, field: "populations[makers].fill_distance", range: [1bp, 30bp], scale: log}
targets:
  - {name: spread, measure: spread, of: COIN, every: 1min, between: [4.9bp, 5.1bp]}
training: {seeds: 3}
held_out: {seeds: 2}
evaluations: 12
surface: {slice: 3, grid: 0}
"""


class Fit(InFolder):
    def setUp(self):
        super().setUp()
        world = (ROOT / "configs" / "minimal.yaml").read_text()
        (self.folder / "world.yaml").write_text(world)
        (self.folder / "fit.yaml").write_text(FIT)

    def test_it_finds_a_better_world_and_writes_it(self):
        done = self.crowdout("fit", "fit.yaml", "--quiet", "-o", "fitted.yaml", "--result",
                             "fit.json")

        self.assertEqual(done.returncode, 0, done.stderr)
        fit = json.loads((self.folder / "fit.json").read_text())
        self.assertTrue(fit["whole"])
        training = fit["training"]
        self.assertLess(training["after"]["loss"], training["before"]["loss"])
        # Within twice the tolerance: 5 bp give or take 0.2.
        estimate = training["after"]["targets"][0]["estimate"]
        self.assertAlmostEqual(estimate, 5e-4, delta=0.3e-4)
        self.assertNotEqual(fit["held_out"]["after"]["targets"][0]["estimate"], estimate)
        self.assertGreaterEqual(len(fit["slices"][0]["points"]), 3)

        # The patch, and the line that was printed, are the same world.
        line = next(line for line in done.stdout.splitlines() if line.startswith("crowdout run"))
        sets = shlex.split(line)[3:]
        by_line = self.crowdout("check", "--resolved", "world.yaml", *sets)
        by_file = self.crowdout("check", "--resolved", "fitted.yaml")
        self.assertEqual(by_file.returncode, 0, by_file.stderr)
        self.assertEqual(by_line.stdout, by_file.stdout)
        fitted = (self.folder / "fitted.yaml").read_text()
        self.assertTrue(fitted.startswith("# yaml-language-server: $schema="))
        self.assertIn("extends: world.yaml", fitted)

    def test_the_same_comes_out_of_any_number_of_processes(self):
        one = self.crowdout("fit", "fit.yaml", "--json", "--quiet", "-j", "1", "--no-cache",
                            "--evaluations", "4")
        three = self.crowdout("fit", "fit.yaml", "--json", "--quiet", "-j", "3", "--no-cache",
                              "--evaluations", "4")
        self.assertEqual(one.returncode, 0, one.stderr)
        self.assertEqual(one.stdout, three.stdout)

    def test_a_bad_file_is_answered_with_its_line_and_nothing_is_written(self):
        (self.folder / "fit.yaml").write_text(FIT.replace("fill_distance\"", "fill_distanc\""))
        bad = self.crowdout("fit", "fit.yaml", "-o", "fitted.yaml")
        self.assertEqual(bad.returncode, 3)
        self.assertIn("fit.yaml:6:", bad.stderr)
        self.assertIn("did you mean 'fill_distance'", bad.stderr)
        self.assertFalse((self.folder / "fitted.yaml").exists())
        self.assertEqual(self.crowdout("fit", "fit.yaml", "--evaluations", "0").returncode, 2)
        self.assertEqual(self.crowdout("fit", "fit", "--quiet").returncode, 5)

    def test_what_cannot_be_written_is_said_before_anything_runs(self):
        (self.folder / "world.yaml").rename(self.folder / "base.yaml")
        (self.folder / "world.yaml").write_text("extends: base.yaml\n")
        for file, code, what in (("out/fitted.yaml", 5, "there is no folder"),
                                 ("./world.yaml", 2, "would destroy"),
                                 ("base.yaml", 2, "would destroy"),
                                 ("fit.yaml", 2, "would destroy")):
            refused = self.crowdout("fit", "fit.yaml", "-o", file)
            self.assertEqual(refused.returncode, code)
            self.assertIn(what, refused.stderr)
        self.assertFalse((self.folder / ".cache").exists())

    def test_a_start_without_an_estimate_is_refused(self):
        lines = FIT.splitlines()
        spread = next(i for i, line in enumerate(lines) if "name: spread" in line)
        lines[spread] = ("  - {name: impact, measure: impact_exponent, of: COIN, "
                         "orders_min: 1000000, between: [0.4, 0.6]}")
        (self.folder / "fit.yaml").write_text("\n".join(lines))
        undefined = self.crowdout("fit", "fit.yaml", "--quiet")
        self.assertEqual(undefined.returncode, 9, undefined.stderr)
        self.assertIn("at the start no target has an estimate", undefined.stderr)

    def test_what_goes_on_is_the_same_search(self):
        # Where a sanitizer lays its shadow over all addresses, no limit can be kept.
        memory = [] if os.environ.get("CROWDOUT_SANITIZE") else ["--member-memory", "4000"]
        given = ["--set", "set=[duration=1d]", "--evaluations", "3", "--jobs", "1", "--cache",
                 "my cache", "--member-seconds", "600.5", *memory, "--output", "my world.yaml",
                 "--result", "fit.json", "--json", "--quiet"]
        fit = subprocess.Popen([PROGRAM, "fit", "fit.yaml", *given], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True, env=self.environment,
                               cwd=self.folder)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not list(self.folder.glob("my cache/**/*.member")):
            self.assertIsNone(fit.poll())
            time.sleep(0.02)
        fit.send_signal(signal.SIGINT)
        _, err = fit.communicate(timeout=60)

        self.assertEqual(fit.returncode, 130, err)
        said = next(line for line in err.splitlines() if line.startswith("  crowdout fit"))
        self.assertEqual(shlex.split(said), ["crowdout", "fit", "fit.yaml", *given])

    def test_an_interrupt_keeps_the_best_so_far_and_the_same_command_goes_on(self):
        command = ["fit", "fit.yaml", "--quiet", "--set", "set=[duration=1d]", "--set",
                   "training.seeds=40", "--json"]
        fit = subprocess.Popen([PROGRAM, *command], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, env=self.environment,
                               cwd=self.folder)
        cache = self.folder / ".cache" / "crowdout"
        deadline = time.monotonic() + 120
        # The start is known once its 40 members are; some more make the search be under way.
        while time.monotonic() < deadline and len(list(cache.glob("**/*.member"))) < 45:
            self.assertIsNone(fit.poll())
            time.sleep(0.02)
        fit.send_signal(signal.SIGINT)
        out, err = fit.communicate(timeout=60)

        self.assertEqual(fit.returncode, 130, err)
        found = json.loads(out)
        self.assertFalse(found["whole"])
        self.assertEqual(found["end"], "stopped")
        self.assertIn("crowdout fit fit.yaml", err)
        again = self.crowdout(*command, "--evaluations", "2", "--set", "surface.slice=0")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(json.loads(again.stdout)["path"][0], found["path"][0])


if __name__ == "__main__":
    unittest.main()
