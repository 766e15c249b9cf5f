"""Titles as the register has them: 20,000 and more of them, in six languages, made from numbers; and how people give
them when they look for one: with a slip, a word left out, in another order, in part.

Most share all their words with hundreds of others, as real ones do: digital skills, rural women, a country, a year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

__all__ = ["WAYS", "mistyped", "titled"]


@dataclass(frozen=True, slots=True)
class Speech:
    """Of what titles of a language are made. `forms` name the parts `what`, `who`, `where`, `name` and `year`."""

    forms: tuple[str, ...]
    what: tuple[str, ...]
    who: tuple[str, ...]
    where: tuple[str, ...]


SPEECHES = {
    "en": Speech(
        (
            "{what} for {who} in {where}",
            "{what} for {who}",
            "National {what} programme of {where}",
            "{name}: {what} for {who}",
            "{name} – {what} in {where} {year}",
            "Strengthening {what} for {who} of {where}",
            "{where} {what} strategy {year}",
            "{name}",
            "Promoting {what} and {what2} among {who}",
        ),
        (
            *("digital skills", "open data", "telemedicine", "e-learning", "community radio", "rural broadband"),
            *("early warning", "mobile money", "solar networks", "cybersecurity", "smart irrigation", "e-government"),
            *("online libraries", "land registration", "e-waste recycling", "accessible websites", "oral history"),
            *("market prices by SMS", "artificial intelligence", "internet exchange points", "digital identity"),
            *("media literacy", "telecentres", "school connectivity", "startup incubation", "spectrum monitoring"),
        ),
        (
            *("rural women", "secondary schools", "island clinics", "coastal fishers", "young entrepreneurs"),
            *("older persons", "lake villages", "smallholder farmers", "persons with disabilities", "health workers"),
            *("indigenous peoples", "refugees", "local councils", "teachers", "nomadic herders", "girls in ICT"),
            *("small island developing states", "civil servants", "journalists", "university students"),
        ),
        (
            *("Kenya", "Bangladesh", "Rwanda", "Fiji", "Nigeria", "India", "Jamaica", "Ghana", "the Philippines"),
            *("Nepal", "Uganda", "Pakistan", "Malawi", "Sri Lanka", "Zambia", "Thailand", "Indonesia", "Tonga"),
            *("Saudi Arabia", "Poland", "the Asia-Pacific region", "West Africa", "Oman", "Türkiye", "Lithuania"),
        ),
    ),
    "fr": Speech(
        (
            "{what} pour {who} : {where}",
            "Projet d'appui à {what} pour {who}",
            "{name} : {what} pour {who}",
            "Programme national « {what} » – {where} {year}",
            "Renforcement des capacités : {what}, {where}",
            "{what} et {what2} au service de {who}",
            "{name}",
        ),
        (
            *("la formation numérique", "les données ouvertes", "la télémédecine", "l'apprentissage en ligne"),
            *("la radio communautaire", "le haut débit rural", "l'alerte précoce", "l'argent mobile"),
            *("les réseaux solaires", "la cybersécurité", "l'irrigation intelligente", "l'administration en ligne"),
            *("la bibliothèque virtuelle", "le cadastre numérique", "le recyclage des déchets électroniques"),
            *("l'intelligence artificielle", "l'identité numérique", "l'éducation aux médias", "les télécentres"),
        ),
        (
            *("les femmes rurales", "les écoles secondaires", "les centres de santé", "les pêcheurs de la côte"),
            *("les jeunes entrepreneurs", "les personnes âgées", "les petits agriculteurs", "les enseignants"),
            *("les personnes handicapées", "les éleveurs nomades", "les communes", "les réfugiés", "les étudiants"),
        ),
        (
            *("Sénégal", "Cameroun", "Bénin", "Côte d'Ivoire", "Madagascar", "Tunisie", "Maroc", "Niger", "Tchad"),
            *("Burkina Faso", "République démocratique du Congo", "Haïti", "Suisse", "Gabon", "Mauritanie", "Togo"),
        ),
    ),
    "es": Speech(
        (
            "{what} para {who} en {where}",
            "Programa nacional de {what} de {where}",
            "{name}: {what} para {who}",
            "Plan {year} de {what} y {what2}",
            "Fortalecimiento de {what} para {who}",
            "{name}",
        ),
        (
            *("alfabetización digital", "datos abiertos", "telemedicina", "aprendizaje en línea", "radio comunitaria"),
            *("banda ancha rural", "alerta temprana", "dinero móvil", "redes solares", "ciberseguridad"),
            *("riego inteligente", "gobierno electrónico", "bibliotecas virtuales", "catastro digital"),
            *("reciclaje de residuos electrónicos", "inteligencia artificial", "identidad digital", "telecentros"),
        ),
        (
            *("mujeres rurales", "escuelas secundarias", "centros de salud", "pescadores artesanales", "docentes"),
            *("jóvenes emprendedores", "personas mayores", "pequeños agricultores", "pueblos indígenas"),
            *("personas con discapacidad", "municipios", "migrantes", "estudiantes universitarios", "niñas"),
        ),
        (
            *("México", "Colombia", "Perú", "Cuba", "Bolivia", "Paraguay", "Ecuador", "Guatemala", "Honduras"),
            *("Costa Rica", "República Dominicana", "Chile", "Argentina", "Uruguay", "Panamá", "El Salvador"),
        ),
    ),
    "ru": Speech(
        (
            "{what}: {who}, {where}",
            "Национальная программа «{what}» ({where}, {year} год)",
            "{name}: {what}",
            "Проект «{name}»: {what} и {what2}",
            "{what} в интересах людей: {who}",
            "Развитие: {what} ({where})",
        ),
        (
            *("цифровые навыки", "открытые данные", "телемедицина", "электронное обучение", "сельское радио"),
            *("широкополосный доступ", "раннее предупреждение", "мобильные платежи", "солнечные сети"),
            *("кибербезопасность", "умное орошение", "электронное правительство", "виртуальная библиотека"),
            *("земельный кадастр", "переработка электронных отходов", "искусственный интеллект", "телецентры"),
        ),
        (
            *("сельские женщины", "средние школы", "сельские больницы", "рыбаки побережья", "пожилые люди"),
            *("молодые предприниматели", "мелкие фермеры", "люди с инвалидностью", "коренные народы", "учителя"),
            *("муниципалитеты", "беженцы", "студенты", "девушки в сфере ИКТ", "государственные служащие"),
        ),
        (
            *("Казахстан", "Узбекистан", "Кыргызстан", "Армения", "Беларусь", "Таджикистан", "Россия"),
            *("Азербайджан", "Молдова", "Туркменистан", "Монголия", "Грузия", "Украина", "Центральная Азия"),
        ),
    ),
    "ar": Speech(
        (
            "{what} من أجل {who} في {where}",
            "البرنامج الوطني: {what} في {where}",
            "مبادرة {name} – {what}",
            "تعزيز {what} و{what2} لفائدة {who}",
            "استراتيجية {where}: {what} {year}",
        ),
        (
            *("المهارات الرقمية", "البيانات المفتوحة", "التطبيب عن بعد", "التعلم الإلكتروني", "الإذاعة المجتمعية"),
            *("النطاق العريض الريفي", "الإنذار المبكر", "الدفع بالهاتف المحمول", "الشبكات الشمسية"),
            *("الأمن السيبراني", "الري الذكي", "الحكومة الإلكترونية", "المكتبة الافتراضية", "السجل العقاري"),
            *("إعادة تدوير النفايات الإلكترونية", "الذكاء الاصطناعي", "الهوية الرقمية", "مراكز الاتصالات"),
        ),
        (
            *("النساء الريفيات", "المدارس الثانوية", "المراكز الصحية", "صيادي الساحل", "رواد الأعمال الشباب"),
            *("كبار السن", "صغار المزارعين", "الأشخاص ذوي الإعاقة", "المعلمين", "الرعاة الرحل", "البلديات"),
            *("اللاجئين", "طلاب الجامعات", "الفتيات", "موظفي الدولة"),
        ),
        (
            *("مصر", "الأردن", "المغرب", "تونس", "السودان", "عمان", "الإمارات", "السعودية", "لبنان", "العراق"),
            *("الجزائر", "اليمن", "موريتانيا", "فلسطين", "الكويت", "قطر", "البحرين", "جيبوتي"),
        ),
    ),
    "zh": Speech(
        (
            "{where}{who}{what}项目",
            "面向{who}的{what}计划",
            "“{name}”{what}平台",
            "{year}年{where}{what}战略",
            "{what}与{what2}促进{who}发展",
            "{where}{what}示范工程",
        ),
        (
            *("数字技能", "开放数据", "远程医疗", "在线学习", "社区广播", "农村宽带", "早期预警", "移动支付"),
            *("太阳能网络", "网络安全", "智能灌溉", "电子政务", "数字图书馆", "土地登记", "电子废物回收"),
            *("人工智能", "数字身份", "媒体素养", "智慧城市", "信息无障碍"),
        ),
        (
            *("农村妇女", "中学", "海岛诊所", "沿海渔民", "青年创业者", "老年人", "小农户", "残疾人", "教师"),
            *("少数民族", "难民", "地方政府", "大学生", "女童", "公务员", "卫生工作者"),
        ),
        (
            *("云南", "四川", "贵州", "广西", "新疆", "西藏", "甘肃", "宁夏", "内蒙古", "海南", "福建", "浙江"),
            *("上海", "北京", "中国西部", "东南亚", "非洲", "太平洋岛国"),
        ),
    ),
}
LANGUAGES = {"en": 50, "fr": 14, "es": 14, "ru": 8, "ar": 8, "zh": 6}
"""Titles of a hundred in each."""

SYLLABLES = {
    "ru": ("ка", "ло", "ми", "ра", "не", "ту", "са", "во", "бе", "ри", "но", "да", "пе", "ли", "го", "ма", "зу"),
    "ar": ("كا", "لو", "مي", "را", "ني", "تو", "سا", "با", "دا", "لي", "ما", "زا", "نو", "ري"),
    "zh": tuple("智慧光明希望桥梁云海星火未来绿洲春蕾长江丝路"),
}
LATIN = ("ka", "lo", "mi", "ra", "ne", "tu", "sa", "vo", "be", "ri", "no", "da", "pe", "li", "go", "ma", "zu", "fe")
SUFFIXES = {
    "en": (" Hub", " Connect", " Lab", " 4All", "Net", " Initiative", "Tech"),
    "fr": (" Connect", "Net", ""),
    "es": ("Red", " Digital", ""),
}


@cache
def titled(number: int) -> str:
    """The title of an entry: `Kaloni Hub: telemedicine for island clinics`."""
    chance = Random(number)
    language = chance.choices(tuple(LANGUAGES), tuple(LANGUAGES.values()))[0]
    speech = SPEECHES[language]
    what, what2 = chance.sample(speech.what, 2)
    title = chance.choice(speech.forms).format(
        what=what,
        what2=what2,
        who=chance.choice(speech.who),
        where=chance.choice(speech.where),
        name=_name(chance, language),
        year=chance.randint(2012, 2030),
    )
    return title[0].upper() + title[1:]


def _name(chance: Random, language: str) -> str:
    syllables = SYLLABLES.get(language, LATIN)
    name = "".join(chance.choices(syllables, k=chance.choice((2, 3, 4)))).title()
    return name + chance.choice(SUFFIXES.get(language, ("",)))


def mistyped(number: int, way: str, seed: int) -> str:
    """The title of the entry `number`, given in one of `WAYS`."""
    title, chance = titled(number), Random(seed)
    has_words = " " in title or title.isascii()
    words = title.split() if has_words else [title[at : at + 2] for at in range(0, len(title), 2)]
    for change in WAYS[way]:
        words = change(words, chance)
    return (" " if has_words else "").join(words)


def _slip(words: list[str], chance: Random) -> list[str]:
    """A letter is missing, doubled, exchanged with the next, or another one."""
    place = chance.choices(range(len(words)), [len(word) for word in words])[0]
    word = words[place]
    at = chance.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    slips = (letter * 2, after[:1] + letter + after[1:], chance.choice("".join(words)) + after, after)
    typed = chance.choice((before + slips[0] + after, *(before + slip for slip in slips[1:])))
    return [*words[:place], typed or word, *words[place + 1 :]]


def _left_out(words: list[str], chance: Random) -> list[str]:
    at = chance.randrange(len(words))
    return words[:at] + words[at + 1 :] if len(words) > 1 else words


def _moved(words: list[str], chance: Random) -> list[str]:
    at = chance.randrange(len(words))
    return words[at:] + words[:at] if chance.random() < 0.5 else chance.sample(words, len(words))


def _part(words: list[str], chance: Random) -> list[str]:
    """Two words or more of those that stand together."""
    length = max(min(2, len(words)), round(len(words) * chance.uniform(0.4, 0.8)))
    at = chance.randrange(len(words) - length + 1)
    return words[at : at + length]


WAYS: Mapping[str, tuple[Callable[[list[str], Random], list[str]], ...]] = {
    "a slip": (_slip,),
    "two slips": (_slip, _slip),
    "a word left out": (_left_out,),
    "another order": (_moved,),
    "a part": (_part,),
    "a word left out and a slip": (_left_out, _slip),
    "another order and a slip": (_moved, _slip),
    "a part and a slip": (_part, _slip),
}
