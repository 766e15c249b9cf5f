"""Codes and other names of countries: what CLDR, through Babel, does not have.

Alpha-3 codes are those of ISO 3166-1, for the members of the United Nations, the Holy See and the State of
Palestine. The other names are official and everyday ones in six languages that people type; none is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["ALIASES", "ALPHA3"]

TABLE = """
AD AND AE ARE AF AFG AG ATG AL ALB AM ARM AO AGO AR ARG AT AUT AU AUS AZ AZE BA BIH BB BRB BD BGD BE BEL
BF BFA BG BGR BH BHR BI BDI BJ BEN BN BRN BO BOL BR BRA BS BHS BT BTN BW BWA BY BLR BZ BLZ CA CAN CD COD
CF CAF CG COG CH CHE CI CIV CL CHL CM CMR CN CHN CO COL CR CRI CU CUB CV CPV CY CYP CZ CZE DE DEU DJ DJI
DK DNK DM DMA DO DOM DZ DZA EC ECU EE EST EG EGY ER ERI ES ESP ET ETH FI FIN FJ FJI FM FSM FR FRA GA GAB
GB GBR GD GRD GE GEO GH GHA GM GMB GN GIN GQ GNQ GR GRC GT GTM GW GNB GY GUY HN HND HR HRV HT HTI HU HUN
ID IDN IE IRL IL ISR IN IND IQ IRQ IR IRN IS ISL IT ITA JM JAM JO JOR JP JPN KE KEN KG KGZ KH KHM KI KIR
KM COM KN KNA KP PRK KR KOR KW KWT KZ KAZ LA LAO LB LBN LC LCA LI LIE LK LKA LR LBR LS LSO LT LTU LU LUX
LV LVA LY LBY MA MAR MC MCO MD MDA ME MNE MG MDG MH MHL MK MKD ML MLI MM MMR MN MNG MR MRT MT MLT MU MUS
MV MDV MW MWI MX MEX MY MYS MZ MOZ NA NAM NE NER NG NGA NI NIC NL NLD NO NOR NP NPL NR NRU NZ NZL OM OMN
PA PAN PE PER PG PNG PH PHL PK PAK PL POL PS PSE PT PRT PW PLW PY PRY QA QAT RO ROU RS SRB RU RUS RW RWA
SA SAU SB SLB SC SYC SD SDN SE SWE SG SGP SI SVN SK SVK SL SLE SM SMR SN SEN SO SOM SR SUR SS SSD ST STP
SV SLV SY SYR SZ SWZ TD TCD TG TGO TH THA TJ TJK TL TLS TM TKM TN TUN TO TON TR TUR TT TTO TV TUV TZ TZA
UA UKR UG UGA US USA UY URY UZ UZB VA VAT VC VCT VE VEN VN VNM VU VUT WS WSM YE YEM ZA ZAF ZM ZMB ZW ZWE
"""

CODES = TABLE.split()

ALPHA3: Mapping[str, str] = MappingProxyType(dict(zip(CODES[::2], CODES[1::2], strict=True)))
"""Alpha-2 to alpha-3."""

NAMES = """
AE: U.A.E. | Объединенные Арабские Эмираты
AE: UAE | United Arab Emirates | Emirates | EAU | ОАЭ | الإمارات | 阿联酋
AU: 澳洲
BA: Bosnia | Bosnie | Босния | البوسنة | 波黑
BN: Brunei Darussalam | Brunéi Darussalam | Brunéi Darussalam | Бруней-Даруссалам | بروني دار السلام | 文莱达鲁萨兰国
BO: Bolivia (Plurinational State of) | Bolivia (Estado Plurinacional de) | Bolivie (État plurinational de)
BY: Belorussia | Bielorrusia | Biélorussie | Белоруссия | روسيا البيضاء | 白罗斯
CD: DRC | DR Congo | Congo Kinshasa | RDC | RD Congo | République démocratique du Congo | Congo-Kinshasa
CD: Democratic Republic of the Congo | Zaire | ДР Конго | ДРК | Демократическая Республика Конго
CD: Dem. Rep. of the Congo | Rép. dém. du Congo
CD: جمهورية الكونغو الديمقراطية | الكونغو الديمقراطية | 刚果民主共和国 | 刚果金 | 民主刚果
CF: Centrafrique | Central African Rep.
CF: CAR | Central African Republic | RCA | ЦАР | Центральноафриканская Республика | 中非
CG: Congo | Republic of the Congo | Congo Brazzaville | République du Congo | República del Congo
CG: Республика Конго | Конго | الكونغو | جمهورية الكونغو | 刚果 | 刚果布 | 刚果共和国
CI: Ivory Coast | Cote d'Ivoire | Costa de Marfil | Берег Слоновой Кости | كوت ديفوار | 象牙海岸
CN: P.R. China | P.R.C.
CN: People's Republic of China | PRC | República Popular China | КНР | 中华人民共和国
CV: Cabo Verde | Cap-Vert | Cape Verde | كابو فيردي | Острова Зеленого Мыса | 佛得角共和国
CZ: Czech Rep. | تشيكيا
CZ: Czech Republic | República Checa | République tchèque | Чешская Республика | الجمهورية التشيكية | 捷克共和国
DK: الدنمارك
DE: Federal Republic of Germany | República Federal de Alemania | ФРГ | 联邦德国
DO: Rep. Dominicana
DO: Dominican Rep. | Dominicana | جمهورية الدومينيكان | 多米尼加共和国
ET: الحبشة
EG: Arab Republic of Egypt | República Árabe de Egipto | جمهورية مصر العربية
FM: Micronesia (Federated States of) | Federated States of Micronesia | Estados Federados de Micronesia
FM: États fédérés de Micronésie | Микронезия | ولايات ميكرونيزيا الموحدة | 密克罗尼西亚联邦
GB: بريطانيا العظمى
GB: UK | U.K. | Great Britain | Britain | England | Scotland | Wales | Northern Ireland | Gran Bretaña | Inglaterra
GB: United Kingdom of Great Britain and Northern Ireland | Royaume Uni | Grande-Bretagne | Angleterre
GB: Соединенное Королевство | Англия | بريطانيا | إنجلترا | 联合王国 | 大不列颠 | 英格兰
GM: The Gambia | Gambie | Республика Гамбия | 冈比亚共和国
GW: Guinea Bissau | Guinée Bissau | Гвинея Бисау | غينيا-بيساو | 几内亚比绍
HU: المجر
HT: Haïti | Haití | Республика Гаити
IR: Islamic Republic of Iran | Iran (Islamic Republic of) | Irán (República Islámica del) | Persia
IR: Iran (République islamique d') | Исламская Республика Иран | جمهورية إيران الإسلامية | 伊朗伊斯兰共和国
KE: 肯亚
KM: القمر المتحدة | اتحاد جزر القمر
KG: Kyrgyz Republic | Kirguistán | Kirghizie | Киргизская Республика | Кыргызстан | Киргизия
KN: Saint Kitts and Nevis | St Kitts and Nevis | San Cristóbal y Nieves | Saint-Kitts-et-Nevis | Сент-Китс и Невис
KP: 北韩
KP: DPRK | DPR Korea | Democratic People's Republic of Korea | North Korea | RPDC | Северная Корея
KP: República Popular Democrática de Corea | République populaire démocratique de Corée | Corée du Nord
KP: Корейская Народно-Демократическая Республика | جمهورية كوريا الشعبية الديمقراطية | 朝鲜民主主义人民共和国 | 北朝鲜
KR: Korea (Rep. of) | Korea, Rep.
KR: Republic of Korea | Korea | South Korea | ROK | República de Corea | République de Corée | Corée du Sud
KR: Корея | Южная Корея | جمهورية كوريا | 大韩民国 | 南韩
LA: Lao P.D.R. | 寮国
LA: Lao PDR | Lao People's Democratic Republic | República Democrática Popular Lao
LA: République démocratique populaire lao | ЛНДР | Лаосская Народно-Демократическая Республика
LA: جمهورية لاو الديمقراطية الشعبية | 老挝人民民主共和国
LC: Saint Lucia | St Lucia | Santa Lucía | Sainte-Lucie | Сент-Люсия
LK: Ceylon | Ceilán | Ceylan | Цейлон | سيريلانكا
LY: Lybie
LY: State of Libya | Libyan Arab Jamahiriya | Estado de Libia | État de Libye | Ливийская Джамахирия | دولة ليبيا
MD: Republic of Moldova | República de Moldova | République de Moldova | Республика Молдова | Молдавия
MD: جمهورية مولدوفا | 摩尔多瓦共和国
MX: Mejico
MK: Macedonia | Macédoine | FYROM | Македония | مقدونيا | 马其顿
MM: Burma | Myanmar | Birmania | Birmanie | Бирма | Мьянма | بورما | ميانمار | 缅甸联邦
NZ: 纽西兰
OM: سلطنة عمان
NL: Holland | The Netherlands | Netherlands (Kingdom of the) | Holanda | Hollande | Pays Bas | Голландия | هولندا
NL: 荷兰王国
PG: PNG | Papua New Guinea | Papúa Nueva Guinea | ПНГ
PS: Palestine | State of Palestine | Palestina | Estado de Palestina | État de Palestine | Палестина
PS: Государство Палестина | فلسطين | دولة فلسطين | 巴勒斯坦 | 巴勒斯坦国
RU: Russian Federation | Federación de Rusia | Fédération de Russie | Российская Федерация | РФ
RU: الاتحاد الروسي | روسيا الاتحادية | 俄罗斯联邦 | 俄国
SA: Arabia Saudita | السعودية
SA: KSA | Kingdom of Saudi Arabia | Arabie saoudite | Reino de Arabia Saudita | КСА | المملكة العربية السعودية | 沙特
SK: Slovak Republic | República Eslovaca | République slovaque | Словацкая Республика | الجمهورية السلوفاكية
ST: Sao Tome and Principe | São Tomé and Príncipe | Santo Tomé | Сан-Томе | 圣多美普林西比
SY: سورية
SY: Syrian Arab Republic | República Árabe Siria | République arabe syrienne | Сирийская Арабская Республика
SY: الجمهورية العربية السورية | 阿拉伯叙利亚共和国
SZ: Swaziland | Swazilandia | Suazilandia | Свазиленд | سوازيلاند
TL: East Timor | Timor Oriental | Timor Leste | Тимор-Лешти | تيمور الشرقية | تيمور ليشتي
TM: Туркмения
TR: Turkey | Turkiye | Republic of Türkiye | République de Türkiye | Тюркие | 土耳其共和国
TT: Trinidad and Tobago | Trinidad | Trinidad y Tabago | Trinité-et-Tobago | Тринидад
TZ: United Republic of Tanzania | República Unida de Tanzanía | République-Unie de Tanzanie | Tanzanía
TZ: Объединенная Республика Танзания | جمهورية تنزانيا المتحدة | 坦桑尼亚联合共和国
US: أميركا | الولايات المتحدة الأميركية
US: USA | U.S.A. | U.S. | United States of America | America | EE. UU. | EEUU | Estados Unidos de América
US: É.-U. | États-Unis d'Amérique | Etats Unis | США | Америка | Соединенные Штаты Америки
US: الولايات المتحدة الأمريكية | أمريكا | 美利坚合众国 | 美国
VA: Holy See | Vatican | Santa Sede | Vaticano | Saint-Siège | Святой Престол | الكرسي الرسولي | 教廷 | 梵蒂冈
VC: Saint Vincent and the Grenadines | San Vicente y las Granadinas | Saint-Vincent-et-les Grenadines | Сент-Винсент
VE: Bolivarian Republic of Venezuela | Venezuela (Bolivarian Republic of) | Venezuela (República Bolivariana de)
VE: Venezuela (République bolivarienne du) | Боливарианская Республика Венесуэла | 委内瑞拉玻利瓦尔共和国
VN: Viet Nam | Vietnam | Viet-Nam | Вьет Нам | فييت نام | 越南社会主义共和国
YE: Republic of Yemen | República del Yemen | République du Yémen | الجمهورية اليمنية
ZA: RSA | South Africa | Sudáfrica | Afrique du Sud | ЮАР | Южно-Африканская Республика | جنوب إفريقيا
"""


def _aliases() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in NAMES.strip().splitlines():
        code, _, names = line.partition(": ")
        found[code] = (*found.get(code, ()), *(name.strip() for name in names.split(" | ")))
    return found


ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(_aliases())
"""Other names by alpha-2 code."""
