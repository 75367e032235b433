#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the window costs: frames a second, and how much slower the run beside it becomes.

    bench/window.py [--program FILE] [--rounds 5] [--days 30] [--world FILE]

Plays a world on one thread as fast as it goes, in turn without a window (`run`) and with one of
1280x720 (`watch`) that software OpenGL draws on one thread more (`LP_NUM_THREADS=1`). Both record.
Prints a line a round and the medians, as CSV. Needs Xvfb; figures are those of a machine at rest,
which should have two cores: one for the run, one for the window.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "gui"))
from screen import Screen, require_tools  # noqa: E402

SIZE = (1280, 720)


def seconds_of(command: list, screen: Screen) -> float:
    began = time.monotonic()
    subprocess.run(command, check=True, env=screen.environment(), cwd=screen.folder.name,
                   stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def without_window(options, screen: Screen) -> float:
    """Seconds that the steps take: those of the run less those of its first step alone."""
    command = [options.program, "run", options.world, "--threads", "1", "--quiet",
               "--record", "run.mcap"]
    whole = seconds_of([*command, "--set", f"duration={options.days}d"], screen)
    return whole - seconds_of([*command, "--steps", "1"], screen)


def with_window(options, screen: Screen) -> tuple:
    """Seconds from the window's first frame to the run's end, and frames a second."""
    program = screen.start(options.program, "watch", options.world, "--threads", "1", "--speed",
                           "max", "--record", "watch.mcap", "--tell", "--set",
                           f"duration={options.days}d")
    program.expect("ready", 60)
    began = time.monotonic()
    program.expect("the run has ended", 3600)
    seconds = time.monotonic() - began
    window = screen.hand("search", "--sync", "--onlyvisible", "--name", "Crowdout").split()[0]
    screen.hand("windowfocus", window, "key", "q")
    while not (last := program.hears(60)).startswith("closed after"):
        pass
    program.wait(60)
    words = last.split()
    return seconds, float(words[2]) / float(words[5])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "build" / "release" / "crowdout"))
    parser.add_argument("--world", default=str(ROOT / "configs" / "ai_capex_drain.yaml"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--days", type=int, default=30, help="simulated days a run")
    options = parser.parse_args()
    require_tools()
    rounds = []
    print("round,seconds_without,seconds_with,slower,frames_per_second")
    for number in range(1, options.rounds + 1):
        with Screen(*SIZE) as screen:
            settings = pathlib.Path(screen.folder.name) / "crowdout" / "window.yaml"
            settings.parent.mkdir()
            settings.write_text(f"width: {SIZE[0]}\nheight: {SIZE[1]}\n", encoding="utf-8")
            alone = without_window(options, screen)
            watched, frames = with_window(options, screen)
        rounds.append((alone, watched, watched / alone - 1, frames))
        print(f"{number},{alone:.2f},{watched:.2f},{rounds[-1][2]:.3f},{frames:.1f}", flush=True)
    medians = [statistics.median(column) for column in zip(*rounds)]
    print("median,{:.2f},{:.2f},{:.3f},{:.1f}".format(*medians))


if __name__ == "__main__":
    main()
