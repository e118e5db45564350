"""A thing is done once."""

from bot.ui.once import Once


def test_things_are_begun_once_until_undone_and_memory_is_bounded() -> None:
    once = Once()

    assert [once.begin("a"), once.begin("a"), once.begin("b")] == [True, False, True]
    once.undo("a")
    once.undo("never")
    assert once.begin("a")
    for number in range(3000):
        once.begin(number)
    assert once.begin("a")
