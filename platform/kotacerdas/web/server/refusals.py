"""Why the server refuses a connection or a request before a route sees it."""

from __future__ import annotations

from kotacerdas.errors import DomainError

REFUSAL = "kotacerdas.refusal"
"""Key of an ASGI scope: why the request must be refused before anything else is done with it."""


class MalformedRequest(DomainError):
    """Bytes that are no HTTP request."""

    code = "MALFORMED_REQUEST"
    id = "Ini bukan permintaan HTTP/1.1 yang sah. Periksa klien atau proksi yang mengirimnya."
    en = "This is no valid HTTP/1.1 request. Look at the client or proxy that sent it."


class HeadTooSlow(DomainError):
    """A request's line and headers did not come in time."""

    code = "HEAD_TOO_SLOW"
    id = "Tajuk permintaan belum lengkap setelah {seconds:g} detik. Kirim ulang sekaligus."
    en = "The headers were not complete after {seconds:g} seconds. Send the request again at once."


class HeadTooLarge(DomainError):
    """A request's line and headers are longer than the server reads."""

    code = "HEAD_TOO_LARGE"
    id = "Alamat dan tajuk melebihi {limit_bytes} bita. Kirim kueri sebagai isi POST."
    en = "Address and headers exceed {limit_bytes} bytes. Send the query as the body of a POST."


class BodyTooSlow(DomainError):
    """A request's body stalls."""

    code = "BODY_TOO_SLOW"
    id = "Isi permintaan terhenti atau terlalu lambat. Periksa jaringan, lalu kirim ulang."
    en = "The body stalled or came too slowly. Look at the network, then send it again."


class TooManyConnections(DomainError):
    """This process holds as many connections as it may."""

    code = "TOO_MANY_CONNECTIONS"
    id = "Server sedang penuh. Coba lagi beberapa detik lagi."
    en = "The server is full right now. Try again in a few seconds."
