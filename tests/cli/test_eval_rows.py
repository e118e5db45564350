"""eval: each figure has its baseline beside it."""

from bot.cli.evaluating import _rows


def test_a_baseline_stands_beside_its_figure_and_in_no_row_of_its_own() -> None:
    figures = {"set_a f1": 0.94, "set_a baseline_f1": 0.9, "set_a events": 20.0}

    assert _rows({"clusters": figures, "importance": {"recall": 0.3, "baseline_recall": 0.2}}) == [
        ("clusters", "set_a f1", "0.940", "0.900"),
        ("clusters", "set_a events", "20.000", ""),
        ("importance", "recall", "0.300", "0.200"),
    ]
