"""Every error this bot raises on purpose.

NeedToKnowError
    ConfigError            the operator must edit a file or a variable (exit 78)
    UsageError             the command line was used wrongly (exit 2)
    UserError              the person asking can fix it; the text is shown to them
        UnknownActorError
        UnknownEventError
    FeedError              one source could not be read; carries a reason code
    InputError             one file or line could not be read; the rest goes on
    AuditError             an edition holds a character that no stored article explains
    AnalysisError          the language worker gave no answer for a document
    StorageError           the database refused; the unit of work was rolled back
        DatabaseMissingError
        DatabaseForeignError
        DatabaseDamagedError
        DatabaseBusyError
    DeliveryError          Discord refused a message for good
"""

from typing import Final

REASON_CODES: Final = frozenset(
    {
        "timeout", "too_large", "blocked_address", "too_many_redirects", "bad_scheme", "bad_port", "dns_error",
        "not_a_feed", "bad_encoding", "http_error", "protocol_error", "gone", "rate_limited", "parse_error",
        "parse_timeout", "auth_required", "tls_error",
    }
)  # fmt: skip


class NeedToKnowError(Exception):
    """Base of every error raised on purpose."""


class ConfigError(NeedToKnowError):
    """A setting is missing or wrong; the message names it and what to write instead."""


class UsageError(NeedToKnowError):
    """A command was called wrongly; the message names the option and a right value."""


class UserError(NeedToKnowError):
    """Shown, word for word, to the person who asked."""


class UnknownActorError(UserError):
    """No stored actor has this name; *suggestions* are close ones, likeliest first."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {_listed(suggestions)}?" if suggestions else " Try the name as newspapers write it."
        super().__init__(f"No actor called “{name}”.{hint}")
        self.name = name
        self.suggestions = suggestions


class UnknownEventError(UserError):
    """No stored event has this id or title; *suggestions* are close titles."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {_listed(suggestions)}?" if suggestions else " See /events for what there is."
        super().__init__(f"No event “{name}”.{hint}")
        self.name = name
        self.suggestions = suggestions


class FeedError(NeedToKnowError):
    """A source could not be read.

    *code* is one of :data:`REASON_CODES`; *status* the HTTP status where there was one; *retry_after* the
    seconds that the server asked for.
    """

    def __init__(self, code: str, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        if code not in REASON_CODES:
            raise ValueError(f"unknown reason code {code!r}")
        super().__init__(message)
        self.code = code
        self.status = status
        self.retry_after = retry_after


class InputError(NeedToKnowError):
    """A file or a line cannot be read as an article; the message names it."""


class AuditError(NeedToKnowError):
    """An edition holds a character that no stored article explains; it must not be posted."""


class AnalysisError(NeedToKnowError):
    """The language worker died or ran out of time on one document."""


class StorageError(NeedToKnowError):
    """The database refused; nothing of the unit of work was kept."""


class DatabaseMissingError(StorageError):
    """There is no database where one was expected."""


class DatabaseForeignError(StorageError):
    """The file is a database of something else, or of a newer needtoknow; it was not touched."""


class DatabaseDamagedError(StorageError):
    """The file is damaged; it was not touched. The message names the newest backup."""


class DatabaseBusyError(StorageError):
    """Another process holds the database."""


class DeliveryError(NeedToKnowError):
    """Discord refused a message for good."""


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names[:3]]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
