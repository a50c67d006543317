"""Why a request's document is not taken."""

from __future__ import annotations

from kotacerdas.errors import DomainError


class DocumentUnknown(DomainError):
    """No client, or not the one that asks, has registered a document of this id."""

    code = "DOCUMENT_UNKNOWN"
    id = (
        "Dokumen {document} tidak terdaftar untuk klien ini, atau sudah dicabut."
        " Muat ulang aplikasi; pengembang mendaftarkannya dengan `kotacerdas client register`."
    )
    en = (
        "The document {document} is not registered for this client, or was retired."
        " Reload the application; its developers register it by `kotacerdas client register`."
    )


class DocumentRequired(DomainError):
    """A text of its own from a client whose registered documents are all that it may send."""

    code = "DOCUMENT_REQUIRED"
    id = (
        "Klien {client} hanya boleh mengirim documentId yang terdaftar, bukan teks."
        " Daftarkan dokumennya dengan `kotacerdas client register`."
    )
    en = (
        "The client {client} may send the documentId of a registered document only, no text."
        " Add the document by `kotacerdas client register`."
    )


class BrowserText(DocumentRequired):
    """The same with a browser's cookie, whatever client the request claims to be."""

    id = (
        "Dengan kuki hanya documentId yang terdaftar yang diterima, bukan teks."
        " Untuk kueri sendiri, buat token API dan kirim tanpa kuki."
    )
    en = (
        "With a cookie, only the documentId of a registered document is taken, no text."
        " For queries of your own, make an API token and send it without the cookie."
    )


class TextByAddress(DocumentRequired):
    """A text in the address of a browser's request, where histories and logs would keep it."""

    id = "Dengan kuki, GET hanya menerima documentId yang terdaftar. Kirim teks lewat POST."
    en = "With a cookie, GET takes a registered documentId only. Send a text by POST."
