"""``python -m benchmarks`` measures what it is asked for, and nothing when it is asked for help."""

from importlib import import_module

import pytest

from benchmarks.__main__ import QUALITY, main
from benchmarks.soak import Soak


def test_help_names_every_measure_and_measures_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(name in said for name in ("speed", *QUALITY))
    assert "words a CPU second" not in said


def test_an_unknown_measure_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dates", "tides"])

    assert ended.value.code == 2
    assert "nothing measures tides" in capsys.readouterr().err


def test_only_what_is_named_is_measured(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEEDTOKNOW_DATA", raising=False)

    main(["dates"])

    assert capsys.readouterr().out.startswith("No labelled sets")


def test_every_measure_of_quality_is_there() -> None:
    assert all(callable(import_module(f"bot.evaluation.{name}").score) for name in QUALITY)


def test_memory_that_levels_off_has_no_slope_in_the_second_half() -> None:
    seen = Soak([(number * 100, 100.0 + min(number, 40) / 10, 50.0) for number in range(100)])

    assert seen.slope(1) > 0.1
    assert abs(seen.slope(1, 0.5)) < 1e-9
