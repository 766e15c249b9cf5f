"""Plurals that no rule makes, and other such forms, by language: the form that each is taken for. Folded."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["IRREGULAR"]


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


IRREGULAR: Mapping[str, Mapping[str, str]] = {
    "en": _pairs(
        "women:woman men:man children:child people:person feet:foot mice:mouse lives:life criteria:criterion"
        " indices:index analyses:analysis taught:teach built:build bought:buy led:lead learnt:learn won:win"
        " farming:farm farmers:farmer lives:life wives:wife policies:policy media:medium"
    ),
    "fr": _pairs(
        "travaux:travail locaux:local yeux:oeil journaux:journal hopitaux:hopital regionaux:regional"
        " nationaux:national sociaux:social ruraux:rural digitaux:digital medicaux:medical"
    ),
    "es": _pairs("jovenes:joven imagenes:imagen naciones:nacion mujeres:mujer redes:red leyes:ley"),
    "ru": _pairs(
        "дети:ребенок детей:ребенок детям:ребенок детеи:ребенок люди:человек людеи:человек людям:человек"
        " медсестер:медсестра сестер:сестра девочек:девочка писем:письмо окон:окно сел:село деревень:деревня"
        " учителя:учитель учителеи:учитель города:город городов:город леса:лес дома:дом"
        " семеи:семья статеи:статья"
    ),
    "ar": _pairs(
        "مدارس:مدرسه مشاريع:مشروع برامج:برنامج نظم:نظام انظمه:نظام مناطق:منطقه اطفال:طفل طلاب:طالب طلبه:طالب"
        " نسا:امراه نساء:امراه قري:قريه دول:دوله حلول:حل فرص:فرصه حقوق:حق مراكز:مركز موارد:مورد شباب:شاب"
        " وسائل:وسيله وسايل:وسيله رواد:رائد اسر:اسره مكاتب:مكتب مدن:مدينه اراضي:ارض مزارع:مزرعه اجهزه:جهاز"
        " هواتف:هاتف مكتبات:مكتبه ادوات:اداه جامعات:جامعه معاهد:معهد شركات:شركه مؤسسات:مؤسسه افكار:فكره"
        " اهداف:هدف خطط:خطه تقارير:تقرير لغات:لغه بلدان:بلد شبكات:شبكه مجتمعات:مجتمع فتيات:فتاه بنات:بنت"
        " مواقع:موقع تطبيقات:تطبيق كتب:كتاب دروس:درس مناهج:منهج امراض:مرض مرضي:مريض اطبا:طبيب اطباء:طبيب"
        " عمال:عامل فقرا:فقير فقراء:فقير قوانين:قانون اسواق:سوق اسعار:سعر تجار:تاجر شعوب:شعب ابواب:باب"
        " مهارات:مهاره علوم:علم اعمال:عمل اخبار:خبر ارقام:رقم اقاليم:اقليم جزر:جزيره مخاطر:خطر كوارث:كارثه"
    ),
}
