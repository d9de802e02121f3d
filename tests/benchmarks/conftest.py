"""Print below the benchmarks what they tell of the store: beside DuckDB, and beside a writer."""

from typing import Any

SIDES = ("store", "duckdb")


def pytest_terminal_summary(terminalreporter: Any, config: Any) -> None:
    session = getattr(config, "_benchmarksession", None)
    told: dict[str, dict[str, float]] = {}
    waits = []
    for bench in session.benchmarks if session else ():
        side = (bench.params or {}).get("side")
        if side in SIDES and bench.group and bench.stats.rounds:
            told.setdefault(bench.group, {})[side] = bench.stats.median * 1000
        if "beside longest" in bench.extra_info:
            waits.append((bench.name, bench.extra_info))
    if told:
        terminalreporter.section("median milliseconds of a question")
        terminalreporter.write_line(f"{'question':34}{'store':>10}{'DuckDB':>10}")
        for group, of in sorted(told.items()):
            cells = "".join(f"{of[side]:10.1f}" if side in of else f"{'-':>10}" for side in SIDES)
            terminalreporter.write_line(f"{group:34}{cells}")
    for name, info in waits:
        terminalreporter.section(f"milliseconds of a question: {name}")
        for key, value in info.items():
            terminalreporter.write_line(f"{key:20}{value:10.1f}")
