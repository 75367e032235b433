#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads a study's results with pandas (docs/study_results.md says what is where).

usage: read_study.py RESULTS [MEASURE]   lists what was measured, or sums a measure up by setting
"""
import pathlib
import sqlite3
import sys
import pandas

def summary(results, measure):
    """Mean, standard error and count of a measure, for each fork and combination of levels."""
    factors = pandas.read_sql("SELECT name FROM factors ORDER BY factor", results).name
    members = pandas.read_sql("SELECT * FROM results WHERE state = 'done'", results)
    return members.groupby(["branch", *factors])[measure].agg(["mean", "sem", "count"])

def effects(results, measure):
    """What each fork changes in a measure, seed by seed: a seed is one draw, whatever it is run at."""
    members = pandas.read_sql("SELECT * FROM results WHERE state = 'done'", results)
    values = members.pivot(index=["point", "seed"], columns="branch", values=measure)
    changes = values.drop(columns="").sub(values[""], axis=0)
    return changes.groupby("seed").mean().agg(["mean", "sem", "count"]).T

if __name__ == "__main__" and len(sys.argv) in (2, 3):
    file = pathlib.Path(sys.argv[1]).resolve().as_uri() + "?mode=ro"
    with sqlite3.connect(file, uri=True) as database:
        if len(sys.argv) == 2:
            print(pandas.read_sql("SELECT name, kind, unit FROM measures", database).to_string())
        else:
            print(summary(database, sys.argv[2]).to_string())
            print(effects(database, sys.argv[2]).to_string())
elif __name__ == "__main__":
    sys.exit(__doc__)
