"""Settings: the defaults in ``config/default.toml``, then the operator's file, then the environment."""

import os
import stat
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)
from rapidfuzz import process

from bot.errors import ConfigError
from bot.model.editions import Length

CONFIG_VARIABLE: Final = "NEEDTOKNOW_CONFIG"
TOKEN_VARIABLE: Final = "NEEDTOKNOW_TOKEN"  # noqa: S105 - the variable's name, not a secret
_PREFIX: Final = "NEEDTOKNOW_"
# Variables of this project that are no settings: the token, files and folders, and what tests are told.
_NOT_SETTINGS: Final = frozenset(
    {
        CONFIG_VARIABLE, TOKEN_VARIABLE, "NEEDTOKNOW_DATA", "NEEDTOKNOW_TEST_POSTGRES", "NEEDTOKNOW_HYPOTHESIS",
        "NEEDTOKNOW_FAILPOINT", "NEEDTOKNOW_DISCORD_SPEC", "NEEDTOKNOW_CLOCK_FD",
    }
)  # fmt: skip
# Short names that callers rely on, beside the nested ones.
_SHORT: Final = {
    "NEEDTOKNOW_DISCORD_API": "NEEDTOKNOW_DISCORD__API",
    "NEEDTOKNOW_DISCORD_GATEWAY": "NEEDTOKNOW_DISCORD__GATEWAY",
}


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseSettings(_Section):
    """Where everything is kept."""

    url: str
    backup_folder: str
    backup_every_hours: Annotated[float, Field(ge=0)]
    backups_kept: Annotated[int, Field(ge=1)]


class DiscordSettings(_Section):
    """How to reach Discord."""

    token_file: str
    api: str
    gateway: str


class FeedSettings(_Section):
    """How sources are fetched."""

    allow_private_networks: tuple[str, ...]
    allow_ports: tuple[Annotated[int, Field(ge=1, le=65535)], ...]
    total_seconds: Annotated[float, Field(gt=0, le=300)]
    max_bytes: Annotated[int, Field(ge=1024)]
    per_host: Annotated[int, Field(ge=1, le=16)]
    user_agent: str
    pack_folder: str
    full_text: bool
    full_text_feeds: tuple[str, ...]


class LanguageSettings(_Section):
    """How articles are read."""

    model: str
    workers: Annotated[int, Field(ge=1, le=64)]
    actor_folders: tuple[str, ...]


class DigestSettings(_Section):
    """What an edition may be."""

    length: Length
    shortest_window_hours: Annotated[int, Field(ge=1)]
    longest_window_hours: Annotated[int, Field(ge=1)]


class DeliverySettings(_Section):
    """How editions are posted."""

    grace_hours: Annotated[float, Field(ge=0)]
    lease_seconds: Annotated[float, Field(gt=0)]
    spread_seconds: Annotated[float, Field(ge=0)]
    silence_days: Annotated[float, Field(ge=1)]


class LimitSettings(_Section):
    """What one server may have."""

    feeds_per_server: Annotated[int, Field(ge=1)]
    schedules_per_server: Annotated[int, Field(ge=1)]
    feed_adds_per_minute: Annotated[int, Field(ge=1)]
    minutes_between_digests: Annotated[int, Field(ge=0)]


class HealthSettings(_Section):
    """Where the bot's health can be asked for."""

    address: str


class LogSettings(_Section):
    """What is logged."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """All settings, checked. The token is not among them: see :func:`read_token`."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, env_ignore_empty=False
    )

    database: DatabaseSettings
    discord: DiscordSettings
    feeds: FeedSettings
    language: LanguageSettings
    digest: DigestSettings
    delivery: DeliverySettings
    limits: LimitSettings
    health: HealthSettings
    log: LogSettings


class _Environment(EnvSettingsSource):
    """Reads the variables that it is given, not the process's own."""

    def __init__(self, settings_cls: type[BaseSettings], variables: Mapping[str, str]) -> None:
        self._variables = {name.lower(): value for name, value in variables.items()}
        super().__init__(settings_cls)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return self._variables


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings that hold under *environment*.

    Later ones win: ``config/default.toml``, the file named by ``NEEDTOKNOW_CONFIG``, variables such as
    ``NEEDTOKNOW_FEEDS__ALLOW_PORTS`` (lists as JSON: ``[8090]``).

    Raises:
        ConfigError: a file cannot be read, a key is unknown or a value is wrong; the message names it.
    """
    defaults = tomllib.loads(files("config").joinpath("default.toml").read_text("utf-8"))
    path = environment.get(CONFIG_VARIABLE)
    own = _read_file(Path(path)) if path else {}
    _refuse_unknown(own, defaults, where=str(path))
    variables = {_SHORT.get(name, name): value for name, value in environment.items() if _is_setting(name)}
    for name in variables:
        keys = name.removeprefix(_PREFIX).lower().split("__")
        _refuse_unknown(_nested(keys), defaults, where=name)

    class Layered(Settings):
        """The settings with their three layers, strongest first."""

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
            env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            """Name the layers."""
            files_first = (InitSettingsSource(settings_cls, own), InitSettingsSource(settings_cls, defaults))
            return (_Environment(settings_cls, variables), *files_first)

    try:
        return Layered.model_validate({})
    except SettingsError as error:
        raise ConfigError(f'{str(error).capitalize()}. Lists are written as JSON: ["a", "b"].') from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"Setting {key} is wrong: {first['msg']}. See config/default.toml.") from error


def read_token(settings: Settings, environment: Mapping[str, str] = os.environ) -> SecretStr:
    """Return the bot's token, from ``NEEDTOKNOW_TOKEN`` or from the file that ``discord.token_file`` names.

    Raises:
        ConfigError: there is none, or others may read the file.
    """
    if token := environment.get(TOKEN_VARIABLE, "").strip():
        return SecretStr(token)
    if not settings.discord.token_file:
        raise ConfigError(
            f"No Discord token. Put it into the variable {TOKEN_VARIABLE}, or into a file (mode 0600) named by"
            " discord.token_file. To try the bot without one: needtoknow demo."
        )
    path = Path(settings.discord.token_file)
    try:
        mode = path.stat().st_mode
        token = path.read_text("utf-8").strip()
    except OSError as error:
        raise ConfigError(f"Cannot read the token file {path}: {error.strerror or error}.") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(f"Others may read the token file {path}. Run: chmod 600 {path}")
    if not token:
        raise ConfigError(f"The token file {path} is empty.")
    return SecretStr(token)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"Cannot read the settings file {path}: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"The settings file {path} is not valid TOML: {error}.") from error


def _is_setting(name: str) -> bool:
    return name.startswith(_PREFIX) and name not in _NOT_SETTINGS


def _nested(keys: Sequence[str]) -> dict[str, Any]:
    return {keys[0]: _nested(keys[1:]) if len(keys) > 1 else None}


def _refuse_unknown(given: Mapping[str, Any], known: Mapping[str, Any], *, where: str, prefix: str = "") -> None:
    for key, value in given.items():
        name = f"{prefix}{key}"
        if key not in known:
            near = process.extractOne(name, [f"{prefix}{other}" for other in known], score_cutoff=60)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise ConfigError(f"Unknown setting {name} in {where}.{hint} See config/default.toml for all of them.")
        if isinstance(known[key], Mapping):
            if not isinstance(value, Mapping):
                raise ConfigError(f"Setting {name} in {where} is a table: write [{name}] and its keys below.")
            _refuse_unknown(value, known[key], where=where, prefix=f"{name}.")
