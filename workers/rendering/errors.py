"""Why a book could not be rendered, in words for the people who asked for it."""

from __future__ import annotations

from kotacerdas.errors import DomainError

SHORTEN_ID = "Ringkas uraian program, bekukan versi baru, lalu minta buku lagi."
SHORTEN_EN = "Shorten the programme texts, freeze a new version and ask for the book again."
"""A frozen version never changes, so that a shorter book needs a new one."""


class RenderCancelled(DomainError):
    """Somebody cancelled the job while its pages were being made."""

    code = "RENDER_CANCELLED"
    id = "Pembuatan buku dibatalkan. Mulai lagi bila buku masih diperlukan."
    en = "Rendering of the book was cancelled. Start it again if the book is still needed."


class RenderFailed(DomainError):
    """The renderer gave no book; `detail` is for the log, never for the reader."""

    code = "RENDER_FAILED"
    id = "Buku tidak dapat dibuat. Coba lagi; bila berulang, kirim kode pekerjaan ke operator."
    en = (
        "The book could not be made. Try again; if it repeats, send the job's code to the operator."
    )

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__()


class RenderCrashed(RenderFailed):
    """The child process died of a signal or without an answer."""

    code = "RENDER_CRASHED"
    id = "Proses pembuat buku berhenti mendadak. Pekerjaan ini dapat dicoba lagi."
    en = "The process that makes the book stopped suddenly. This job can be tried again."


class RenderOutOfTime(RenderFailed):
    """The book needed more processor or waiting time than one book may take."""

    code = "RENDER_OUT_OF_TIME"
    id = f"Buku terlalu lama dibuat. {SHORTEN_ID}"
    en = f"The book took too long to make. {SHORTEN_EN}"


class RenderOutOfMemory(RenderFailed):
    """The book needed more memory than one book may take."""

    code = "RENDER_OUT_OF_MEMORY"
    id = f"Buku terlalu besar untuk dibuat sekaligus. {SHORTEN_ID}"
    en = f"The book is too large to be made in one go. {SHORTEN_EN}"


class RenderTooLarge(RenderFailed):
    """The finished file would pass the limit of one file."""

    code = "RENDER_TOO_LARGE"
    id = f"Berkas buku melebihi batas ukuran. {SHORTEN_ID}"
    en = f"The book's file passes the size limit. {SHORTEN_EN}"


class RenderRefused(RenderFailed):
    """Typst refused the content: a defect of the template, not of the city's text."""

    code = "RENDER_REFUSED"
    id = "Isi buku tidak dapat disusun. Kirim kode pekerjaan ke operator; isi Anda tidak berubah."
    en = (
        "The book's content could not be set. Send the job's code to the operator; it is unchanged."
    )


FAILURES: dict[str, type[RenderFailed]] = {
    failure.code: failure
    for failure in (
        RenderFailed,
        RenderCrashed,
        RenderOutOfTime,
        RenderOutOfMemory,
        RenderTooLarge,
        RenderRefused,
    )
}
