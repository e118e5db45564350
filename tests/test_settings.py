"""load_settings: defaults, then the file, then the environment; wrong ones are named."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.settings import load_settings, read_token


def test_defaults_are_complete_and_valid() -> None:
    settings = load_settings({})

    assert settings.database.url == "data/needtoknow.sqlite"
    assert settings.feeds.allow_private_networks == ()


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[feeds]\ntotal_seconds = 9\nper_host = 1\n[log]\nlevel = "ERROR"\n', "utf-8")

    settings = load_settings(
        {
            "NEEDTOKNOW_CONFIG": str(own),
            "NEEDTOKNOW_FEEDS__PER_HOST": "4",
            "NEEDTOKNOW_FEEDS__ALLOW_PRIVATE_NETWORKS": '["127.0.0.1/32"]',
            "NEEDTOKNOW_DISCORD_API": "http://127.0.0.1:1/api",
        }
    )

    assert (settings.feeds.total_seconds, settings.feeds.per_host, settings.log.level) == (9, 4, "ERROR")
    assert settings.feeds.allow_private_networks == ("127.0.0.1/32",)
    assert settings.discord.api == "http://127.0.0.1:1/api"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[feeds]\ntotal_secnds = 9\n", "Did you mean feeds.total_seconds"),
        ("[fedes]\n", "Did you mean feeds"),
        ("[feeds]\ntotal_seconds = -1\n", "feeds.total_seconds"),
        ("feeds = 3\n", "feeds"),
        ("[feeds\n", "not valid TOML"),
    ],
)
def test_a_broken_file_is_named_with_the_culprit(tmp_path: Path, text: str, named: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, "utf-8")

    with pytest.raises(ConfigError, match=named):
        load_settings({"NEEDTOKNOW_CONFIG": str(own)})


def test_an_unknown_variable_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"Did you mean database\.url"):
        load_settings({"NEEDTOKNOW_DATABASE__URI": "x"})


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        load_settings({"NEEDTOKNOW_CONFIG": "/nowhere/at.toml"})


def test_token_comes_from_the_variable_and_never_shows(tmp_path: Path) -> None:
    token = read_token(load_settings({}), {"NEEDTOKNOW_TOKEN": " abc "})

    assert token.get_secret_value() == "abc"
    assert "abc" not in repr(token)


def test_token_file_must_be_private(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("abc\n", "utf-8")
    settings = load_settings({"NEEDTOKNOW_DISCORD__TOKEN_FILE": str(path)})
    path.chmod(0o644)

    with pytest.raises(ConfigError, match="chmod 600"):
        read_token(settings, {})

    path.chmod(0o600)
    assert read_token(settings, {}).get_secret_value() == "abc"


def test_no_token_names_the_variable_and_the_demo() -> None:
    with pytest.raises(ConfigError, match=r"NEEDTOKNOW_TOKEN.*needtoknow demo"):
        read_token(load_settings({}), {})
