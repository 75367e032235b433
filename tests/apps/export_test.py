# SPDX-License-Identifier: Apache-2.0
"""Exports as other programs read them: h5py, sqlite3, pandas, and an XML parser."""
import math
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

try:
    import h5py
    import pandas
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

PROGRAM = os.environ["CROWDOUT_PROGRAM"]


def crowdout(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=120)


def close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-4)


class Export(unittest.TestCase):
    """Goal: what comes out is what the run itself wrote. Method: one run with both a replay and
    its own tables; every export of the replay is summed and compared with those tables."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.folder.name)
        cls.root, cls.replay = root, root / "run.mcap"
        done = crowdout("run", "ai_capex_drain_small", "--until", "36h", "--quiet", "--csv",
                        root / "run", "--record", cls.replay)
        assert done.returncode == 0, done.stderr
        done = crowdout("export", cls.replay, "--csv", root / "csv", "--sqlite", root / "x.sqlite",
                        "--hdf5", root / "x.h5", "--graphml", root / "x.graphml")
        assert done.returncode == 0, done.stderr
        cls.flows = pandas.read_csv(root / "run" / "flows.csv")
        cls.trades = pandas.read_csv(root / "run" / "trades.csv")
        cls.prices = pandas.read_csv(root / "run" / "prices.csv")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def table(self, name: str) -> pandas.DataFrame:
        return pandas.read_csv(self.root / "csv" / f"{name}.csv", float_precision="round_trip")

    def check_flows(self, reasons: dict, rows: int):
        expected = self.flows.groupby("reason").usd.sum()
        self.assertGreater(len(expected), 5)
        self.assertEqual(rows, len(self.flows))
        self.assertEqual(set(reasons), set(expected.index))
        for reason, usd in expected.items():
            self.assertTrue(close(reasons[reason], usd), reason)

    def test_csv_has_the_runs_flows_trades_and_prices(self):
        flows = self.table("flows")
        self.check_flows(flows.groupby("reason").usd.sum().to_dict(), len(flows))

        trades = self.table("trades").groupby(["book", "sector", "cause", "side"]).sum(
            numeric_only=True)
        expected = self.trades.groupby(["instrument", "sector", "cause", "side"]).sum(
            numeric_only=True)
        self.assertEqual(list(trades.index), list(expected.index))
        for column in ("usd", "quantity"):
            for a, b in zip(trades[column], expected[column]):
                self.assertTrue(close(a, b), column)

        books = self.table("books")
        self.assertEqual(len(books), len(self.prices))
        self.assertEqual(list(books.step), list(self.prices.step))
        self.assertEqual(list(books.book), list(self.prices.instrument))
        self.assertEqual(list(books.time), list(self.prices.time))
        for a, b in zip(books.bid, self.prices.bid):
            self.assertTrue(close(a, b))

    def test_sqlite_has_the_same_rows(self):
        with sqlite3.connect(self.root / "x.sqlite") as database:
            rows = database.execute("SELECT reason, SUM(usd), COUNT(*) FROM flows GROUP BY reason")
            sums = {reason: (usd, count) for reason, usd, count in rows}
            self.check_flows({reason: usd for reason, (usd, _) in sums.items()},
                             sum(count for _, count in sums.values()))
            for name in ("frames", "books", "cash", "series", "holdings", "ladders", "trades",
                         "events", "marks"):
                count, = database.execute(f"SELECT COUNT(*) FROM {name}").fetchone()
                self.assertEqual(count, len(self.table(name)), name)
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))

    def test_hdf5_has_the_same_columns(self):
        with h5py.File(self.root / "x.h5") as file:
            flows = pandas.DataFrame({"usd": file["flows/usd"][:],
                                      "reason": file["flows/reason"][:].astype(str)})
            self.check_flows(flows.groupby("reason").usd.sum().to_dict(), len(flows))
            books = self.table("books")
            self.assertEqual(list(file["books/step"][:]), list(books.step))
            self.assertEqual(list(file["books/mid"][:]), list(books.mid))
            self.assertEqual(list(file["books/time"][:].astype(str)), list(books.time))

    def test_graphml_is_a_network_of_the_same_money(self):
        space = {"g": "http://graphml.graphdrawing.org/xmlns"}
        graph = xml.parse(self.root / "x.graphml").getroot().find("g:graph", space)
        nodes = {node.get("id") for node in graph.findall("g:node", space)}
        reasons: dict = {}
        holds = 0
        for edge in graph.findall("g:edge", space):
            data = {each.get("key"): each.text for each in edge.findall("g:data", space)}
            self.assertIn(edge.get("source"), nodes)
            self.assertIn(edge.get("target"), nodes)
            if data["relation"] == "paid":
                reasons[data["reason"]] = reasons.get(data["reason"], 0) + float(data["usd"])
            else:
                holds += 1
        self.check_flows(reasons, len(self.flows))
        self.assertGreater(holds, 20)

    def test_rows_do_not_depend_on_how_the_recording_was_cut(self):
        """A slow writer's segments are other than a fast one's: recovered, cut and whole files
        must give the same tables."""
        again = self.root / "again.mcap"
        done = crowdout("run", "ai_capex_drain_small", "--until", "36h", "--quiet", "--record",
                        again, "--threads", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = crowdout("export", again, "--csv", self.root / "again")
        self.assertEqual(done.returncode, 0, done.stderr)
        for path in sorted((self.root / "csv").iterdir()):
            other = self.root / "again" / path.name
            self.assertEqual(path.read_bytes(), other.read_bytes(), path.name)

    def test_nothing_is_left_of_an_export_that_fails(self):
        full = crowdout("export", self.replay, "--sqlite", "/dev/null/x.sqlite")
        self.assertEqual(full.returncode, 5)
        self.assertEqual(crowdout("export", self.replay, "--hdf5", "/dev/null/x.h5").returncode, 5)
        self.assertEqual(crowdout("export", self.replay).returncode, 2)
        self.assertEqual(crowdout("export", self.root / "csv" / "flows.csv", "--csv",
                                  self.root / "none").returncode, 6)
        self.assertFalse((self.root / "none").exists())
        self.assertEqual([path.name for path in self.root.rglob("*.tmp")], [])


class Diff(unittest.TestCase):
    def test_names_step_and_books_where_two_runs_part(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            one, same, other = folder / "one", folder / "same", folder / "other"
            world = folder / "world.yaml"
            world.write_text("extends: " + str(pathlib.Path(__file__).resolve().parents[2] /
                                               "configs" / "minimal.yaml") + "\n")
            for file, extra in ((one, []), (same, ["--threads", "1"]), (other, ["--seed", "9"])):
                done = crowdout("run", world, "--steps", "40", "--quiet", "--record", file, *extra)
                self.assertEqual(done.returncode, 0, done.stderr)
            alike = crowdout("diff", one, same)
            self.assertEqual((alike.returncode, alike.stdout),
                             (0, "alike in the 40 frames that both have\n"))
            apart = crowdout("diff", one, other)
            self.assertEqual(apart.returncode, 7)
            self.assertIn("step      1, 2026-01-05T00:01:00Z, phase ", apart.stdout)
            self.assertIn("books     COIN\n", apart.stdout)
            self.assertIn("seen      first in step 1, 2026-01-05T00:01:00Z\n", apart.stdout)
            self.assertIn('"step": 1', crowdout("diff", one, other, "--json").stdout)

    def test_a_plan_differs_at_once_and_shows_later(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            configs = pathlib.Path(__file__).resolve().parents[2] / "configs"
            world = folder / "outage.yaml"
            world.write_text(f"extends: {configs}/minimal.yaml\nshocks: [{{name: noon, kind: outage, "
                             "venue: exchange, at: 2026-01-05T01:00:00Z, lasts: 10min}]\n")
            calm, outage = folder / "calm", folder / "outage"
            for file, played in ((calm, "minimal"), (outage, world)):
                done = crowdout("run", played, "--until", "2h", "--quiet", "--record", file)
                self.assertEqual(done.returncode, 0, done.stderr)
            apart = crowdout("diff", calm, outage)
            self.assertEqual(apart.returncode, 7)
            self.assertIn("step      1, ", apart.stdout)
            self.assertIn("seen      first in step 61, 2026-01-05T01:01:00Z\nbooks     COIN\n",
                          apart.stdout)
            # Where somebody keeps his worlds stays his own business.
            self.assertIn("sources/minimal.yaml", crowdout("info", outage).stdout)
            self.assertNotIn(str(configs), crowdout("info", outage).stdout)


if __name__ == "__main__":
    unittest.main()
