"""Refusals as JSON: `{"errors": [{"code", "message", "path", "requestId"}]}`."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from kotacerdas.errors import (
    DomainError,
    DomainErrors,
    Forbidden,
    NotFound,
    StaleVersion,
    Unauthenticated,
    WrongState,
)
from kotacerdas.files import LinkExpired
from kotacerdas.identity.authentication import TwoCredentials
from kotacerdas.identity.credentials import SignInRefused
from kotacerdas.identity.invitations import InvitationExpired, InvitationUsed
from kotacerdas.identity.people import AccountExists
from kotacerdas.identity.throttle import TooManyAttempts
from kotacerdas.web.context import credentials_of, language_of, request_id_of, services_of
from kotacerdas.web.rates import RateLimited, rate_headers
from kotacerdas.web.server.refusals import (
    BodyTooSlow,
    HeadTooLarge,
    HeadTooSlow,
    MalformedRequest,
    TooManyConnections,
)


class MethodNotAllowed(DomainError):
    """The address is there, but not for this HTTP method."""

    code = "METHOD_NOT_ALLOWED"
    id = "Alamat ini tidak menerima metode itu. Lihat tajuk Allow untuk metode yang diterima."
    en = "This address does not take that method. See the Allow header for those it takes."


class CrossSiteRefused(DomainError):
    """A browser's request that another site may have caused."""

    code = "CROSS_SITE_REFUSED"
    id = "Permintaan ditolak karena mungkin berasal dari situs lain. Kirim tajuk X-Kota-Cerdas: 1."
    en = "The request may come from another site. Send the header X-Kota-Cerdas: 1 from our own."


class JsonRequired(DomainError):
    """A body that is no JSON."""

    code = "JSON_REQUIRED"
    id = "Isi permintaan harus JSON. Kirim objek JSON dengan Content-Type: application/json."
    en = "The body must be JSON. Send a JSON object with Content-Type: application/json."


class BodyTooLarge(DomainError):
    """A body beyond the limit of its route."""

    code = "BODY_TOO_LARGE"
    id = "Isi permintaan melebihi {limit_bytes} bita. Kirim data yang lebih kecil."
    en = "The body is larger than {limit_bytes} bytes. Send less."


class Defect(DomainError):
    """Something that should not have happened; the log tells more by the request id."""

    code = "INTERNAL"
    id = "Terjadi kesalahan di pihak kami. Coba lagi; bila berulang, laporkan requestId ini."
    en = "Something went wrong on our side. Try again; if it persists, report this requestId."


class Unavailable(DomainError):
    """The database does not answer."""

    code = "UNAVAILABLE"
    id = "Layanan sedang tidak tersedia. Coba lagi sebentar lagi."
    en = "The service is not available right now. Try again in a moment."
    retryable = True


STATUSES: dict[type[DomainError], int] = {
    MalformedRequest: 400,
    TwoCredentials: 400,
    Unauthenticated: 401,
    SignInRefused: 401,
    Forbidden: 403,
    CrossSiteRefused: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    BodyTooSlow: 408,
    HeadTooSlow: 408,
    StaleVersion: 409,
    WrongState: 409,
    AccountExists: 409,
    InvitationExpired: 410,
    InvitationUsed: 410,
    LinkExpired: 410,
    BodyTooLarge: 413,
    JsonRequired: 415,
    TooManyAttempts: 429,
    RateLimited: 429,
    HeadTooLarge: 431,
    Defect: 500,
    TooManyConnections: 503,
    Unavailable: 503,
}
"""HTTP status of a refusal; whatever is not here, nor a subclass, is 422."""


def problem(connection: HTTPConnection, *errors: DomainError) -> JSONResponse:
    """Return the response that tells what was refused, in the request's language."""
    language, request_id = language_of(connection), request_id_of(connection)
    body = [
        {
            "code": error.code,
            "message": error.text(language),
            "path": list(error.path),
            "requestId": request_id,
        }
        for error in errors
    ]
    headers = {"Vary": "Accept-Language", "Content-Language": language}
    headers |= rate_headers(connection)
    for error in errors:
        headers.update(headers_of(error))
    return JSONResponse({"errors": body}, status_of(errors[0]), headers)


def status_of(error: DomainError) -> int:
    """Return the HTTP status of a refusal."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 422)


def refused(request: Request, error: Exception) -> Response:
    """Answer what a route raised; a cookie that opens nothing any more is taken back."""
    match error:
        case DomainErrors():
            return problem(request, *error.errors)
        case HTTPException(status_code=405):
            response = problem(request, MethodNotAllowed())
            response.headers.update(error.headers or {})
            return response
        case DomainError():
            response = problem(request, error)
            if isinstance(error, Unauthenticated) and credentials_of(request).cookie is not None:
                services_of(request).cookie.delete(response)
            return response
        case _:
            return problem(request, NotFound())


REFUSALS = (DomainError, DomainErrors, HTTPException)
"""What `refused` answers; any other exception is a defect."""


def headers_of(error: DomainError) -> dict[str, str]:
    """Return the header fields that a refusal asks for."""
    match error:
        case RateLimited():
            return {"Retry-After": str(error.decision.reset_seconds)}
        case TooManyAttempts():
            return {"Retry-After": str(error.minutes * 60)}
        case Unavailable() | TooManyConnections():
            return {"Retry-After": "5"}
        case Unauthenticated() | SignInRefused():
            return {"WWW-Authenticate": "Bearer"}
        case _:
            return {}
