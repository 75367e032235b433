# SPDX-License-Identifier: Apache-2.0
"""The program as its users meet it: a process, a terminal, a pipe, a shell."""
import json
import os
import pathlib
import pty
import signal
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ["CROWDOUT_PROGRAM"]


def environment(**changes) -> dict:
    """Nothing of the tester's own settings may decide a test."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return {**kept, "TERM": "xterm", "LANG": "C.UTF-8", **changes}


def run(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False,
                          env=environment(), timeout=60, **options)


def run_on_terminal(*arguments, **changes) -> str:
    """What a person would see: both streams of the program, from a terminal of its own."""
    main_end, program_end = pty.openpty()
    with subprocess.Popen([PROGRAM, *arguments], stdout=program_end, stderr=program_end,
                          env=environment(**changes)) as process:
        os.close(program_end)
        seen = b""
        while True:
            try:
                piece = os.read(main_end, 4096)
            except OSError:  # Linux answers EIO when the last writer has gone
                break
            if not piece:
                break
            seen += piece
        process.wait(timeout=60)
    os.close(main_end)
    return seen.decode()


class Malformed(unittest.TestCase):
    """Goal: no world file, however broken, gets more than a message with a place. Method: `check`
    every one of the table beside them, and watch what the process takes beyond one that reads no
    file: under a sanitizer that alone is half a gigabyte, and thread sanitizer keeps several for each byte."""
    FOLDER = pathlib.Path(__file__).resolve().parent.parent / "malformed"
    MEGABYTES = 200 if os.environ.get("CROWDOUT_SANITIZE") == "thread" else 50

    def cost(self, *arguments) -> tuple:
        """Exit status, standard error, seconds of processor time and megabytes of one process."""
        with tempfile.TemporaryFile() as err:
            process = subprocess.Popen([PROGRAM, *arguments], stderr=err,
                                       stdout=subprocess.DEVNULL, env=environment())
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            err.seek(0)
            return (process.returncode, err.read().decode(), usage.ru_utime + usage.ru_stime,
                    usage.ru_maxrss / 1024)

    def test_each_is_refused_with_a_place(self):
        rows = [line.split()[:3] for line in
                (self.FOLDER / "expected.txt").read_text(encoding="utf-8").splitlines()
                if not line.startswith("#")]
        self.assertGreaterEqual(len(rows), 150)
        _, _, seconds_of_none, megabytes_of_none = self.cost("--version")
        for file, code, place in rows:
            with self.subTest(file):
                status, err, seconds, megabytes = self.cost("check", self.FOLDER / file)
                self.assertEqual(status, 3)
                self.assertIn(f":{place}: error[{code}]", err)
                self.assertLess(seconds - seconds_of_none, 1)
                self.assertLess(megabytes - megabytes_of_none, self.MEGABYTES)


class Color(unittest.TestCase):
    def test_none_into_a_pipe(self):
        self.assertNotIn("\x1b", run("doctor").stdout)
        self.assertNotIn("\x1b", run("no-such-verb").stderr)

    def test_on_a_terminal(self):
        self.assertIn("\x1b[32mok", run_on_terminal("doctor"))

    def test_no_color_is_respected_unless_empty(self):
        self.assertNotIn("\x1b", run_on_terminal("doctor", NO_COLOR="1"))
        self.assertIn("\x1b", run_on_terminal("doctor", NO_COLOR=""))

    def test_a_dumb_terminal_gets_none(self):
        self.assertNotIn("\x1b", run_on_terminal("doctor", TERM="dumb"))

    def test_the_option_has_the_last_word(self):
        self.assertIn("\x1b", run_on_terminal("doctor", "--color=always", NO_COLOR="1"))
        self.assertNotIn("\x1b", run_on_terminal("doctor", "--color=never"))


class ExitCodes(unittest.TestCase):
    def test_results_succeed(self):
        for arguments in (["--help"], ["--version"], ["doctor"], ["completion", "bash"]):
            with self.subTest(arguments=arguments):
                done = run(*arguments)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_wrong_command_line_is_2(self):
        for arguments in ([], ["docter"], ["doctor", "--loud"], ["completion", "tcsh"]):
            with self.subTest(arguments=arguments):
                done = run(*arguments)
                self.assertEqual((done.returncode, done.stdout), (2, ""))

    def test_a_full_disk_is_5(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "doctor"], stdout=full, stderr=subprocess.PIPE,
                                  text=True, check=False, env=environment(), timeout=60)
        self.assertEqual(done.returncode, 5)
        self.assertIn("cannot write to standard output", done.stderr)


class Interruption(unittest.TestCase):
    """A signal ends the run after its step, and the run can go on as if nothing had been."""

    WORLD = ["run", "minimal", "--set", "duration=3650d", "--set", "seed=5"]

    def start(self, folder, *arguments, **changes):
        process = subprocess.Popen([PROGRAM, *self.WORLD, *arguments], cwd=folder, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=environment(**changes))
        # Its CSV grows: the loop has begun, and signals are caught from there on.
        prices = pathlib.Path(folder) / "csv" / "prices.csv"
        deadline = time.monotonic() + 60
        while not (prices.exists() and prices.stat().st_size > 10_000):
            self.assertIsNone(process.poll())
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        return process

    def test_the_first_signal_keeps_a_checkpoint_and_says_how_to_go_on(self):
        with tempfile.TemporaryDirectory() as folder:
            process = self.start(folder, "--csv", "csv", "--json", "--record", "r.mcap")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130)
            last = json.loads(out.splitlines()[-1])
            self.assertTrue(last["interrupted"])
            command = err.splitlines()[-1].split()
            self.assertEqual(command[:2], ["crowdout", "run"])
            self.assertEqual(command[command.index("--csv") + 1], "csv")
            self.assertIn("--json", command)
            self.assertEqual(command[command.index("--record") + 1], f"r_{last['steps']}.mcap")
            self.assertNotIn("--until", command)

            steps = last["steps"] + 10
            done = run(*command[1:], "--steps", "10", "--quiet", cwd=folder)
            self.assertEqual(sorted(path.name for path in pathlib.Path(folder).glob("*.mcap")),
                             sorted(["r.mcap", f"r_{last['steps']}.mcap"]))
            prices = (pathlib.Path(folder) / "csv" / "prices.csv").read_text().splitlines()
            whole = run(*self.WORLD, "--steps", str(steps), "--quiet", "--json", cwd=folder)

        resumed = json.loads(done.stdout)
        self.assertEqual(resumed["steps"], steps)
        # One head, then a row a step: the second run went on where the first had stopped.
        self.assertEqual([line.split(",")[0] for line in prices],
                         ["step", *map(str, range(1, steps + 1))])
        self.assertEqual(resumed["digest"], json.loads(whole.stdout)["digest"])

    def test_it_asks_for_huge_pages_unless_the_allocator_was_set_up_already(self):
        for changes, seen in (({}, b"glibc.malloc.hugetlb=1"), ({"GLIBC_TUNABLES": ""}, b"")):
            with self.subTest(**changes), tempfile.TemporaryDirectory() as folder:
                process = self.start(folder, "--csv", "csv", **changes)
                words = pathlib.Path(f"/proc/{process.pid}/environ").read_bytes().split(b"\0")
                process.kill()
                process.communicate()
                self.assertIn(b"GLIBC_TUNABLES=" + seen, words)

    def test_a_checkpoint_that_cannot_be_written_is_5(self):
        with tempfile.TemporaryDirectory() as folder:
            done = run("run", "minimal", "--steps", "1", "--checkpoint", "/proc/none", cwd=folder)
        self.assertEqual(done.returncode, 5)
        self.assertIn("/proc/none", done.stderr)


class Member(unittest.TestCase):
    def test_it_is_for_programs_and_not_listed(self):
        self.assertNotRegex(run("--help").stdout, r"(?m)^ +member\b")
        self.assertIn("ensemble", run("member", "--help").stdout)
        self.assertNotRegex(run("completion", "bash").stdout, r"(?<!-)\bmember\b(?!-)")

    def test_what_is_no_job_is_2(self):
        for text in ("", "no job", "[1]"):
            with self.subTest(text):
                done = run("member", input=text)
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn("standard input is no job", done.stderr)

    def test_it_does_not_begin_for_somebody_who_is_gone(self):
        done = run("member", "--starter", "1", input="{}")  # not who starts it here
        self.assertEqual((done.returncode, done.stdout, done.stderr), (130, "", ""))

    def test_it_ends_with_who_asked_for_it(self):
        world = (pathlib.Path(__file__).resolve().parents[2] / "configs/minimal.yaml").read_text()
        job = json.dumps({"world": world, "set": ["duration=3650d"], "seed": 1})
        starter = ("import os, subprocess, sys; child = subprocess.Popen("
                   "[sys.argv[1], 'member', '--starter', str(os.getpid())],"
                   " stdin=subprocess.PIPE, stdout=subprocess.DEVNULL);"
                   " child.stdin.write(sys.stdin.buffer.read()); child.stdin.close();"
                   " print(child.pid, flush=True); child.wait()")
        with subprocess.Popen(["/usr/bin/python3", "-c", starter, PROGRAM], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True, env=environment()) as process:
            process.stdin.write(job)
            process.stdin.close()
            member = pathlib.Path("/proc", process.stdout.readline().strip())
            deadline = time.monotonic() + 60
            while (member / "stat").read_text().split()[13] == "0":  # not yet at work
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.02)
            process.kill()
        # Adopted by somebody who may be slow to reap: a zombie is gone enough.
        while member.exists() and (member / "stat").read_text().split()[2] != "Z":
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)


class Completion(unittest.TestCase):
    def complete(self, *words):
        script = ('source <("$0" completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1));'
                  ' _crowdout; printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, PROGRAM, *words], capture_output=True,
                              text=True, check=True, env=environment(), timeout=60)
        return done.stdout.split()

    def test_verbs(self):
        self.assertEqual(self.complete("crowdout", "doc"), ["doctor"])

    def test_options_of_the_verb(self):
        self.assertEqual(self.complete("crowdout", "doctor", "--col"), ["--color"])

    def test_files_are_left_to_the_shell(self):
        self.assertEqual(self.complete("crowdout", "doctor", "wor"), [])


if __name__ == "__main__":
    unittest.main()
