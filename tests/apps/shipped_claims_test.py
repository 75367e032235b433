# SPDX-License-Identifier: Apache-2.0
"""Claims of shipped worlds, over so few seeds that a test can wait for them.

Goal: a change that breaks what a shipped world claims is seen at once. Method: no claim may fail, no
member be lost, and one of tier A must hold; most need more seeds to be decided, and `crowdout
claims configs/`, with its 20, is the whole scorecard.

usage: shipped_claims_test.py WORLD SEEDS
"""
import json
import os
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "configs"


def main() -> int:
    world, seeds = sys.argv[1:]
    done = subprocess.run(
        [os.environ["CROWDOUT_PROGRAM"], "claims", FOLDER / f"{world}.yaml", "--seeds", seeds,
         "--no-cache", "--quiet", "--json"], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 8, 9):
        print(done.stderr, f"exit code {done.returncode}", sep="\n")
        return 1
    result = json.loads(done.stdout)
    claims = [claim for claim in result["claims"] if not claim["is_known"]]
    for claim in claims:
        print(claim["verdict"], claim["name"], claim.get("low"), claim.get("high"), claim["why"])
    for member in result["lost"]:
        print("lost", member)
    failing = [claim for claim in claims if claim["verdict"] == "fails"]
    holding = [claim for claim in claims if claim["verdict"] == "holds" and claim["tier"] == "A"]
    return 1 if failing or result["lost"] or not holding else 0


if __name__ == "__main__":
    sys.exit(main())
