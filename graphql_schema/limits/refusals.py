"""Why a request is refused before it is validated: one code for each limit."""

from __future__ import annotations

from kotacerdas.errors import DomainError


class LimitExceeded(DomainError):
    """A request that asks for more than its sender may."""


class SizeExceeded(LimitExceeded):
    """The document's text is too long."""

    code = "LIMIT_SIZE"
    id = "Teks dokumen paling banyak {limit} bita. Bagi menjadi beberapa permintaan."
    en = "A document's text has at most {limit} bytes. Split it into several requests."


class TokensExceeded(LimitExceeded):
    """The document has too many words and signs, comments included."""

    code = "LIMIT_TOKENS"
    id = "Dokumen paling banyak {limit} token. Bagi menjadi beberapa permintaan."
    en = "A document has at most {limit} tokens. Split it into several requests."


class DepthExceeded(LimitExceeded):
    """Fields or values of the document are nested too deeply."""

    code = "LIMIT_DEPTH"
    id = "Field paling banyak {limit} tingkat. Baca objek yang lebih dalam lewat id-nya."
    en = "Fields nest at most {limit} levels. Read what lies deeper by its id."


class CostExceeded(LimitExceeded):
    """The answer could hold too many objects; `requested` is the estimate."""

    code = "LIMIT_COST"
    id = (
        "Perkiraan biaya {requested} melebihi batas {limit}."
        " Perkecil first atau last, atau baca daftar di dalam daftar secara terpisah."
    )
    en = (
        "The estimated cost of {requested} is over the limit of {limit}."
        " Ask for smaller pages, or read lists within lists separately."
    )


class AliasesExceeded(LimitExceeded):
    """Too many fields are renamed."""

    code = "LIMIT_ALIASES"
    id = "Dokumen paling banyak {limit} alias. Bagi menjadi beberapa permintaan."
    en = "A document has at most {limit} aliases. Split it into several requests."


class RootFieldsExceeded(LimitExceeded):
    """An operation begins with too many fields."""

    code = "LIMIT_ROOT_FIELDS"
    id = "Satu operasi dimulai dengan paling banyak {limit} field. Bagi menjadi beberapa operasi."
    en = "An operation begins with at most {limit} fields. Split it into several operations."


class MutationsExceeded(LimitExceeded):
    """A document makes too many changes."""

    code = "LIMIT_MUTATIONS"
    id = "Satu dokumen paling banyak {limit} mutasi. Kirim sisanya dalam permintaan lain."
    en = "A document has at most {limit} mutations. Send the rest in another request."


class FragmentsExceeded(LimitExceeded):
    """The document defines too many fragments."""

    code = "LIMIT_FRAGMENTS"
    id = "Dokumen paling banyak {limit} fragmen. Gabungkan fragmen yang serupa."
    en = "A document has at most {limit} fragments. Join those that are alike."


class FragmentCycle(LimitExceeded):
    """A fragment contains itself."""

    code = "LIMIT_CYCLE"
    id = "Fragmen {name} memuat dirinya sendiri. Hapus salah satu penyebarannya."
    en = "The fragment {name} contains itself. Remove one of its spreads."


class DirectivesExceeded(LimitExceeded):
    """Too many directives are applied."""

    code = "LIMIT_DIRECTIVES"
    id = "Dokumen paling banyak {limit} direktif. Satukan syarat yang sama dalam satu fragmen."
    en = "A document has at most {limit} directives. Put equal conditions on one fragment."


class RepeatsExceeded(LimitExceeded):
    """One key of the answer is asked for too often, fragments included."""

    code = "LIMIT_REPEATS"
    id = "Field {key} diminta lebih dari {limit} kali di tempat yang sama. Gabungkan menjadi satu."
    en = "The field {key} is asked for more than {limit} times in one place. Join them to one."


class ListExceeded(LimitExceeded):
    """A list among the values is too long."""

    code = "LIMIT_LIST"
    id = "Satu daftar nilai paling banyak {limit} unsur. Bagi menjadi beberapa permintaan."
    en = "A list of values has at most {limit} entries. Split it into several requests."


class ValuesExceeded(LimitExceeded):
    """The variables hold too many values in all."""

    code = "LIMIT_VALUES"
    id = "Variabel paling banyak {limit} nilai seluruhnya. Bagi menjadi beberapa permintaan."
    en = "Variables hold at most {limit} values in all. Split them into several requests."


class ValueDepthExceeded(LimitExceeded):
    """A value is nested too deeply."""

    code = "LIMIT_VALUE_DEPTH"
    id = "Nilai paling banyak {limit} tingkat. Sederhanakan saringan atau masukan."
    en = "A value nests at most {limit} levels. Simplify the filter or the input."


class IntrospectionClosed(LimitExceeded):
    """Somebody unknown asks for the schema."""

    code = "LIMIT_INTROSPECTION"
    id = "Skema tidak dibaca tanpa masuk. Ambil /schema.graphql, atau masuk lebih dahulu."
    en = "The schema is not read without signing in. Take /schema.graphql, or sign in first."


class IntrospectionDepthExceeded(LimitExceeded):
    """The schema is read in circles."""

    code = "LIMIT_INTROSPECTION_DEPTH"
    id = "Introspeksi ini terlalu dalam. Pakai kueri introspeksi baku atau /schema.graphql."
    en = "This introspection nests too deeply. Use the standard query or /schema.graphql."
