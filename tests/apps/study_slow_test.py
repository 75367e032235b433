# SPDX-License-Identifier: Apache-2.0
"""A study of 200 members: the same results for 1, 2 and 4 ranks and after being killed twice, and what
a second rank is worth. Prints the figures of docs/studies.md."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from study_support import HAS_MPI, command, digest, environment, members_done, study, write_study

SECONDS_MAX = 1200


def cpu_seconds() -> float:
    """Processor time of this process's ended children."""
    times = os.times()
    return times.children_user + times.children_system


class TwoHundred(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        # Long enough that to start MPI, half a second or so, is a small part of it.
        self.file = write_study(self.folder, seeds=100, duration="5d")

    def run_all(self, name, *arguments, ranks=0) -> tuple:
        """Seconds of the wall and of processors."""
        began, used = time.monotonic(), cpu_seconds()
        done = study(self.folder, "run", self.file, "--no-cache", "-o", name, "--quiet", *arguments,
                     ranks=ranks)
        self.assertEqual(done.returncode, 0, done.stderr)
        return time.monotonic() - began, cpu_seconds() - used

    def done(self, name) -> int:
        return members_done(pathlib.Path(self.folder) / name)

    def kill_at(self, name, count):
        with subprocess.Popen(command("study", "run", self.file, "--no-cache", "-o", name,
                                      "--quiet"), cwd=self.folder,
                              env=environment(self.folder)) as process:
            deadline = time.monotonic() + SECONDS_MAX
            while self.done(name) < count and process.poll() is None:
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.02)
            process.send_signal(signal.SIGKILL)

    def test_same_results_however_they_are_made(self):
        alone, _ = self.run_all("alone.sqlite", "-j", "1")
        expected = digest(self.folder, "alone.sqlite")
        print(f"1 process, 1 member at once: {alone:.1f} s, {200 / alone:.1f} members/s")
        self.kill_at("killed.sqlite", 60)
        self.kill_at("killed.sqlite", 130)
        before = self.done("killed.sqlite")
        self.assertLess(before, 200)
        self.run_all("killed.sqlite")
        self.assertEqual(digest(self.folder, "killed.sqlite"), expected)
        print(f"killed twice, with {before} of 200 done at the second: the same results")
        if not HAS_MPI:
            self.skipTest("no mpirun, or built without MPI")
        walls = {}
        for ranks in (1, 2, 4):
            name = f"{ranks}.sqlite"
            walls[ranks], cpu = self.run_all(name, ranks=ranks)
            self.assertEqual(digest(self.folder, name), expected)
            print(f"{ranks} ranks: {walls[ranks]:.1f} s, {cpu:.1f} s of processors")
        print(f"efficiency of 2 ranks: {walls[1] / (2 * walls[2]):.2f}")


if __name__ == "__main__":
    unittest.main()
