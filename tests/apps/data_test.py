# SPDX-License-Identifier: Apache-2.0
"""Figures of the past as their users meet them: runs without their tables, a column beside claims."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from program_support import InFolder, ROOT

CONFIGS = ROOT / "configs"

# The smallest world, with a target that changes at half past one and a price of the past.
WORLD = """
name: past
extends: {configs}/minimal.yaml
start: 2026-01-05
duration: 2h
rates: {{policy_series: target}}
data:
  - {{name: target, file: tables/rates.csv, value: rate, unit: "%/yr", series: policy_rate}}
  - {{name: price, file: tables/price.csv, unit: $, of: COIN}}
claims:
  - {{name: falls, says: It falls., measure: drawdown, of: COIN, above: 0}}
  - {{name: depth, says: It is deep., measure: depth, of: COIN, above: $0}}
  - {{name: often, says: It often falls., measure: drawdown, of: COIN, above: 0, judge: share}}
  - {{name: rates, says: Rates rise., measure: series, series: policy_rate, take: change,
     between: [24.9bp/yr, 25.1bp/yr]}}
"""
RATES = "# Source: nobody.\ndate,rate\n2026-01-05,4\n2026-01-05T01:30Z,4.25\n"
PRICE = "date,value\n2026-01-05,100\n2026-01-05T01:00Z,80\n2026-01-05T01:30Z,90\n"


class Data(InFolder):
    def setUp(self):
        super().setUp()
        tables = self.folder / "tables"
        tables.mkdir()
        (tables / "rates.csv").write_text(RATES)
        (tables / "price.csv").write_text(PRICE)
        (self.folder / "world.yaml").write_text(WORLD.format(configs=CONFIGS))

    def remove_tables(self):
        for table in (self.folder / "tables").iterdir():
            table.unlink()

    def test_a_recording_is_made_again_without_its_tables(self):
        done = self.crowdout("run", "world.yaml", "--quiet", "--record", "run.mcap")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.remove_tables()

        self.assertEqual(self.crowdout("check", "world.yaml").returncode, 3)
        again = self.crowdout("verify", "run.mcap", "--resim")
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)

    def test_the_full_form_of_a_world_has_its_tables_within(self):
        full = self.crowdout("check", "world.yaml", "--resolved").stdout
        (self.folder / "full.yaml").write_text(full)
        digest = json.loads(self.crowdout("run", "world.yaml", "--quiet", "--json").stdout)["digest"]
        self.remove_tables()

        again = self.crowdout("run", "full.yaml", "--quiet", "--json")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(json.loads(again.stdout)["digest"], digest)

    def test_claims_have_a_column_for_the_past(self):
        done = self.crowdout("claims", "world.yaml", "--seeds", "2", "--json", "--quiet")
        claims = {claim["name"]: claim for claim in json.loads(done.stdout)["claims"]}
        # From 100 to 80; from 4 to 4.25 % a year; the tables know no depth.
        self.assertAlmostEqual(claims["falls"]["data"], 0.2)
        self.assertAlmostEqual(claims["rates"]["data"], 0.0025)
        self.assertNotIn("data", claims["depth"])
        self.assertEqual(claims["depth"]["data_why_not"], "the data knows prices only")
        self.assertNotIn("data", claims["often"])
        self.assertEqual(claims["often"]["data_why_not"], "the past is one run, not a share")
        self.assertEqual((claims["often"]["unit"], claims["often"]["bound_high"]), ("share", 1))
        self.assertAlmostEqual(claims["rates"]["estimate"], 0.0025)

        table = self.crowdout("claims", "world.yaml", "--seeds", "2", "--quiet").stdout
        self.assertIn("data", table.splitlines()[0])
        self.assertIn("20 %", next(line for line in table.splitlines() if "It falls." in line))
        (self.folder / "claims.json").write_text(done.stdout)
        self.crowdout("report", "claims.json", "--output", "page.html")
        page = (self.folder / "page.html").read_text()
        self.assertTrue(">data</th>" in page and ">20.00%</td>" in page)

    def test_members_are_kept_by_what_their_tables_say(self):
        def made() -> int:
            done = self.crowdout("claims", "world.yaml", "--seeds", "1", "--json", "--quiet")
            return json.loads(done.stdout)["members_made"]

        self.assertEqual(made(), 1)
        self.assertEqual(made(), 0)
        price = self.folder / "tables" / "price.csv"
        price.write_text(price.read_text().replace(",80", ",70"))
        self.assertEqual(made(), 0, "no run reads the price of the past")
        rates = self.folder / "tables" / "rates.csv"
        rates.write_text(rates.read_text().replace("4.25", "4.5"))
        self.assertEqual(made(), 1)

    def test_a_bad_row_is_told_at_its_place(self):
        rates = self.folder / "tables" / "rates.csv"
        rates.write_text("date,rate\n2026-01-01,four\n")
        done = self.crowdout("run", "world.yaml", "--quiet")
        self.assertEqual(done.returncode, 3)
        self.assertIn("tables/rates.csv:2:12: error[E0140]: 'four' is not a number", done.stderr)
        self.assertIn("    2 | 2026-01-01,four\n      |            ^", done.stderr)

    def test_the_shipped_world_of_the_past_says_where_its_series_end(self):
        done = self.crowdout("check", "history_2025")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("note: rates.policy_series: fed_funds has no row after 2025-12-11", done.stdout)


if __name__ == "__main__":
    unittest.main()
