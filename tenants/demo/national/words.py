"""Words of which the made-up texts are put together."""

from __future__ import annotations

from random import Random

from tenants.cities.models import UnitKind
from tenants.demo.national.rows import EXAMPLE

SUBJECTS = {
    "government": ("Antrean", "Perizinan", "Aduan Warga", "Arsip", "Data Terpadu", "Pajak"),
    "governance": ("Antrean", "Perizinan", "Aduan Warga", "Arsip", "Data Terpadu", "Pajak"),
    "people": ("Kelas Warga", "Perpustakaan", "Beasiswa", "Kader Kampung", "Literasi", "Siaga"),
    "society": ("Kelas Warga", "Perpustakaan", "Beasiswa", "Kader Kampung", "Literasi", "Siaga"),
    "mobility": ("e-Parkir", "Angkutan", "Trotoar", "Lampu Jalan", "Terminal", "Antar Sekolah"),
    "living": ("Posyandu", "Rumah Sehat", "Ruang Publik", "Pasar Sehat", "Imunisasi", "Ambulans"),
    "economy": ("UMKM", "Pasar Rakyat", "Lelang Hasil Tani", "Pangan", "Kas Digital", "Koperasi"),
    "environment": ("Bank Sampah", "Sungai", "Taman", "Kompos", "Udara Bersih", "Panel Surya"),
    "branding": ("Wisata Malam", "Kalender Acara", "Wajah Kota", "Oleh-oleh", "Investasi"),
}  # fmt: skip
"""What innovations and programmes are about, by the pillar's code in either edition."""

MEANS = (
    "Satu Pintu", "Terpadu", "Berbasis Peta", "Lewat Gawai", "di Kelurahan", "24 Jam",
    "Tanpa Kertas", "Gotong Royong", "yang Terukur", "Jemput Bola", "Bersama Warga", "dan Terbuka",
)  # fmt: skip

SENTENCES = (
    "Warga menunggu lebih dari tiga jam sebelum dilayani.",
    "Data antarperangkat daerah belum sama, sehingga warga mengisi formulir berkali-kali.",
    "Petugas mencatat dengan tangan dan laporan baru tersedia pada akhir bulan.",
    "Layanan dipindahkan ke satu aplikasi yang juga dapat dipakai di balai kelurahan.",
    "Setiap permohonan mendapat nomor, batas waktu, dan nama petugas yang bertanggung jawab.",
    "Sensor sederhana mengirim keadaan lapangan setiap lima belas menit ke pusat kendali.",
    "Waktu layanan turun dari tiga hari menjadi empat jam pada uji coba di dua kecamatan.",
    "Kader kampung dilatih lebih dahulu, lalu melatih tetangganya sendiri.",
    "Anggaran pemeliharaan sudah tercantum dalam RPJMD dan tidak bergantung pada hibah.",
    "Pencatatan tetap berjalan tanpa sambungan ketika jaringan putus.",
    "Kerja sama dengan perguruan tinggi, bank daerah, dan komunitas warga sudah ditandatangani.",
    "Daerah lain dapat memakainya dengan mengganti peta dan daftar unit saja.",
    "Hasilnya diumumkan setiap triwulan dalam bentuk data terbuka.",
)

INDICATORS = (
    ("Layanan yang selesai daring", "%"),
    ("Waktu tunggu rata-rata", "menit"),
    ("Aduan yang ditindaklanjuti", "%"),
    ("Indeks kepuasan masyarakat", "indeks"),
    ("Sampah yang terolah", "ton"),
    ("Pelaku usaha yang terdampingi", "orang"),
)

PROGRAMME_CODES = ("2.16.02", "2.16.03", "1.02.02", "1.01.02", "2.15.02", "2.11.11", "2.17.07")
"""Of Permendagri 90/2019."""

PARTNERS = ("", "Perguruan tinggi setempat", "Bank daerah", "Komunitas relawan TIK")
PLACES = ("Seluruh kecamatan", "Dua kecamatan percontohan", "Pusat kota", "Kawasan pasar")

OFFICES = (
    ("DISKOMINFO", "Dinas Komunikasi dan Informatika", UnitKind.AGENCY),
    ("BAPPEDA", "Badan Perencanaan Pembangunan Daerah", UnitKind.BOARD),
    ("DINKES", "Dinas Kesehatan", UnitKind.AGENCY),
    ("DISDIK", "Dinas Pendidikan", UnitKind.AGENCY),
    ("DISHUB", "Dinas Perhubungan", UnitKind.AGENCY),
    ("DLH", "Dinas Lingkungan Hidup", UnitKind.AGENCY),
    ("DISKOPUKM", "Dinas Koperasi dan UKM", UnitKind.AGENCY),
    ("DISPAR", "Dinas Pariwisata", UnitKind.AGENCY),
    ("DPMPTSP", "Dinas Penanaman Modal dan PTSP", UnitKind.AGENCY),
    ("DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", UnitKind.AGENCY),
    ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", UnitKind.AGENCY),
    ("BPBD", "Badan Penanggulangan Bencana Daerah", UnitKind.BOARD),
    ("SETDA", "Sekretariat Daerah", UnitKind.SECRETARIAT),
    ("INSPEKTORAT", "Inspektorat Daerah", UnitKind.INSPECTORATE),
)


def title(random: Random, pillar: str) -> str:
    """Return a name of a programme or an innovation, marked as made up."""
    return f"{random.choice(SUBJECTS[pillar])} {random.choice(MEANS)} ({EXAMPLE})"


def paragraph(random: Random, sentences: int) -> str:
    """Return a text of so many sentences, marked as made up."""
    return "Contoh: " + " ".join(random.sample(SENTENCES, sentences))
