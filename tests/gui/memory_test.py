# SPDX-License-Identifier: Apache-2.0
"""A window that is watched for long takes no more memory than at its beginning.

Method: the main world, played as fast as it goes and looked at in every view. What a window keeps
depends on the frames it has seen, not on the time it took to see them; so growth is measured from
one simulated day to another: from when all views were drawn and the newest frames are full, over
more than half an hour at a sixteenth of normal speed. The economy itself takes more as its books
fill, and so does whoever records it: the same run without a window says how much.
"""
import os
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from screen import Program, Screen, require_tools  # noqa: E402

PROGRAM = os.environ.get("CROWDOUT_PROGRAM", "")
WORLD = str(pathlib.Path(__file__).resolve().parents[2] / "configs" / "ai_capex_drain.yaml")
DAYS_FIRST = 12
DAYS_LAST = 120
FRAMES_A_DAY = 288
GROWTH_MAX = 5.0  # MB: 2^20 bytes


def resident(program: Program) -> float:
    """MB that the process has in memory."""
    status = pathlib.Path(f"/proc/{program.process.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def resident_without_window(screen: Screen, days: float) -> float:
    """MB at most of a run of so many days, recorded: it only grows."""
    run = subprocess.Popen([PROGRAM, "run", WORLD, "--threads", "1", "--quiet", "--record",
                            "run.mcap", "--until", f"{days * 24:.0f}h"], env=screen.environment(),
                           cwd=screen.folder.name, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0
    return usage.ru_maxrss / 1024


def wait_for(program: Program, days: float) -> None:
    deadline = time.monotonic() + 1500
    while time.monotonic() < deadline:
        words = program.hears(300).split()
        if words[0] == "has" and int(words[1]) >= days * FRAMES_A_DAY:
            return
    raise AssertionError(f"{days:.0f} days take too long")


class Memory(unittest.TestCase):
    def test_is_flat_once_all_was_drawn(self):
        with Screen(1280, 720) as screen:
            program = screen.start(PROGRAM, "watch", WORLD, "--threads", "1", "--speed", "16",
                                   "--no-record", "--tell")
            program.expect("laid out", 60)
            window = screen.hand("search", "--sync", "--onlyvisible", "--name", "Crowdout")
            screen.hand("windowfocus", window.split()[0])
            for view in ("2", "3", "4", "5", "6", "1"):  # what a view takes, it takes once
                screen.hand("key", view)
                time.sleep(0.5)
            wait_for(program, DAYS_FIRST)
            first = resident(program)
            wait_for(program, DAYS_LAST)
            growth = resident(program) - first
            program.end()
            alone = (resident_without_window(screen, DAYS_LAST) -
                     resident_without_window(screen, DAYS_FIRST))
            print(f"{first:.1f} MB, {growth:+.1f} MB in {DAYS_LAST - DAYS_FIRST:.0f} days; "
                  f"{alone:+.1f} MB without a window", file=sys.stderr)
            self.assertLess(growth - alone, GROWTH_MAX)


if __name__ == "__main__":
    require_tools()
    unittest.main()
