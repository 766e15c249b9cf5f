"""What stands over the columns of a list, in the words of six languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dialogs.text.normalize import normalize

__all__ = ["COLUMNS", "columns_of"]

WORDS: Mapping[str, str] = {
    "name": """
        name | full name | contact | contact name | contact person | focal point | person | participant
        nom | nom complet | nom et prénom | personne de contact | point focal
        nombre completo | nombre y apellidos | nombre y apellido | persona de contacto | contacto | punto focal
        имя | фио | ф.и.о. | контактное лицо | контакт | имя и фамилия | координатор
        الاسم | الاسم الكامل | اسم | جهة الاتصال | شخص الاتصال | مسؤول الاتصال
        姓名 | 名字 | 联系人 | 联络人
    """,
    "given": """
        first name | given name | forename | prénom | prenom | nombre | nombres
        имя (given) | الاسم الأول | 名
    """,
    "family": """
        last name | family name | surname | nom de famille | apellido | apellidos
        фамилия | اسم العائلة | اللقب | 姓 | 姓氏
    """,
    "organisation": """
        organisation | organization | organisation name | organization name | entity | institution | company
        organisme | entité | société | nom de l'organisation
        organización | entidad | institución | empresa | nombre de la organización
        организация | название организации | учреждение | компания
        المنظمة | المؤسسة | الجهة | الشركة | اسم المنظمة | منظمة | مؤسسة
        组织 | 机构 | 单位 | 公司 | 组织名称 | 机构名称 | 单位名称
    """,
    "email": """
        e-mail | email | mail | e-mail address | email address | contact e-mail
        courriel | adresse électronique | adresse e-mail | adresse mail | adresse de courriel | mél
        correo | correo electrónico | dirección de correo | dirección de correo electrónico
        электронная почта | эл. почта | почта | адрес электронной почты | имейл
        البريد الإلكتروني | البريد الالكتروني | البريد | بريد إلكتروني | الإيميل | عنوان البريد الإلكتروني
        邮箱 | 电子邮件 | 电子邮箱 | 邮件 | 电邮 | 电子邮件地址
    """,
    "country": """
        country | country name | country code | state | member state | pays | nom du pays | code pays
        país | pais | estado miembro | código de país | страна | государство | код страны
        البلد | الدولة | بلد | دولة | 国家 | 国家代码 | 国别
    """,
    "language": """
        language | preferred language | working language | lang | langue | langue préférée | langue de travail
        idioma | idioma preferido | lengua | язык | предпочитаемый язык | рабочий язык
        اللغة | لغة | اللغة المفضلة | لغة العمل | 语言 | 语种 | 首选语言
    """,
    "kind": """
        kind | type | kind of organisation | type of organisation | type of organization | organisation type
        organization type | stakeholder | stakeholder type | stakeholder group | sector | category
        type d'organisation | type d'organisme | secteur | catégorie | partie prenante
        tipo | tipo de organización | sector | categoría | parte interesada
        тип | тип организации | вид организации | категория | сектор
        النوع | نوع المنظمة | نوع المؤسسة | الفئة | القطاع | 类型 | 组织类型 | 机构类型 | 类别 | 性质
    """,
}
"""Names that lists give their columns. `given` and `family` together are a name."""


def _columns() -> dict[str, str]:
    found: dict[str, str] = {}
    for column, lines in WORDS.items():
        for word in lines.replace("\n", " | ").split(" | "):
            if folded := normalize(word):
                found.setdefault(folded, column)
    return found


COLUMNS: Mapping[str, str] = MappingProxyType(_columns())
"""Folded header to column."""


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; the first one when two are called alike. Unknown ones are left out.

    Spanish lists call the given name `nombre` where there is an `apellido`, and the whole name so where there is none;
    Russian ones likewise with `имя` and `фамилия`; French ones the family name `nom` where there is a `prénom`.
    """
    found: dict[str, int] = {}
    for place, text in enumerate(header):
        column = COLUMNS.get(normalize(text))
        if column is not None:
            found.setdefault(column, place)
    if "family" in found and "name" in found and "given" not in found:
        found["given"] = found.pop("name")
    elif "given" in found and "name" in found and "family" not in found:
        found["family"] = found.pop("name")
    elif "given" in found and "family" not in found:
        found.setdefault("name", found.pop("given"))
    return found
