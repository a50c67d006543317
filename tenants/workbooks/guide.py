"""What a workbook tells the people who fill it in, in Indonesian and English."""

from __future__ import annotations

LINE = (
    "Isi baris kosong untuk menambah; ubah sel putih untuk mengubah. Jangan ubah kolom ID."
    " Lihat lembar Petunjuk.",
    "Fill empty rows to add; edit white cells to change. Leave the ID column alone."
    " See the sheet Petunjuk.",
)

GUIDE: tuple[tuple[str, str], ...] = (
    ("PETUNJUK", "HOW TO FILL THIS IN"),
    (
        "Satu baris adalah satu program atau satu inovasi. Baris yang sudah ada membawa ID;"
        " mengubahnya mengubah data yang tersimpan.",
        "A row is one programme or one innovation. A stored row carries its ID; editing the row"
        " changes what is stored.",
    ),
    (
        "Untuk menambah, isi baris kosong di bawah. Bila Anda menyalin baris lama, kosongkan ID-nya"
        " pada salinan.",
        "To add one, fill an empty row below. Where you copy an old row, clear the ID of the copy.",
    ),
    (
        "Menghapus baris dari lembar ini tidak menghapus apa pun di Kota Cerdas. Sel yang"
        " dikosongkan mengosongkan isiannya.",
        "Deleting a row here deletes nothing in Kota Cerdas. A cell that you clear clears its"
        " field.",
    ),
    (
        "Uang: 1500000000, Rp1.500.000.000,00 atau 1,5 M (M = miliar). Bila dapat dibaca dua cara"
        " (1.500), sistem menanyakannya.",
        "Money: 1500000000, Rp1.500.000.000,00 or 1,5 M (M = miliar, 10^9). What can be read in two"
        " ways (1.500) is asked back.",
    ),
    (
        "Kode (misalnya 2.16.02) diketik sebagai teks agar nolnya tidak hilang. Rumus tidak dibaca:"
        " tempel sebagai nilai.",
        "Codes (such as 2.16.02) are typed as text, so that no zero is lost. Formulas are not read:"
        " paste values.",
    ),
    (
        "Setelah diunggah, sistem memperlihatkan apa yang akan berubah dan setiap kesalahan menurut"
        " selnya. Belum ada yang disimpan sampai Anda menyetujuinya; lalu semuanya disimpan"
        " sekaligus.",
        "After the upload you see what would change, and each fault by its cell. Nothing is saved"
        " until you agree; then all of it is saved at once.",
    ),
    (
        "Bila orang lain mengubah sel yang sama sejak buku kerja ini diunduh, sistem memperlihatkan"
        " kedua nilainya dan menunggu pilihan Anda.",
        "Where somebody else has changed the same cell since this workbook was downloaded, you see"
        " both values and decide.",
    ),
)


def line(language: str) -> str:
    """Return the one line above the table."""
    return LINE[language == "en"]
