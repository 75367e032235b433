# SPDX-License-Identifier: Apache-2.0
"""`crowdout claims` as its users meet it: verdicts, exit codes, interruptions, the cache."""
import csv
import json
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from program_support import PROGRAM, InFolder

# A coin that a crowd trades at random: its price stays near 100 dollars.
WORLD = """
name: crowd
start: 2026-01-05T00:00:00Z
duration: 2h
steps: [1min]
bank: bank
sectors: [{name: public}]
venues: [{name: exchange, operated_by: bank, maker_fee: 1bp, taker_fee: 5bp}]
instruments:
  - {name: COIN, kind: coin, session: always, venue: exchange, price: $100, tick: $0.01, lot: 0.01,
     unit: 0.0001, supply: 1M, issuer: bank, rest_with: vault, sigma_daily: 3%, volume_daily: $10M,
     valuation: none}
institutions: [{name: bank, sector: public}, {name: vault, sector: public}]
populations:
  - {name: crowd, sector: public, archetype: zero_intelligence, count: 600, instrument: COIN,
     order_size: 1, market_rate: 50k/d, limit_rate: 1k/d, lifetime: 10min, band: 100,
     latency: 20ms, owns: {USD: $50M, COIN: $50M}}
"""
MEASURE = "measure: total_return, of: COIN"
STAYS = f"{{name: stays, row: H1, tier: A, says: It stays., {MEASURE}, between: [-50%, 50%]}}"
DOUBLES = f"{{name: doubles, tier: B, says: It doubles., {MEASURE}, above: 100%}}"
RISES = f"{{name: rises, says: It rises., {MEASURE}, above: 0}}"


def known(claim: str) -> str:
    return claim[:-1] + ', known_failure: "No news."}'


class Claims(InFolder):
    def write(self, *claims: str, name: str = "world.yaml", more: str = "") -> str:
        lines = "".join(f"  - {claim}\n" for claim in claims)
        (self.folder / name).write_text(WORLD + more + "claims:\n" + lines)
        return name

    def run_claims(self, *arguments: str) -> subprocess.CompletedProcess:
        return self.crowdout("claims", *arguments, "--quiet")

    def code(self, *arguments: str) -> int:
        return self.run_claims(*arguments, "--seeds", "5").returncode

    def test_exit_codes(self):
        for claims, plain, strict in (((STAYS,), 0, 0),
                                      ((STAYS, DOUBLES), 8, 8),
                                      ((STAYS, RISES), 9, 9),
                                      ((RISES, DOUBLES), 8, 8),
                                      ((STAYS, known(DOUBLES)), 0, 8),
                                      ((STAYS, known(RISES)), 0, 9),
                                      ((known(STAYS),), 0, 8)):
            with self.subTest(claims=claims):
                world = self.write(*claims)
                self.assertEqual(self.code(world), plain)
                self.assertEqual(self.code(world, "--strict"), strict)

    def test_what_cannot_be_claimed(self):
        (self.folder / "quiet.yaml").write_text(WORLD)
        done = self.run_claims("quiet.yaml")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("claims anything", done.stderr)
        world = self.write(STAYS.replace("COIN", "CION"))
        done = self.run_claims(world)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("did you mean 'COIN'", done.stderr)
        self.assertEqual(self.code("no_such_world"), 5)
        self.assertEqual(self.code(self.write(STAYS), "--csv", "/proc/none"), 5)
        self.assertEqual(self.code(self.write(STAYS), "--seeds", "0"), 2)

    def test_a_cache_that_cannot_be_made_matters_only_where_it_was_asked_for(self):
        world = self.write(STAYS)
        done = self.crowdout("claims", world, "--seeds", "5", "--quiet", XDG_CACHE_HOME="/proc")
        self.assertEqual(done.returncode, 0)
        self.assertIn("members are not kept: cannot make the folder '/proc/crowdout'", done.stderr)
        done = self.run_claims(world, "--cache", "/proc/none")
        self.assertEqual((done.returncode, done.stdout), (5, ""))

    def test_the_table(self):
        done = self.run_claims(self.write(STAYS, known(DOUBLES)))
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr, "")
        lines = done.stdout.splitlines()
        self.assertRegex(lines[0], r"^crowd +estimate +95 % interval +claimed +verdict +members$")
        self.assertRegex(lines[1], r"^H1 A It stays\. .* -50 % \.\. 50 % +holds +5$")
        self.assertRegex(lines[2], r"^B It doubles\. .* >= 100 % +fails \(known\) +5$")
        self.assertIn("  doubles: known: No news.", lines)
        self.assertIn("tier A: 1 of 1 hold", lines)
        self.assertIn("tier B: 0 of 1 hold, 1 fail (1 known)", lines)
        self.assertIn("scorecard, claims that hold:  H1 1/1", lines)
        self.assertIn("成立", self.run_claims("world.yaml", "--lang", "zh").stdout)

    def test_members_are_shared_kept_and_the_same_whatever_runs_beside_them(self):
        more = 'counterfactuals: [{name: calm, set: ["populations[crowd].market_rate=1k/d"]}]\n'
        world = self.write(STAYS, RISES.replace("above", "minus: calm, above"), more=more)
        first = json.loads(self.run_claims(world, "--seeds", "6", "--json", "-j", "1").stdout)
        self.assertEqual((first["members_made"], first["members_cached"]), (12, 0))
        second = json.loads(self.run_claims(world, "--seeds", "6", "--json", "-j", "3").stdout)
        self.assertEqual((second["members_made"], second["members_cached"]), (0, 12))
        self.assertEqual(first["claims"], second["claims"])
        third = json.loads(
            self.run_claims(world, "--seeds", "6", "--json", "-j", "3", "--no-cache").stdout)
        self.assertEqual(third["members_made"], 12)
        self.assertEqual(first["claims"], third["claims"])
        self.assertEqual([value["seed"] for value in first["claims"][1]["values"]],
                         [1, 2, 3, 4, 5, 6])

    def test_the_csv_is_the_table(self):
        done = self.run_claims(self.write(STAYS, DOUBLES), "--json", "--csv", "claims.csv")
        claims = json.loads(done.stdout)["claims"]
        with open(self.folder / "claims.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["name"] for row in rows], ["stays", "doubles"])
        for row, claim in zip(rows, claims):
            self.assertEqual(row["verdict"], claim["verdict"])
            self.assertEqual(float(row["estimate"]), claim["estimate"])
        self.assertEqual(rows[1]["bound_high"], "")

    def test_in_a_folder_small_worlds_stand_for_full_ones(self):
        for name in ("a.yaml", "b.yaml", "b_small.yaml"):
            self.write(STAYS, name=name)
        (self.folder / "quiet.yaml").write_text(WORLD)
        done = self.run_claims(".", "--seeds", "5", "--json")
        self.assertIn("b_small.yaml stands for b.yaml", done.stderr)
        self.assertEqual(len(json.loads(done.stdout)["claims"]), 2)
        done = self.run_claims(".", "--seeds", "5", "--json", "--full-size")
        self.assertEqual(len(json.loads(done.stdout)["claims"]), 3)
        self.assertEqual(done.stderr, "")
        (self.folder / "broken.yaml").write_text("name: [")
        self.assertEqual(self.code("."), 3)

    def test_a_member_that_takes_too_long_is_lost_and_said_to_be(self):
        world = self.write(STAYS)
        done = self.run_claims(world, "--set", "duration=3650d", "--member-seconds", "0.2",
                               "--seeds", "5")
        self.assertEqual(done.returncode, 9)
        self.assertIn("lost: crowd, seed 1 (timed_out): it took more than 0.2 s", done.stdout)
        self.assertIn("5 of 5 members have no value", done.stdout)

    def members_at_work(self, parent: int) -> list:
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [int(child) for child in children]

    def test_an_interrupted_run_keeps_what_is_done_and_leaves_nobody_behind(self):
        world = self.write(RISES)
        length = ("--set", "duration=1d")
        process = subprocess.Popen(
            [PROGRAM, "claims", world, *length, "-j", "1"], env=self.environment, text=True,
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        cache = self.folder / ".cache" / "crowdout"
        deadline = time.monotonic() + 120
        while not list(cache.glob("*.member")):
            self.assertIsNone(process.poll())
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)
        members = self.members_at_work(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, out), (130, ""))
        self.assertIn("the same command goes on from there", err)
        for member in members:
            self.assertFalse(pathlib.Path("/proc", str(member)).exists())

        kept = len(list(cache.glob("*.member")))
        self.assertLess(kept, 20)
        done = json.loads(self.run_claims(world, *length, "--json").stdout)
        self.assertGreaterEqual(done["members_cached"], kept)
        fresh = json.loads(self.run_claims(world, *length, "--json", "--no-cache").stdout)
        self.assertEqual(done["claims"], fresh["claims"])


if __name__ == "__main__":
    unittest.main()
