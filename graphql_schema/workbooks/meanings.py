"""What the values of enums of uploads and workbooks mean."""

from __future__ import annotations

from enum import Enum

from kotacerdas.uploads.models import UploadState
from tenants.workbooks.models import ImportState
from tenants.workbooks.preview import RowAction
from tenants.workbooks.sheet import WorkbookKind

WORKBOOKS: dict[type[Enum], dict[str, str]] = {
    UploadState: {
        "WAITING": "Announced; its address takes the file.",
        "STORED": "The file has come.",
        "EXPIRED": "The file was deleted after its time.",
    },
    WorkbookKind: {
        "PROGRAMMES": "Programmes of a masterplan, with targets and budgets.",
        "INNOVATIONS": "Innovations of a participation.",
    },
    ImportState: {
        "READING": "A job reads it.",
        "PREVIEWED": "Its rows tell what would change; nothing is saved yet.",
        "SAVING": "Somebody has agreed; a job saves it.",
        "SAVED": "All of it is saved; final.",
        "FAILED": "Nothing of it is saved; `failure` says why; final.",
    },
    RowAction: {
        "CREATE": "It becomes a new programme or innovation.",
        "CHANGE": "Some of its cells change what is stored.",
        "UNCHANGED": "It is as it is stored.",
        "CONFLICT": "A cell was changed by others too; both values are told.",
        "REFUSED": "It has faults.",
    },
}
