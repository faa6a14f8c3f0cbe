"""Splink on an intake or on historical_50k, in an environment of its own.

    python personas_splink.py intake records.parquet clusters.csv
    python personas_splink.py historical historical.parquet clusters.csv

bench/personas.py runs it. Without labels, as an intake has none: u from random pairs, m by
expectation maximisation, clusters by connected components. For an intake it is given what Stanch
compares: keys, addresses of logins, and the resume cut into lines, of which those that more than
twenty applications have are left out. With names beside them it finds less (.543 for .558 pairwise
F1 on ../shared/data/personas/visible), and at a probability of 0.95 (.549), so it has neither. For
historical_50k blocking rules, comparisons and the threshold are those of Splink's example.
"""

import csv
import sys
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLD = {"intake": 0.5, "historical": 0.95}
SEED = 1
COMMON_LINE = 20  # applications; a line that more have is a template
KEYS = ("email", "phone", "address", "device", "bank", "wallet", "github", "photo")
PREPARE = f"""
    CREATE TABLE input AS
    WITH lines AS (
        SELECT record_id, unnest(string_split(resume, chr(10))) AS line
        FROM read_parquet($file)
    ), rare AS (
        SELECT line FROM lines GROUP BY line
        HAVING count(DISTINCT record_id) BETWEEN 2 AND {COMMON_LINE}
    ), kept AS (
        SELECT record_id, list(DISTINCT line ORDER BY line) AS lines
        FROM lines JOIN rare USING (line) GROUP BY record_id
    )
    SELECT record_id AS unique_id, {", ".join(KEYS)}, list_distinct(ips) AS ips,
           coalesce(lines, []) AS lines
    FROM read_parquet($file) LEFT JOIN kept USING (record_id)
"""


def intake(connection: duckdb.DuckDBPyConnection, file: str) -> Linker:
    connection.execute(PREPARE, {"file": file})
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            *(cl.ExactMatch(key).configure(term_frequency_adjustments=True) for key in KEYS),
            cl.ArrayIntersectAtSizes("ips", [2, 1]),
            cl.ArrayIntersectAtSizes("lines", [3, 2, 1]),
        ],
        blocking_rules_to_generate_predictions=[
            *(block_on(key) for key in KEYS),
            block_on("lines", arrays_to_explode=["lines"]),
        ],
    )
    linker = Linker(DuckDBAPI(connection).register(connection.table("input")), settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("email"), block_on("device", "bank"), block_on("phone", "device")], recall=0.4
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=SEED)
    for key in ("device", "bank", "phone"):
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(key), record_sample_proportion=1.0
        )
    return linker


def historical(connection: duckdb.DuckDBPyConnection, file: str) -> Linker:
    connection.execute("CREATE TABLE input AS SELECT * FROM read_parquet($file)", {"file": file})
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="first_and_surname"
            ),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.LevenshteinAtThresholds("postcode_fake", 2),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("substr(first_name, 1, 3)", "substr(surname, 1, 4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake, 1, 3)", "dob"),
            block_on("substr(postcode_fake, 1, 3)", "first_name"),
            block_on("substr(postcode_fake, 1, 3)", "surname"),
            block_on("substr(first_name, 1, 2)", "substr(surname, 1, 2)", "substr(dob, 1, 4)"),
        ],
    )
    linker = Linker(DuckDBAPI(connection).register(connection.table("input")), settings)
    rules = ["l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
             "substr(l.first_name, 1, 2) = substr(r.first_name, 1, 2) and l.surname = r.surname "
             "and substr(l.postcode_fake, 1, 2) = substr(r.postcode_fake, 1, 2)"]  # fmt: skip
    linker.training.estimate_probability_two_random_records_match(rules, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=SEED)
    for rule in (block_on("first_name", "surname"), block_on("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, record_sample_proportion=1.0
        )
    return linker


def main() -> None:
    kind, file, out = sys.argv[1:]
    with duckdb.connect() as connection:
        linker = {"intake": intake, "historical": historical}[kind](connection, file)
        least = THRESHOLD[kind]
        pairs = linker.inference.predict(threshold_match_probability=least)
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, least)
        rows = connection.sql(
            f"SELECT unique_id, cluster_id FROM {found.physical_name} ORDER BY unique_id"
        ).fetchall()
    with Path(out).open("w", newline="") as stream:
        csv.writer(stream).writerows([("record_id", "operator_id"), *rows])


if __name__ == "__main__":
    main()
