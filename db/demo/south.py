"""The demo clinic in the south: the smaller of the two, with some slugs of the other."""

# ruff: noqa: RUF001 (names are spelled as their bearers spell them)

from db.demo.clinic import Clinic, Person
from db.demo.scheduling import CONGRESS, DAY_OFF, NIGHTS, OPEN_SATURDAY, TWO_DAYS, VACATION, VIDEO_EVENING, WEEKEND
from db.demo.specialties import SOUTH_SPECIALTIES

PEOPLE = (
    Person("elena-kowalczyk", "Dr. Elena Kowalczyk", "Neurologist", "America/Bogota", "neurology psychiatry"),
    Person("camila-fernandez", "Dra. Camila Fernández Peñaranda", "Cardiologist", "America/Bogota", "cardiology"),
    Person("thiago-araujo", "Dr. Thiago Araújo", "Internist", "America/Fortaleza", "internal-medicine endocrinology"),
    Person("kwame-mensah", "Dr. Kwame Mensah", "General Practitioner", "Africa/Accra", "general-practice"),
    Person("mbali-dlamini", "Dr. Mbali Dlamini", "Pediatrician", "Africa/Johannesburg", "pediatrics general-practice"),
    Person("yasmine-ben-ali", "د. ياسمين بن علي", "Dermatologist", "Africa/Tunis", "dermatology"),
    Person("itai-cohen", "ד״ר איתי כהן", "Orthopedist", "Asia/Jerusalem", "orthopedics"),
    Person("ayse-demir", "Uzm. Dr. Ayşe Demir", "Gynecologist", "Europe/Istanbul", "gynecology"),
    Person("nikos-angelopoulos", "Νίκος Αγγελόπουλος", "Physiotherapist", "Europe/Athens", "physiotherapy orthopedics"),
    Person("suzuki-hina", "鈴木 陽菜", "Dietitian", "Asia/Tokyo", "nutrition"),
    Person("tran-van-minh", "BS. Trần Văn Minh", "Emergency Physician", "Asia/Ho_Chi_Minh", "emergency-medicine"),
    Person("arjun-mehta", "डॉ. अर्जुन मेहता", "Oncologist", "Asia/Kolkata", "oncology internal-medicine"),
    Person("farhana-rahman", "ডা. ফারহানা রহমান", "Psychiatrist", "Asia/Dhaka", "psychiatry"),
    Person("meenakshi-sundaram", "மீனாட்சி சுந்தரம்", "Speech Therapist", "Asia/Colombo", "speech-therapy"),
    Person("katarzyna-zoltowska", "Dr Katarzyna Żółtowska", "ENT Surgeon", "Europe/Warsaw", "ear-nose-and-throat"),
    Person("gheorghe-brancoveanu", "Dr. Gheorghe Brâncoveanu", "Cardiologist", "Europe/Bucharest", "cardiology"),
    Person("leilani-faleolo", "Dr. Leilani Faleʻolo", "General Practitioner", "Pacific/Apia", "general-practice"),
    Person("nadia-tremblay", "Nadia Haddad-Tremblay", timezone="America/Toronto", specialties="physiotherapy"),
    Person("rui-sao-bento", "Dr. Rui de São Bento", "Endocrinologist", "Atlantic/Azores", "endocrinology"),
    Person("sam-taylor", "Sam Taylor", "Trainee"),
    Person("aminata-diallo", "Dr Aminata Diallo", "Gynecologist", "Africa/Dakar", "gynecology"),
    Person("bjorn-astrom", "Dr. Björn Åström", "Pediatrician", "Europe/Stockholm", "pediatrics"),
)

DESCRIPTIONS = {
    "elena-kowalczyk": "Tremor, Parkinson's disease and what they do to mood. Works in both clinics.",
    "camila-fernandez": "Prevention first: blood pressure, cholesterol and a long talk about breakfast.",
    "thiago-araujo": "Internal medicine with a focus on diabetes. Hammock therapy only on request.",
    "kwame-mensah": "House calls on Mondays, the whole family on any other day.",
    "mbali-dlamini": "Vaccinations, coughs and school reports; answers children before their parents.",
    "yasmine-ben-ali": "Skin of every color, pigment disorders and laser treatment.",
    "itai-cohen": "Sports injuries and arthroscopy. Believes in crutches for a shorter time than you fear.",
    "ayse-demir": "Family planning, menopause and ultrasound in one unhurried visit.",
    "nikos-angelopoulos": "Manual therapy and aquatic exercise in the pool next door.",
    "suzuki-hina": "Helps people with food allergies to eat well and to eat out.",
    "tran-van-minh": "Wounds, fractures and fevers at hours when others sleep.",
    "arjun-mehta": "Chemotherapy close to home, in touch with the large center two hours away.",
    "farhana-rahman": "Postnatal depression and sleep. First visits last ninety minutes.",
    "meenakshi-sundaram": "Speech and swallowing after stroke, stammering in children; sessions in Tamil and English.",
    "katarzyna-zoltowska": "Sinuses, snoring and sudden hearing loss, the last without waiting list.",
    "gheorghe-brancoveanu": "Heart failure and rehabilitation after a heart attack, one flight of stairs at a time.",
    "leilani-faleolo": "General practice by video across the ocean, in person twice a month.",
    "nadia-tremblay": "Pelvic floor therapy, in French, Arabic and English.",
    "bjorn-astrom": "Moved back to Uppsala; his records stay with us.",
}

SOUTH = Clinic(
    slug="south",
    specialties=SOUTH_SPECIALTIES,
    people=PEOPLE,
    descriptions=DESCRIPTIONS,
    minicrm_names={"elena-kowalczyk": "DrKowalczyk", "tran-van-minh": "BsMinh"},
    weeks={"tran-van-minh": NIGHTS, "leilani-faleolo": WEEKEND, "itai-cohen": TWO_DAYS},
    overrides={
        "elena-kowalczyk": (VACATION, VIDEO_EVENING),
        "itai-cohen": (DAY_OFF, OPEN_SATURDAY),
        "arjun-mehta": (CONGRESS,),
    },
    paused=frozenset({"sam-taylor", "yasmine-ben-ali"}),
    deleted=frozenset({"aminata-diallo", "bjorn-astrom"}),
)
