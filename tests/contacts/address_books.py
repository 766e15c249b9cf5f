"""Address books as phones and mail programs export them: vCard 2.1, 3.0 and 4.0."""

from __future__ import annotations

import base64

__all__ = ["ANDROID_21", "APPLE_30", "NEXTCLOUD_40", "OUTLOOK_21"]

PHOTO = base64.b64encode(bytes(range(256)) * 120).decode()


def _folded(text: str, begin: str = " ") -> str:
    return f"\r\n{begin}".join(text[at : at + 74] for at in range(0, len(text), 74))


def _crlf(text: str) -> str:
    return text.strip().replace("\n", "\r\n") + "\r\n"


ANDROID_21 = _crlf(
    """
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2=D0=B0;=D0=90=D0=BD=D0=BD=D0=B0;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=90=D0=BD=D0=BD=D0=B0=20=D0=98=D0=B2=D0=B0=
=D0=BD=D0=BE=D0=B2=D0=B0
TEL;CELL:+77010000000
EMAIL;HOME:anna.home@example.org
EMAIL;PREF;WORK:anna@example.org
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=A1=D0=B5=D1=82=D0=B8 =D0=BE=D0=B7=D0=B5=D1=80=D0=B0;=D0=9E=D1=82=
=D0=B4=D0=B5=D0=BB
ADR;WORK:;;1 Lake St;Almaty;;050000;Kazakhstan
PHOTO;ENCODING=BASE64;JPEG:"""
    + _folded(PHOTO)
    + """

AGENT:
BEGIN:VCARD
VERSION:2.1
N:Secretary;The
EMAIL:secretary@example.org
END:VCARD
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:;Ben;;;
TEL;CELL:+254700000000
END:VCARD
"""
)
"""A phone's: quoted-printable with soft breaks, a photo, a card within a card, somebody with a telephone alone."""

OUTLOOK_21 = _crlf(
    """
BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=fr:Martin;Élodie
FN:Élodie Martin
ORG:Réseaux du Lac;Direction
ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;1 rue du Lac=0D=0A=
Bâtiment B;Genève;;1200;Suisse
EMAIL;PREF;INTERNET:elodie@example.org
END:VCARD
"""
)
"""Outlook's, which is written in Windows' encoding and does not say so."""

APPLE_30 = _crlf(
    """
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 18.1//EN
N:李;慧敏;;;
FN:李慧敏
ORG:湖滨网络;
item1.EMAIL;type=INTERNET;type=pref:huimin@example.org
item1.X-ABLabel:_$!<Work>!$_
item2.ADR;type=WORK;type=pref:;;滨湖路1号;西宁;;810000;中国
item2.X-ABADR:cn
NOTE:One\\, two\\; three\\nEMAIL:note@example.org
PHOTO;ENCODING=b;TYPE=JPEG:"""
    + _folded(PHOTO)
    + """
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:Lake Community Networks\\, Kisumu
ORG:Lake Community Networks\\, Kisumu;
EMAIL;type=INTERNET:office@lakenet.org
X-ABShowAs:COMPANY
END:VCARD
"""
)
"""An iPhone's: groups, escapes, a photo, a company."""

NEXTCLOUD_40 = _crlf(
    """
BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Layla Hassan
N:Hassan;Layla;;Dr.;
ORG;SORT-AS="Communications":Ministry of Communic
 ations
EMAIL;PREF=2:layla.private@example.org
EMAIL;TYPE=work;PREF=1:layla@example.org
ADR;LABEL="1 Nile St: Cairo; Egypt":;;1 Nile St;Cairo;;;Egypt
LANG;PREF=1:ar
LANG;PREF=2:en
PHOTO:data:image/jpeg;base64,"""
    + _folded(PHOTO)
    + """
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Partners
MEMBER:urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Green Valley Health Network
EMAIL:info@example.org
END:VCARD
"""
)
"""Nextcloud's: preferences by number, a quoted colon, languages, a group that is nobody, an organization."""
