# SPDX-License-Identifier: Apache-2.0
"""Recording as a process does it: killed, interrupted, on a disk that ends, into a pipe that closes."""
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import tempfile
import threading
import time
import unittest

PROGRAM = os.environ["CROWDOUT_PROGRAM"]
ENDLESS = ["run", "ai_capex_drain_small", "--quiet", "--threads", "1"]  # for a test's purposes


def crowdout(*arguments, **options) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=120, **options)


def info(file: pathlib.Path) -> dict:
    done = crowdout("info", file, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def wait_until_recorded(file: pathlib.Path, process: subprocess.Popen):
    """Until some frames are in the file."""
    for _ in range(1000):
        if file.exists() and file.stat().st_size > 200_000:
            return
        assert process.poll() is None
        time.sleep(0.01)
    raise AssertionError("nothing was recorded in 10 s")


class Record(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.file = self.folder / "run.mcap"

    def start(self, *more) -> subprocess.Popen:
        process = subprocess.Popen([PROGRAM, *ENDLESS, "--record", str(self.file), *more],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                   cwd=self.folder)
        self.addCleanup(process.stderr.close)
        wait_until_recorded(self.file, process)
        return process

    def check_after_kill(self, verified):
        """Nothing is wrong but, where the kill came within a write, the end."""
        if verified.returncode != 0:
            self.assertEqual(verified.returncode, 6)
            self.assertRegex(verified.stderr, r"\A  byte \d+: the last \d+ bytes are of a record "
                             r"that was not finished\n\Z")

    def test_killed_it_leaves_a_file_that_can_be_used(self):
        moment = random.Random(1)
        for _ in range(5):
            process = self.start()
            time.sleep(moment.uniform(0, 0.2))
            process.kill()
            process.wait()
            seen = info(self.file)
            self.assertFalse(seen["finished"])
            self.assertGreater(seen["frames"], 0)
            self.check_after_kill(crowdout("verify", self.file))
            self.file.unlink()

    def test_what_a_kill_left_can_be_made_again_and_mended(self):
        process = self.start()
        process.kill()
        process.wait()
        again = crowdout("verify", self.file, "--resim", "--threads", 2)
        self.check_after_kill(again)
        self.assertIn("with the same digest", again.stdout)
        mended = self.folder / "mended.mcap"
        self.assertEqual(crowdout("recover", self.file, mended).returncode, 0)
        self.assertEqual(info(mended)["frames"], info(self.file)["frames"])
        self.assertTrue(info(mended)["finished"])

    def test_interrupted_it_is_finished(self):
        process = self.start()
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 130)
        self.assertTrue(info(self.file)["finished"])

    def test_interrupted_it_goes_on_as_durably_as_it_began(self):
        process = self.start("--durability", "machine")
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=60)[1]
        self.assertIn(" --durability machine ", told)

    def test_a_file_that_may_not_grow_ends_the_run_with_a_sentence(self):
        for size in (1_000, 150_000, 300_000):
            def limit(most=size):
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            done = crowdout(*ENDLESS, "--until", "3d", "--record", self.file, preexec_fn=limit)
            self.assertEqual(done.returncode, 5, done.stderr)
            self.assertEqual(done.stderr,
                             f"crowdout: error: cannot write to {self.file}: File too large\n")
            self.assertLessEqual(self.file.stat().st_size, size)
            if size < 100_000:  # not even what explains the frames
                self.assertEqual(crowdout("info", self.file).returncode, 6)
                continue
            self.assertFalse(info(self.file)["finished"])
            self.assertEqual(crowdout("verify", self.file).returncode, 0)

    def test_a_pipe_that_closes_ends_the_run_with_a_sentence(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        taken = []

        def take_some():
            with open(pipe, "rb") as end:
                taken.append(end.read(250_000))

        reader = threading.Thread(target=take_some)
        reader.start()
        done = crowdout(*ENDLESS, "--until", "3d", "--record", pipe)
        reader.join()
        self.assertEqual(done.returncode, 5)
        self.assertEqual(done.stderr, f"crowdout: error: cannot write to {pipe}: Broken pipe\n")
        # What came through is as good as a file that was cut there.
        self.file.write_bytes(taken[0])
        self.assertGreater(info(self.file)["frames"], 0)

    def test_a_full_disk_ends_the_run_with_a_sentence(self):
        done = crowdout(*ENDLESS, "--record", "/dev/full")
        self.assertEqual((done.returncode, done.stderr),
                         (5, "crowdout: error: cannot write to /dev/full: "
                             "No space left on device\n"))

    def test_every_shipped_world_can_be_made_again(self):
        configs = pathlib.Path(__file__).resolve().parents[2] / "configs"
        worlds = sorted(configs.glob("*.yaml"))
        self.assertGreaterEqual(len(worlds), 5)
        for world in worlds:
            with self.subTest(world.stem):
                done = crowdout("run", world, "--until", "3h", "--quiet", "--threads", 2,
                                "--record", self.file)
                self.assertEqual(done.returncode, 0, done.stderr)
                again = crowdout("verify", self.file, "--resim", "--threads", 1)
                self.assertEqual(again.returncode, 0, again.stderr)
                self.assertIn("with the same digest", again.stdout)


if __name__ == "__main__":
    unittest.main()
