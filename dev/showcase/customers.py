"""The customers: a table, no records."""

# A row of the table a line:
# ruff: noqa: E501

from dataclasses import dataclass


@dataclass(frozen=True)
class Customer:
    """A customer as a salesperson would describe it."""

    name: str
    kind: str  # company, or person
    place: str  # a key of PLACES
    behaviour: str  # see behaviours.py
    interval: int  # usual days between two purchases
    buys: str  # order, invoice, receipt or till; a second one is for every third purchase
    usual: int  # usual untaxed purchase, in the selling company's currency
    seller: str = ""  # login of the salesperson
    tags: str = ""
    industry: str = ""
    since: int = 2024  # the year in which the contact was made
    contacts: tuple = ()  # (name, type of address) each
    currency: str = ""  # of the documents, where it is not the selling company's
    sold_by: str = "najd"  # key of the selling company
    archived: bool = False

    @property
    def language(self):
        return "ar_001" if any("\u0600" <= letter <= "\u06ff" for letter in self.name) else "en_US"


# City, the state's code, the country's code
PLACES = {
    "riyadh": ("Riyadh", "RUH", "SA"),
    "jeddah": ("Jeddah", "JED", "SA"),
    "makkah": ("Makkah", "MAK", "SA"),
    "madinah": ("Madinah", "MED", "SA"),
    "dammam": ("Dammam", "DMM", "SA"),
    "khobar": ("Al Khobar", "ALK", "SA"),
    "buraydah": ("Buraydah", "BUR", "SA"),
    "abha": ("Abha", "AHB", "SA"),
    "dubai": ("Dubai", "DU", "AE"),
    "abudhabi": ("Abu Dhabi", "AZ", "AE"),
    "sharjah": ("Sharjah", "SH", "AE"),
    "kuwait": ("Kuwait City", "", "KW"),
    "manama": ("Manama", "", "BH"),
    "doha": ("Doha", "", "QA"),
    "cairo": ("Cairo", "C", "EG"),
    "alexandria": ("Alexandria", "ALX", "EG"),
    "amman": ("Amman", "JO-AM", "JO"),
    "london": ("London", "Q1", "GB"),
    "hamburg": ("Hamburg", "DE-HH", "DE"),
    "berlin": ("Berlin", "DE-BE", "DE"),
    "paris": ("Paris", "", "FR"),
    "houston": ("Houston", "TX", "US"),
}

HOTEL, PUBLIC, SCHOOL, HEALTH = (
    "Food/Hospitality",
    "Public Administration",
    "Education",
    "Health/Social",
)
TRADE, OFFICE, BUILDING, BANK = (
    "Wholesale/Retail",
    "Administrative/Utilities",
    "Construction",
    "Finance/Insurance",
)

OFFICES = (("Accounts Payable", "invoice"), ("Main Store", "delivery"))


def _company(*values, **more):
    return Customer(values[0], "company", *values[1:], **more)


def _person(*values, **more):
    return Customer(values[0], "person", *values[1:], **more)


CUSTOMERS = (
    # Key accounts
    _company("Al Noor Hotels Group", "riyadh", "steady", 34, "order", 14000, "sara", "VIP,Hospitality", HOTEL,
             2019, (("Rania Aziz", "contact"), *OFFICES)),
    _company("فنادق واحة النخيل", "riyadh", "growing", 53, "order", 11000, "fahad", "VIP,Hospitality", HOTEL,
             2021, (("سعود الدوسري", "contact"), ("المحاسبة", "invoice"), ("مستودع الفندق", "delivery"))),
    _company("Red Sea Resorts", "jeddah", "steady", 46, "order", 12500, "sara", "VIP,Hospitality", HOTEL,
             2020, (("Mona Farsi", "contact"), *OFFICES)),
    _company("أسواق المدينة المركزية", "madinah", "steady", 42, "order/invoice", 9000, "fahad",
             "Wholesale", TRADE, 2018, (("ماجد الحربي", "contact"), ("فرع قباء", "delivery"))),
    _company("Gulf Grocers Ltd", "dammam", "growing", 63, "order", 8800, "sara", "Wholesale", TRADE,
             2022, (("Deepak Menon", "contact"), ("Dammam Warehouse", "delivery"))),
    _company("Cedar & Sage Cafés", "riyadh", "growing", 56, "order/invoice", 5200, "omar", "Hospitality", HOTEL,
             2023, (("Lina Saab", "contact"), ("Olaya Branch", "delivery"), ("Hittin Branch", "delivery"))),
    # The answer to the README's example of a question, on every day of the year
    _company("Diriyah Fine Foods", "riyadh", "steady", 28, "order", 12000, "sara", "Wholesale", TRADE, 2020,
             (("Yousef Al-Saud", "contact"), *OFFICES)),
    # Companies in Saudi Arabia
    _company("مقاهي ركن الرياض", "riyadh", "steady", 63, "order", 3800, "fahad", "Hospitality", HOTEL, 2022,
             (("نوف السبيعي", "contact"),)),
    _company("مطاعم بيت الشرق", "jeddah", "slowing", 56, "order", 4600, "fahad", "Hospitality", HOTEL, 2020,
             (("حسن باوزير", "contact"),)),
    _company("Tuwaiq Roasters", "riyadh", "slowing", 63, "invoice", 5100, "omar", "Wholesale", TRADE, 2021,
             (("Ziad Tuwaijri", "contact"),)),
    _company("Hijaz Catering Co.", "makkah", "seasonal", 63, "order", 9800, "sara", "Hospitality", HOTEL, 2019,
             (("Abdullah Felemban", "contact"), ("Mina Kitchen", "delivery"))),
    _company("شركة ضيوف الحرمين", "makkah", "seasonal", 70, "order", 12000, "fahad", "VIP,Hospitality", HOTEL, 2018,
             (("عبدالعزيز مكي", "contact"),)),
    _company("هدايا الديوان", "riyadh", "seasonal", 56, "order/invoice", 6400, "fahad", "Retail,Gifts", TRADE, 2022),
    _company("Oryx Event Planners", "khobar", "seasonal", 84, "invoice", 4300, "omar", "Gifts", OFFICE, 2023,
             (("Hala Nasser", "contact"),)),
    _company("وزارة البيئة - الضيافة", "riyadh", "steady", 126, "order", 15500, "fahad", "Government", PUBLIC, 2019,
             (("إدارة المشتريات", "invoice"), ("خالد القرني", "contact"))),
    _company("Eastern Province Municipality", "dammam", "steady", 168, "order", 11800, "sara", "Government", PUBLIC, 2020,
             (("Procurement Office", "invoice"),)),
    _company("جامعة نجد الأهلية", "riyadh", "steady", 105, "order/invoice", 5400, "fahad", "Government", SCHOOL, 2021,
             (("عمادة الخدمات", "contact"),)),
    _company("Al Faisal International School", "riyadh", "gone", 70, "invoice", 2900, "omar", "", SCHOOL, 2021),
    _company("Dar Al Shifa Hospital", "jeddah", "steady", 84, "order/invoice", 4800, "sara", "", HEALTH, 2020,
             (("Dr. Amal Zahrani", "contact"), ("Finance", "invoice"))),
    _company("مستشفى عسير الحديث", "abha", "growing", 105, "order", 3700, "fahad", "", HEALTH, 2023),
    _company("Saudi Skyline Contracting", "riyadh", "gone", 59, "order", 6900, "sara", "", BUILDING, 2020,
             (("Tariq Jaber", "contact"), ("Site Office KAFD", "delivery"))),
    _company("مؤسسة رواد البناء", "buraydah", "one_time", 30, "order", 8200, "fahad", "", BUILDING, 2024),
    _company("Arabian Capital Partners", "riyadh", "steady", 91, "invoice", 3300, "omar", "VIP", BANK, 2021,
             (("Reem Al-Otaibi", "contact"),)),
    _company("بنك الواحة للاستثمار", "riyadh", "slowing", 77, "order", 5900, "fahad", "VIP", BANK, 2019,
             (("بدر الشهري", "contact"), ("الشؤون الإدارية", "invoice"))),
    _company("Desert Rose Boutique", "jeddah", "steady", 56, "till/invoice", 1300, "omar", "Retail", TRADE, 2022,
             (("Dalia Rose", "contact"),)),
    _company("متجر العطور والقهوة", "jeddah", "growing", 63, "till", 900, "fahad", "Retail", TRADE, 2023),
    _company("Qasim Dates Market", "buraydah", "returning", 119, "invoice", 3900, "omar", "Wholesale", TRADE, 2023),
    _company("بقالة الحي", "abha", "returning", 133, "till", 650, "", "Retail", TRADE, 2024),
    _company("Coral Office Supplies", "jeddah", "one_time", 30, "invoice", 2750, "", "", OFFICE, 2024),
    _company("Najm Logistics", "dammam", "gone", 84, "receipt/invoice", 1250, "", "", OFFICE, 2022),
    _company("ورشة الحرف اليدوية", "madinah", "steady", 112, "receipt", 780, "", "Gifts", TRADE, 2023),
    _company("Sadu Handicrafts", "khobar", "new", 21, "invoice", 2300, "omar", "Gifts", TRADE, 2025),
    _company("مخابز السنبلة", "riyadh", "new", 18, "order", 3100, "fahad", "Hospitality", HOTEL, 2025,
             (("علي عسيري", "contact"),)),
    _company("Palm Court Serviced Apartments", "khobar", "new", 25, "order", 4700, "sara", "Hospitality", HOTEL, 2025),
    _company("Dates & Co. Gift Shop", "khobar", "first_time", 30, "invoice", 950, "omar", "Gifts", TRADE, 2026),
    _company("مقهى زاوية", "riyadh", "tried", 30, "invoice", 880, "fahad", "Hospitality", HOTEL, 2026),
    _company("Qurtuba Conference Centre", "riyadh", "lapsed", 21, "invoice", 5200, "sara", "VIP,Hospitality", HOTEL, 2022),
    _company("أسواق الخليج للتموين", "dammam", "lapsed", 19, "invoice", 4300, "fahad", "Wholesale", TRADE, 2021),
    _company("Falcon Aviation Services", "jeddah", "asking", 154, "order", 16000, "sara", "", OFFICE, 2024,
             (("Capt. Bilal Rahman", "contact"),)),
    _company("شركة الأفق للتطوير", "dammam", "asking", 210, "order", 9500, "fahad", "", BUILDING, 2024),
    _company("Old Souq Trading", "jeddah", "gone", 53, "order", 4200, "sara", "Wholesale", TRADE, 2017,
             archived=True),
    # Abroad, sold by the Saudi company
    _company("Pharaoh Coffee Importers", "cairo", "slowing", 84, "order", 7200, "omar", "Wholesale,Export", TRADE, 2021,
             (("Karim Fathy", "contact"), ("Port Said Depot", "delivery")), currency="USD"),
    _company("مكتبة ومقهى الإسكندرية", "alexandria", "steady", 140, "invoice", 2600, "omar", "Export", HOTEL, 2022,
             currency="USD"),
    _company("Petra Hospitality Supplies", "amman", "growing", 112, "order", 5200, "omar", "Export,Hospitality", HOTEL, 2022,
             (("Nadine Haddadin", "contact"),)),
    _company("Hanse Kaffeekontor GmbH", "hamburg", "steady", 87, "order/invoice", 9300, "omar", "Wholesale,Export", TRADE, 2019,
             (("Jürgen Petersen", "contact"), ("Buchhaltung", "invoice"), ("Lager Veddel", "delivery")), currency="EUR"),
    _company("Spree Feinkost KG", "berlin", "seasonal", 105, "invoice", 6100, "omar", "Export,Gifts", TRADE, 2022,
             (("Anke Vogel", "contact"),), currency="EUR"),
    _company("Maison Dattes & Fils", "paris", "growing", 119, "invoice", 4400, "omar", "Export,Gifts", TRADE, 2023,
             currency="EUR"),
    _company("Thames & Tigris Delicatessen", "london", "steady", 98, "order", 5600, "omar", "Export,Retail", TRADE, 2021,
             (("Oliver Grant", "contact"), ("Park Royal Store", "delivery")), currency="USD"),
    _company("Brixton Coffee Works", "london", "one_time", 30, "order", 4900, "omar", "Export", HOTEL, 2024),
    # Sold by the company in Dubai, in US dollars
    _company("Emirates Palm Suites", "dubai", "steady", 49, "order", 4100, "layla", "VIP,Hospitality", HOTEL, 2020,
             (("Fatima Al Marri", "contact"), *OFFICES), sold_by="gulf"),
    _company("Marina Bay Cafés", "dubai", "growing", 70, "order/invoice", 1900, "layla", "Hospitality", HOTEL, 2022,
             (("Joseph D'Souza", "contact"),), sold_by="gulf"),
    _company("مجموعة ليوان للضيافة", "abudhabi", "slowing", 67, "order", 3300, "layla", "Hospitality", HOTEL, 2020,
             (("موزة الكتبي", "contact"),), sold_by="gulf"),
    _company("Sharjah Book Halls", "sharjah", "gone", 84, "invoice", 1150, "layla", "Government", SCHOOL, 2021,
             sold_by="gulf"),
    _company("Kuwait Pearl Trading", "kuwait", "steady", 91, "invoice", 3600, "layla", "Wholesale,Export", TRADE, 2021,
             (("Jassim Al-Sabah", "contact"),), sold_by="gulf"),
    _company("Bahrain Financial Towers", "manama", "steady", 133, "order", 2500, "layla", "VIP", BANK, 2022,
             sold_by="gulf"),
    _company("ديوانية الدوحة", "doha", "seasonal", 84, "order", 2900, "layla", "Gifts,Hospitality", HOTEL, 2023,
             sold_by="gulf"),
    _company("Lone Star Specialty Foods", "houston", "growing", 154, "order", 5200, "layla", "Export,Wholesale", TRADE, 2023,
             (("Emily Carter", "contact"),), sold_by="gulf"),
    _company("Creek Corner Kiosk", "dubai", "new", 14, "till", 310, "layla", "Retail", TRADE, 2025,
             sold_by="gulf"),
    # Persons
    _person("عبدالرحمن الغامدي", "riyadh", "steady", 39, "till", 320, "", "Retail", since=2022),
    _person("Noura Al-Harbi", "riyadh", "growing", 56, "till", 410, "", "Retail,VIP", since=2023),
    _person("محمد الزهراني", "riyadh", "slowing", 42, "till", 380, "", "Retail", since=2021),
    _person("James Whitfield", "riyadh", "gone", 45, "till", 290, "", "Retail", since=2022),
    _person("أمل الشمري", "riyadh", "returning", 112, "till", 460, "", "Retail", since=2023),
    _person("Maria Gonzales", "riyadh", "one_time", 30, "till", 540, "", "Retail"),
    _person("سلطان المطيري", "riyadh", "seasonal", 49, "till", 880, "fahad", "Retail,Gifts", since=2021),
    _person("Dr. Hisham Sindi", "jeddah", "steady", 98, "receipt/till", 620, "", "VIP", since=2020),
    _person("ليلى باحارث", "jeddah", "one_time", 30, "invoice", 1150, "fahad", "Gifts"),
    _person("Ahmed Siddiqui", "khobar", "new", 16, "till", 260, "", "Retail", since=2025),
    _person("هيفاء العنزي", "riyadh", "new", 19, "till", 350, "", "Retail", since=2025),
    _person("ريم القحطاني", "riyadh", "first_time", 30, "till", 240, "", "Retail", since=2026),
    _person("Daniel Okafor", "jeddah", "tried", 30, "till", 310, "", "Retail", since=2026),
    _person("Peter Lindqvist", "riyadh", "gone", 36, "till", 240, "", "Retail", since=2022,
            archived=True),
    _person("فاطمة الأنصاري", "madinah", "steady", 119, "invoice", 870, "fahad", "Gifts", since=2022),
    _person("Priya Nair", "dubai", "steady", 49, "till", 95, "", "Retail", since=2023, sold_by="gulf"),
    _person("راشد المنصوري", "dubai", "growing", 63, "till", 120, "", "Retail,VIP", since=2022, sold_by="gulf"),
    _person("Sophie Martin", "dubai", "one_time", 30, "till", 140, "", "Retail", sold_by="gulf"),
)  # fmt: skip
