# SPDX-License-Identifier: Apache-2.0
"""What the tests of `crowdout study` share: a study of a small world, and ways to run and end it."""
import os
import pathlib
import shutil
import sqlite3
import subprocess

PROGRAM = os.environ["CROWDOUT_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HAS_MPI = (shutil.which("mpirun") is not None
           and pathlib.Path(PROGRAM).with_name("libcrowdout_mpi.so").exists())

STUDY = """name: toy
world: {world}
set: [duration={duration}]
factors:
  - {{name: makers, field: "populations[makers].count", values: [1, 2]}}
seeds: {seeds}
forks:
  - {{name: fewer, at: 10min, set: ["populations[crowd].market_rate=100/d"]}}
series_every: 10min
measures:
  - {{name: depth, measure: depth, of: COIN}}
  - {{name: fall, measure: drawdown, of: COIN}}
"""


def environment(folder, **changes) -> dict:
    """No cache of the tester's own; Open MPI as root and with more ranks than cores, as in CI."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return {**kept, "LANG": "C.UTF-8", "XDG_CACHE_HOME": str(folder), "TMPDIR": "/tmp",
            "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
            "OMPI_MCA_rmaps_base_oversubscribe": "1",
            "OMPI_MCA_btl_vader_single_copy_mechanism": "none", **changes}


def write_study(folder, seeds=4, duration="40min", more="") -> str:
    path = pathlib.Path(folder) / "toy.yaml"
    path.write_text(STUDY.format(world=ROOT / "configs" / "minimal.yaml", seeds=seeds,
                                 duration=duration) + more)
    return str(path)


def command(*arguments, ranks=0) -> list:
    # Open MPI keeps some of what it allocates and unloads the code that did, so that a suppression
    # has no name to go by.
    mpirun = ["mpirun", "-n", str(ranks), "-x", "ASAN_OPTIONS=detect_leaks=0"] if ranks else []
    return [*mpirun, PROGRAM, *map(str, arguments)]


def study(folder, *arguments, ranks=0, **changes):
    return subprocess.run(command("study", *arguments, ranks=ranks), capture_output=True,
                          text=True, check=False, cwd=folder, env=environment(folder, **changes),
                          timeout=600)


def members_done(results) -> int:
    """Members that a results file has, whoever writes it now; 0 where there is no file yet."""
    try:
        with sqlite3.connect(f"file:{results}?mode=ro", uri=True) as database:
            return database.execute(
                "SELECT count(*) FROM members WHERE state = 'done'").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def digest(folder, results) -> str:
    done = study(folder, "digest", results)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
