"""The route that takes files: a signed address, the sender's own credential, and a quarantine."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kotacerdas import files
from kotacerdas.errors import DomainError, NotFound, Unauthenticated
from kotacerdas.file_names import SEGMENT, TENANTS
from kotacerdas.identity.authentication import Actor, scope_for
from kotacerdas.scope import Door, Scope
from kotacerdas.uploads import actions
from kotacerdas.uploads.models import Upload
from kotacerdas.web.context import actor_of, request_id_of, services_of
from kotacerdas.web.problems import BodyTooLarge
from kotacerdas.web.rates import counted_actor

ZIP = b"PK\x03\x04"
"""What every .xlsx file begins with."""


class UploadUnlike(DomainError):
    """A file that is not what its name says."""

    code = "UPLOAD_UNLIKE"
    id = "Isi berkas ini bukan XLSX. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
    en = "The content is no XLSX. Open it in Excel, save it as .xlsx, and upload it again."


class UploadCut(DomainError):
    """Fewer bytes than were announced."""

    code = "UPLOAD_CUT"
    id = "{received} dari {announced} bita diterima. Unggah lagi ke alamat yang sama."
    en = "{received} of {announced} bytes were received. Send it again to the same address."
    retryable = True


async def receive(request: Request) -> Response:
    """Take the file of an announced upload; PUT /uploads/{upload}?expires&signature.

    The signature proves that the address was given to somebody with the right; it has to be the
    same person who sends the file. What is sent again after a cut connection replaces nothing.
    """
    services, name = services_of(request), request.path_params["upload"]
    query = request.query_params
    expires, signature = query.get("expires", ""), query.get("signature", "")
    files.verify(services.settings, actions.signed(name), expires=expires, signature=signature)
    await counted_actor(request)
    scope, upload_id = _target(await actor_of(request, fresh=True), name, request)
    upload = await services.database.perform(scope, lambda s: actions.receivable(s, upload_id))
    with TemporaryDirectory(prefix="kotacerdas-upload-") as folder:
        path = Path(folder) / "upload"
        digest = await _received(request, upload, path)
        await asyncio.to_thread(services.files.store_file, path, actions.folder(upload))
    size = upload.size_bytes
    await services.database.perform(
        scope, lambda s: actions.store(s, upload_id, sha256=digest, size_bytes=size)
    )
    return JSONResponse({"hash": digest, "sizeBytes": size}, 201)


def _target(actor: Actor, name: str, request: Request) -> tuple[Scope, UUID]:
    """Return the scope of the upload's city, where the actor has a role, and the upload's id."""
    if actor.person_id is None:
        raise Unauthenticated
    found = SEGMENT.fullmatch(name)
    if found is None or found[1] != actions.PREFIX or int(found[2]) >= TENANTS:
        raise NotFound
    tenant_id = int(found[2])
    if not any(grant.tenant_id == tenant_id for grant in actor.grants):
        raise NotFound
    scope = scope_for(actor, tenant_id, request_id=request_id_of(request))
    return scope.through(Door.CITY), UUID(found[3])


async def _received(request: Request, upload: Upload, path: Path) -> str:
    """Write the body to a file and return its hash; raises what is wrong with it at once."""
    digest, size = sha256(), 0
    with path.open("wb") as target:
        async for chunk in request.stream():
            if size < len(ZIP) and not ZIP.startswith(chunk[: len(ZIP)]) and size == 0:
                raise UploadUnlike
            size += len(chunk)
            if size > upload.size_bytes:
                raise BodyTooLarge(limit_bytes=upload.size_bytes)
            digest.update(chunk)
            target.write(chunk)
    if size < upload.size_bytes:
        raise UploadCut(received=size, announced=upload.size_bytes)
    return digest.hexdigest()
