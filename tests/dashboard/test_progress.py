import io

from dashboard.progress import LINE_SECONDS, Pace, show_progress


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_rate_is_of_what_was_read_and_the_time_left_follows_from_it() -> None:
    clock = Clock()
    pace = Pace(10_000, clock)
    for _ in range(4_000):
        pace.step(skipped=True)
    assert str(pace) == "4,000 of 10,000 articles"
    clock.now = 10.0
    for _ in range(500):
        pace.step()
    assert str(pace) == "4,500 of 10,000 articles, 50.0 a second, 1 min 50 s left"


def test_a_long_reading_has_hours_left() -> None:
    clock = Clock()
    pace = Pace(100_001, clock)
    clock.now = 0.1
    pace.step()
    assert str(pace).endswith("10.0 a second, 2 h 46 min left")


def test_where_no_terminal_is_a_line_is_written_now_and_then() -> None:
    clock, out = Clock(), io.StringIO()
    with show_progress(100, out=out, clock=clock) as step:
        for _ in range(50):
            clock.now += LINE_SECONDS / 20
            step()
    lines = out.getvalue().splitlines()
    assert lines == [
        "20 of 100 articles, 2.0 a second, 40 s left",
        "40 of 100 articles, 2.0 a second, 30 s left",
    ]


def test_a_terminal_shows_a_bar_with_rate_and_time_left() -> None:
    clock, out = Clock(), Terminal()
    with show_progress(4, out=out, clock=clock) as step:
        for _ in range(4):
            clock.now += 1
            step()
    told = out.getvalue()
    assert "\r" in told
    assert "2 of 4 articles, 1.0 a second, 2 s left" in told
    assert "100%" in told
