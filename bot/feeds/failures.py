"""Every way in which the network fails, as one error with a reason code."""

import ssl
from typing import Final

import aiohttp

from bot.errors import FeedError

# The first class that fits decides; the last one fits everything.
_KINDS: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (TimeoutError, "timeout", "{host} did not answer in time."),
    (aiohttp.ClientConnectorDNSError, "dns_error", "The name {host} cannot be found in the DNS."),
    (aiohttp.InvalidURL, "blocked_address", "The address at {host} cannot be read."),
    (aiohttp.ClientConnectorError, "protocol_error", "No connection to {host} could be made."),
    (Exception, "protocol_error", "{host} broke off or did not speak HTTP."),
)
# What OpenSSL calls it when the other side does not speak TLS at all.
_NOT_TLS: Final = frozenset(
    {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG", "UNKNOWN_PROTOCOL"}
)


def feed_error(error: Exception, host: str) -> FeedError:
    """Return *error*, met while *host* was fetched, as a FeedError; one that is a FeedError stays what it is."""
    if isinstance(error, FeedError):
        return error
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return _tls_error(error, host)
    code, text = next((code, text) for kind, code, text in _KINDS if isinstance(error, kind))
    return FeedError(code, text.format(host=host))


def _tls_error(error: aiohttp.ClientSSLError | ssl.SSLError, host: str) -> FeedError:
    inner = error.__cause__ or error  # aiohttp wraps the error of the ssl module and loses what it said
    if getattr(inner, "reason", None) in _NOT_TLS:
        return FeedError("protocol_error", f"{host} does not speak TLS on this port.")
    if isinstance(inner, ssl.SSLCertVerificationError):
        what = getattr(inner, "verify_message", "it could not be checked")
        return FeedError("tls_error", f"The certificate of {host} is not valid: {what}.")
    return FeedError("tls_error", f"No secure connection to {host} could be made.")
