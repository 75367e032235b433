# SPDX-License-Identifier: Apache-2.0
"""Studies as their users meet them: run, killed, gone on with, over ranks and shards, and read."""
import csv
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from study_support import (HAS_MPI, PROGRAM, ROOT, command, digest, environment, members_done,
                           study, write_study)


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="crowdout study ")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.file = write_study(self.folder)

    def succeed(self, *arguments, **options):
        done = study(self.folder, *arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def path(self, name) -> pathlib.Path:
        return pathlib.Path(self.folder) / name

    def reference(self) -> str:
        self.succeed("run", self.file, "--no-cache", "-o", "whole.sqlite", "--quiet")
        return digest(self.folder, "whole.sqlite")


class Run(InFolder):
    def test_tables_say_what_was_found(self):
        out = self.succeed("run", self.file)
        self.assertIn("makers=2", out)
        self.assertIn("8 of 8 members in toy.sqlite", out)
        rows = json.loads(self.succeed("table", "toy.sqlite", "--json"))
        self.assertEqual(len(rows["summary"]), 8)  # 2 points, 2 branches, 2 measures
        self.assertEqual(len({row["mean"] for row in rows["summary"] if row["measure"] == "depth"}), 4)
        self.assertEqual({row["runs"] for row in rows["summary"]}, {4})
        # A fork has the luck of its run: what it changes is told seed by seed.
        self.assertIn("less the run", out)
        with sqlite3.connect(self.path("toy.sqlite")) as results:
            changes = results.execute("SELECT point, difference FROM differences").fetchall()
        self.assertEqual(len(changes), 16)  # 8 members, 2 measures
        self.assertEqual(len(rows["differences"]), 4)  # 2 points, 2 measures
        for row in rows["differences"]:
            self.assertEqual(row["runs"], 4)
            self.assertLessEqual(row["low"], row["mean"])
        total = sum(change for point, change in changes if point == 0)
        self.assertAlmostEqual(
            sum(4 * row["mean"] for row in rows["differences"] if row["point"] == 0), total)
        self.succeed("table", "toy.sqlite", "--csv", "members.csv")
        with self.path("members.csv").open(encoding="utf-8") as file:
            members = list(csv.DictReader(file))
        self.assertEqual(len(members), 16)
        self.assertEqual({row["state"] for row in members}, {"done"})

    def test_a_member_is_the_run_of_its_seed(self):
        self.succeed("run", self.file, "--quiet")
        with sqlite3.connect(self.path("toy.sqlite")) as results:
            found, = results.execute("SELECT digest FROM digests JOIN members USING (member) "
                                     "WHERE point = 1 AND seed = 3 AND branch = 0").fetchone()
        line = subprocess.run(
            [PROGRAM, "run", ROOT / "configs" / "minimal.yaml", "--seed", "3", "--set",
             "duration=40min", "--set", "populations[makers].count=2", "--quiet", "--json"],
            capture_output=True, text=True, check=True, timeout=60).stdout
        self.assertEqual(json.loads(line)["digest"], found)

    def test_a_second_call_has_nothing_to_do(self):
        expected = self.reference()
        self.succeed("run", self.file, "-o", "whole.sqlite", "--quiet")
        self.assertEqual(digest(self.folder, "whole.sqlite"), expected)
        status = self.succeed("status", "whole.sqlite")
        self.assertIn("8 of 8 members done, 0 lost, 0 to run", status)

    def test_a_cache_that_cannot_be_made_matters_only_where_it_was_asked_for(self):
        done = study(self.folder, "run", self.file, "--quiet", XDG_CACHE_HOME="/proc")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("members are not kept: cannot make the folder '/proc/crowdout'", done.stderr)
        done = study(self.folder, "run", self.file, "--restart", "--cache", "/proc/none")
        self.assertEqual(done.returncode, 5)
        self.assertIn("cannot make the folder '/proc/none'", done.stderr)

    def test_another_study_is_refused_with_what_differs(self):
        self.reference()
        done = study(self.folder, "run", self.file, "-o", "whole.sqlite", "--set", "seeds=5")
        self.assertEqual(done.returncode, 5)
        self.assertIn("`seeds: 4` is now `seeds: 5`", done.stderr)
        self.succeed("run", self.file, "-o", "whole.sqlite", "--set", "seeds=5", "--restart")

    def test_wrong_studies_are_answered_as_worlds_are(self):
        for change, part in (("seeds=0", "E0142"), ("members_max=7", "8 members"),
                             ("measures[depth].measure=nothing", "E0161"),
                             ("measures[depth].from=1d", "before the end of the run"),
                             ("factors[makers].values=[0]", "E0142")):
            with self.subTest(change):
                done = study(self.folder, "plan", self.file, "--set", change)
                self.assertEqual(done.returncode, 3)
                self.assertIn(part, done.stderr)

    def test_a_plan_with_the_time_says_what_would_be_lost(self):
        done = study(self.folder, "plan", self.file, "--time", "--set", "limits.time=1ms")
        self.assertEqual(done.returncode, 9)
        self.assertIn("lost: member 0 timed_out: it took more than 0.001 s", done.stderr)

    def test_a_lost_member_is_lost_alone(self):
        file = write_study(self.folder, seeds=2)
        out = study(self.folder, "run", file, "--no-cache", "--set", "limits.time=1ms")
        self.assertEqual(out.returncode, 9)  # none was measured
        self.assertIn("timed_out", out.stderr)
        self.assertIn("--retry", out.stderr)
        again = study(self.folder, "run", file, "--quiet")
        self.assertEqual(again.returncode, 9)  # what is lost is not tried again unasked
        self.assertIn("0 of 4 members done, 4 lost", self.succeed("status", "toy.sqlite"))
        self.succeed("run", file, "--quiet", "--retry")
        self.assertIn("4 of 4 members done, 0 lost", self.succeed("status", "toy.sqlite"))


class Ended(InFolder):
    """Goal: what ended is kept, whatever ends a study, and it goes on to the same results."""

    def begin(self, *arguments, ranks=0):
        return subprocess.Popen(command("study", "run", self.file, "--no-cache", "-o",
                                        "r.sqlite", "-j", "1", "--quiet", *arguments, ranks=ranks),
                                cwd=self.folder, env=environment(self.folder),
                                stderr=subprocess.PIPE, text=True)

    def done(self) -> int:
        return members_done(self.path("r.sqlite"))

    def wait_for(self, count, process):
        deadline = time.monotonic() + 120
        while self.done() < count and process.poll() is None:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)

    def test_by_kill_twice(self):
        self.file = write_study(self.folder, seeds=60)  # of 120 members
        expected = self.reference()
        for count in (2, 6):
            with self.begin() as process:
                self.wait_for(count, process)
                process.kill()
        self.assertLess(self.done(), 120)
        with self.begin() as process:
            self.assertEqual(process.wait(timeout=300), 0)
        self.assertEqual(digest(self.folder, "r.sqlite"), expected)

    def test_by_ctrl_c(self):
        self.file = write_study(self.folder, seeds=40)
        with self.begin() as process:
            self.wait_for(1, process)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertIn("go on with", err)
        self.assertGreaterEqual(self.done(), 1)

    @unittest.skipUnless(HAS_MPI, "no mpirun, or built without MPI")
    def test_by_the_death_of_a_rank(self):
        self.file = write_study(self.folder, seeds=20)
        with self.begin(ranks=2) as process:
            self.wait_for(2, process)
            children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True,
                                      text=True, check=True).stdout.split()
            began = time.monotonic()
            os.kill(int(children[-1]), signal.SIGKILL)
            _, err = process.communicate(timeout=60)
        self.assertLess(time.monotonic() - began, 10)
        self.assertNotEqual(process.returncode, 0)
        self.assertIn("exited on signal 9", err)
        self.assertGreaterEqual(self.done(), 2)
        self.file = write_study(self.folder, seeds=20)
        self.succeed("run", self.file, "-o", "r.sqlite", "--quiet")


class Spread(InFolder):
    @unittest.skipUnless(HAS_MPI, "no mpirun, or built without MPI")
    def test_ranks_give_the_same_results(self):
        expected = self.reference()
        for ranks in (1, 2, 4):
            with self.subTest(ranks=ranks):
                name = f"{ranks}.sqlite"
                self.succeed("run", self.file, "--no-cache", "-o", name, "--quiet", ranks=ranks)
                self.assertEqual(digest(self.folder, name), expected)

    @unittest.skipUnless(HAS_MPI, "no mpirun, or built without MPI")
    def test_a_mistake_ends_all_ranks_with_its_code(self):
        done = study(self.folder, "run", self.file, "--set", "seeds=0", ranks=2)
        self.assertEqual(done.returncode, 3)
        self.assertIn("E0142", done.stderr)

    def test_shards_are_collected(self):
        expected = self.reference()
        for shard in (1, 2, 3):
            self.succeed("run", self.file, "--no-cache", "--shard", f"{shard}/3", "--quiet")
        parts = [f"toy.{shard}-of-3.sqlite" for shard in (1, 2, 3)]
        self.assertIn("8 of 8 members", self.succeed("collect", self.file, *parts))
        self.assertEqual(digest(self.folder, "toy.sqlite"), expected)
        done = study(self.folder, "run", self.file, "--shard", "4/3")
        self.assertEqual(done.returncode, 2)

    def test_slurm_scripts_are_scripts(self):
        for arguments in ((), ("--throttle", "2", "--cores", "8"), ("--mpi",)):
            script = self.succeed("slurm", self.file, "--tasks", "4", *arguments)
            subprocess.run(["bash", "-n"], input=script, text=True, check=True)
            self.assertIn("crowdout study run", script)
        self.assertIn("#SBATCH --array=1-4%2\n",
                      self.succeed("slurm", self.file, "--tasks", "4", "--throttle", "2"))

    def test_slurm_scripts_of_a_file_with_a_blank_are_scripts(self):
        file = self.path("my 50% study's.yaml")
        self.path(self.file).rename(file)
        args = self.path("args")
        for name in ("crowdout", "mpirun"):
            stub = self.path(name)
            stub.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > args\n')
            stub.chmod(0o755)
        for arguments, said in (((), ["study", "run", str(file), "--shard", "1/4", "-j", "1"]),
                                (("--mpi",), ["-n", "4", "crowdout", "study", "run", str(file), "-o",
                                              "my 50% study's.sqlite", "-j", "1"])):
            script = self.succeed("slurm", file, "--tasks", "4", *arguments)
            self.assertIn("#SBATCH --job-name=my_50__study_s\n", script)
            self.assertIn("#SBATCH --output=my_50__study_s.", script)
            subprocess.run(["bash"], input=script, text=True, check=True, cwd=self.folder,
                           env={"PATH": f"{self.folder}:/bin:/usr/bin", "SLURM_ARRAY_TASK_ID": "1",
                                "SLURM_CPUS_PER_TASK": "1", "SLURM_NTASKS": "4"})
            self.assertEqual(args.read_text().splitlines(), said)
        collect = next(line for line in self.succeed("slurm", file, "--tasks", "4").splitlines()
                       if "study collect" in line)
        self.assertEqual(shlex.split(collect.lstrip("# "))[3:],
                         [str(file), "my 50% study's.*-of-4.sqlite"])

    def test_mpi_is_not_loaded_where_nobody_asked(self):
        libraries = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True)
        self.assertNotIn("libmpi", libraries.stdout)


class Presets(InFolder):
    def test_each_is_a_study(self):
        names = sorted(file.stem for file in (ROOT / "configs" / "studies").glob("*.yaml"))
        self.assertGreaterEqual(len(names), 4)
        for name in names:
            with self.subTest(name):
                self.assertIn("members", self.succeed("plan", name))
                self.succeed("new", name, f"my_{name}.yaml")
                self.assertEqual(self.succeed("plan", f"my_{name}.yaml"),
                                 self.succeed("plan", name))

    def test_ones_own_is_copied_whatever_its_paths_are_called(self):
        shutil.copy(ROOT / "configs" / "minimal.yaml", self.path("a: b #c.yaml"))
        text = pathlib.Path(self.file).read_text(encoding="utf-8")
        named = re.sub("(?m)^world: .*$", "world: 'a: b #c.yaml'  # beside it", text)
        self.path("mine.yaml").write_text(named, encoding="utf-8")
        self.path("more.yaml").write_text("extends: mine.yaml\n", encoding="utf-8")
        self.path("sub").mkdir()
        plan = self.succeed("plan", "mine.yaml")
        for name in "mine.yaml", "more.yaml":
            with self.subTest(name):
                self.succeed("new", name, f"sub/{name}")
                self.assertEqual(self.succeed("plan", f"sub/{name}"), plan)

    def test_the_one_of_the_manual_is_a_study(self):
        manual = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")
        block = re.search(r"```yaml\n(.*?)```", manual, re.DOTALL).group(1)
        file = self.path("manual.yaml")
        file.write_text(block.replace("../ai_capex", f"{ROOT}/configs/ai_capex"), encoding="utf-8")
        self.assertIn("480 members", self.succeed("plan", file))  # 3 x 4 x 2 points, 20 seeds


class Manual(InFolder):
    """Goal: the examples of docs/study_results.md work on any results. Method: run them."""

    def blocks(self, language):
        text = (ROOT / "docs" / "study_results.md").read_text(encoding="utf-8")
        return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)

    def test_sql(self):
        self.succeed("run", self.file, "--quiet")
        blocks = self.blocks("sql")
        self.assertGreaterEqual(len(blocks), 2)
        with sqlite3.connect(self.path("toy.sqlite")) as results:
            for block in blocks:
                with self.subTest(block):
                    self.assertGreater(len(results.execute(block).fetchall()), 0)

    def test_python(self):
        try:
            import pandas  # noqa: F401  pylint: disable=import-outside-toplevel,unused-import
        except ImportError:
            self.skipTest("no python3-pandas")
        self.succeed("run", self.file, "-o", "my_study.sqlite", "--quiet")
        blocks = self.blocks("python")
        self.assertGreaterEqual(len(blocks), 2)
        for block in blocks:
            with self.subTest(block):
                done = subprocess.run([sys.executable, "-c", block], cwd=self.folder, text=True,
                                      capture_output=True, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertGreater(len(done.stdout), 0)

    def test_every_table_is_described(self):
        self.succeed("run", self.file, "--quiet")
        text = (ROOT / "docs" / "study_results.md").read_text(encoding="utf-8")
        with sqlite3.connect(self.path("toy.sqlite")) as results:
            for name, in results.execute("SELECT name FROM sqlite_schema WHERE type <> 'index'"):
                self.assertIn(f"`{name}`", text)


if __name__ == "__main__":
    unittest.main()
