"""Words of the made-up cities: what departments, people, programmes and innovations are called."""

from __future__ import annotations

from random import Random

UNITS = (
    ("sekretariat", "Sekretariat Daerah", "Setda"),
    ("inspektorat", "Inspektorat Daerah", "Inspektorat"),
    ("badan", "Badan Perencanaan Pembangunan Daerah", "Bappeda"),
    ("dinas", "Dinas Komunikasi dan Informatika", "Diskominfo"),
    ("dinas", "Dinas Kesehatan", "Dinkes"),
    ("dinas", "Dinas Pendidikan dan Kebudayaan", "Disdikbud"),
    ("dinas", "Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil"),
    ("dinas", "Dinas Perhubungan", "Dishub"),
    ("dinas", "Dinas Lingkungan Hidup", "DLH"),
    ("dinas", "Dinas Pekerjaan Umum dan Penataan Ruang", "DPUPR"),
    ("dinas", "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak", "Dinsos"),
    ("dinas", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP"),
    ("dinas", "Dinas Koperasi, UKM dan Perdagangan", "Diskopdag"),
    ("dinas", "Dinas Pariwisata, Pemuda dan Olahraga", "Disparpora"),
    ("dinas", "Dinas Pertanian dan Ketahanan Pangan", "Distan"),
    ("dinas", "Dinas Perumahan dan Kawasan Permukiman", "Disperkim"),
    ("dinas", "Dinas Tenaga Kerja dan Transmigrasi", "Disnaker"),
    ("dinas", "Dinas Perpustakaan dan Kearsipan", "Dispusip"),
    ("badan", "Badan Penanggulangan Bencana Daerah", "BPBD"),
    ("badan", "Badan Pendapatan Daerah", "Bapenda"),
    ("badan", "Badan Keuangan dan Aset Daerah", "BKAD"),
    ("badan", "Badan Kepegawaian dan Pengembangan SDM", "BKPSDM"),
    ("kecamatan", "Kecamatan Kota Utara", "Kec. Utara"),
    ("kecamatan", "Kecamatan Kota Selatan", "Kec. Selatan"),
    ("kecamatan", "Kecamatan Kota Tengah", "Kec. Tengah"),
    ("lainnya", "RSUD dr. Achmad Mochtar", "RSUD"),
)
"""Kind, name and short name of each perangkat daerah that a city may have."""

GIVEN = (
    "Andi", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita",
    "Hendra", "Indah", "Joko", "Kartika", "Lestari", "Made", "Nur",
)  # fmt: skip
FAMILY = (
    "Siregar", "Wijaya", "Pratama", "Hidayat", "Lubis", "Saputra", "Rahman",
    "Tanjung", "Wulandari", "Nasution",
)  # fmt: skip

SUBJECTS = (
    "Antrean Puskesmas", "Izin Usaha Mikro", "Bank Sampah", "Pasar Rakyat", "Angkutan Kota",
    "Posyandu", "Kampung Wisata", "Perpustakaan Keliling", "Aduan Warga", "Parkir Tepi Jalan",
    "Air Bersih", "Lampu Jalan", "Pajak Daerah", "Kartu Keluarga", "Tanggap Bencana",
    "Pelatihan Kerja", "Lahan Tidur", "Sungai Bersih", "Sekolah Ramah Anak", "Produk Lokal",
)  # fmt: skip
MEANS = (
    "dari Rumah", "Satu Pintu", "Terpadu", "Berbasis Peta", "Lewat Gawai", "di Kelurahan",
    "24 Jam", "Tanpa Kertas", "Gotong Royong", "yang Terukur", "\"Jemput Bola\"", "dan Terbuka",
)  # fmt: skip
SENTENCES = (
    "Warga menunggu lebih dari tiga jam sebelum dilayani.",
    "Data antarperangkat daerah belum sama, sehingga warga mengisi formulir berkali-kali.",
    "Petugas mencatat dengan tangan dan laporan baru tersedia pada akhir bulan.",
    "Layanan dipindahkan ke satu aplikasi yang juga dapat dipakai di balai kelurahan.",
    "Setiap permohonan mendapat nomor, batas waktu, dan nama petugas yang bertanggung jawab.",
    "Sensor sederhana mengirim keadaan lapangan setiap lima belas menit ke pusat kendali.",
    "Waktu layanan turun dari tiga hari menjadi empat jam pada uji coba di dua kecamatan.",
    "Pendapatan pedagang naik 12% karena pesanan dapat diterima sejak pagi.",
    "Kader kampung dilatih lebih dahulu, lalu melatih tetangganya sendiri.",
    "Anggaran pemeliharaan sudah tercantum dalam RPJMD dan tidak bergantung pada hibah.",
    "Risiko terbesar adalah jaringan yang putus; pencatatan tetap berjalan tanpa sambungan.",
    "Kerja sama dengan perguruan tinggi, bank daerah, dan komunitas warga sudah ditandatangani.",
    "Kota lain dapat memakainya dengan mengganti peta dan daftar unit saja.",
    "Hasilnya diumumkan setiap triwulan dalam bentuk data terbuka.",
)  # fmt: skip
COMMENTS = (
    "Lengkapi data dukung dan indikator kinerja.",
    "Manfaat sudah jelas; sebutkan sumber angka tahun dasar.",
    "Sudah siap direplikasi oleh kota lain.",
    "Anggaran belum sesuai dengan sumber daya yang disebut.\nPerbaiki lalu ajukan kembali.",
    "",
)
INDICATORS = (
    ("Layanan yang selesai daring", "%"), ("Waktu tunggu rata-rata", "menit"),
    ("Aduan yang ditindaklanjuti", "%"), ("Indeks kepuasan masyarakat", "indeks"),
    ("Sampah yang terolah", "ton"), ("Pelaku usaha yang terdampingi", "orang"),
)  # fmt: skip


def person_name(rng: Random) -> str:
    """A name of somebody."""
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def title(rng: Random) -> str:
    """A name of a programme or an innovation."""
    return f"{rng.choice(SUBJECTS)} {rng.choice(MEANS)}"


def paragraph(rng: Random, sentences: int) -> str:
    """A text of so many sentences; every eighth has a second paragraph."""
    words = rng.choices(SENTENCES, k=sentences)
    return ("\n" if rng.random() < 0.125 else " ").join(words)
