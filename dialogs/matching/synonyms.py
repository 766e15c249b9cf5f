"""Other names that people use for options, in any language: what they call their own organisation or activity.

Only names that mean one option and no other. A label and its translations need not be repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ALSO"]

ALSO: Mapping[str, tuple[str, ...]] = {
    "option.org_type.GOV": (
        *("ministry", "government agency", "public agency", "municipality", "regulator", "public sector"),
        *("ministère", "municipalité", "ministerio", "municipalidad", "министерство", "وزارة", "部委"),
    ),
    "option.org_type.INT": (
        *("UN", "UN agency", "United Nations", "intergovernmental organization", "IGO"),
        *("Nations Unies", "ONU", "Naciones Unidas", "ООН", "الأمم المتحدة", "联合国"),
    ),
    "option.org_type.BUS": (
        *("company", "business", "private", "private sector", "startup", "start-up", "enterprise", "firm"),
        *("entreprise", "secteur privé", "empresa", "sector privado", "компания", "شركة", "公司"),
    ),
    "option.org_type.CSO": (
        *("NGO", "non-governmental organization", "non-profit", "nonprofit", "association", "foundation", "charity"),
        *("ONG", "fondation", "asociación", "fundación", "НКО", "НПО", "منظمة غير حكومية", "جمعية", "非政府组织"),
    ),
    "option.org_type.ACA": (
        *("university", "college", "research institute", "research centre", "school"),
        *("université", "universidad", "университет", "جامعة", "大学"),
    ),
}
"""By the vocabulary key of the option's label."""
