"""The specialties of the demo clinics: titles by slug."""

SHARED = {
    "cardiology": "Cardiology",
    "dermatology": "Dermatology",
    "ear-nose-and-throat": "Ear, Nose and Throat",
    "emergency-medicine": "Emergency Medicine",
    "endocrinology": "Endocrinology",
    "general-practice": "General Practice",
    "gynecology": "Gynecology",
    "internal-medicine": "Internal Medicine",
    "neurology": "Neurology",
    "nutrition": "Nutrition",
    "oncology": "Oncology",
    "orthopedics": "Orthopedics",
    "pediatrics": "Pediatrics",
    "physiotherapy": "Physiotherapy",
    "psychiatry": "Psychiatry",
}

# nobody holds hyperbaric medicine: it can be deleted
NORTH_SPECIALTIES = SHARED | {
    "gastroenterology": "Gastroenterology",
    "geriatrics": "Geriatrics",
    "hematology": "Hematology",
    "hyperbaric-medicine": "Hyperbaric Medicine",
    "infectious-diseases": "Infectious Diseases",
    "nephrology": "Nephrology",
    "ophthalmology": "Ophthalmology",
    "psychology": "Psychology",
    "pulmonology": "Pulmonology",
    "radiology": "Radiology",
    "rheumatology": "Rheumatology",
    "sleep-medicine": "Sleep Medicine",
    "sports-medicine": "Sports Medicine",
    "urology": "Urology",
}

# nobody holds travel medicine
SOUTH_SPECIALTIES = SHARED | {
    "speech-therapy": "Speech Therapy",
    "travel-medicine": "Travel Medicine",
}
