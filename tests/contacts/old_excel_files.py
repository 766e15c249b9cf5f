"""Workbooks of Excel 97, as bytes: what writes them is no part of the project (made once, with xlwt)."""

from __future__ import annotations

import base64
import zlib

__all__ = ["FAR", "LIST", "with_password"]


def _unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b85decode(text))


def with_password() -> bytes:
    """The list as if it had been saved with a password: Excel marks that by a record of its own after the first."""
    first = LIST.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    return LIST[:first] + b"\x2f\x00" + LIST[first + 2 :]


LIST = _unpacked(
    "c-rk)U1(fI6h5;%``cu**(NdBw&_jP+SWF%hLWgccaxgrq3tG(Qbk0)$xf3?Hh07B1{)vJY7IUKf=`Msg}&5>sxP*ph=QPkP*Fq>g+w1zd=e"
    "CVXtJJj_TF)muF!x+TJ|h=X1+7$obSxNXYO3~i>uAc=iiR6zy?Wz7uL!l@K@;sULhAm0q4tQ8oGTDuX0^(DhUPgLHd30UgPHhdWQ78SHJ^r$"
    "&auF_yMmcU=A{QTNzs@gPemYD2IL_vGzRhI$jaz;JjkoPI9}Q+c(+veQwjNd5PP8v|SdD!_`#gK%Y~`k9qd+Tm)MIm)YlA*4zuN@F~^tnU_V"
    "y)&~Ox%go(m6P>aFE&x8#5oN1_nOlYye6|<hkFo*qySs@$H0t`T)eAuVpX>F3f6xb^={o%@9tm(3%1;Zb+$F5wNBot2JFd*^tXhINyumv;By"
    "N`@G9d@#pzN1@@&UZA!IN0|0CZv8v79oC$~a}^a)xCarD<gp)nwkz8pUa)O5M9b>_ji}rYMJHn)~}?QW`Lf+J{h+WZc8LH1hQ#?nA3SIVxK~"
    "bjcLECous7j%-MYoDJwlodD6+<pptvY?qyK8;DMf-GdWk*o*xzM+|{DBp;OBn0^YqM=(-C`iW*xrrA0n@ojMrx*Wy$cmwyKUkXW*HRAQ*E)h"
    "{wk(&YSm<<^uxers+!@Lsm?&b9-B)%_A+cwkcv^hJMQ{DN(6ebntl_%s7FOGr)K&0gngadr*@0Yl^T{4b~YXtZ#m(N<tIBph7mK^~Y|D~wR`"
    "O`*r-Z*AX#sCx>RFmLiet6z078M?|rwXS1lW7&hXlR!TYOY`v6~@m@O_`$#*MHLf**<aRyG4vNJ#Wogc6B7IoI{z_lia;X*2#tV=*NqnEP4S"
    "3m5u2gGiQ{MQKe_{g_$D8m{9gUv$Ve|h7aJVvKLG&wIO>dXBDT>IWsaErpn_pCA#iRY2-I;1GZVLY8p55`!<SIe(mCKUml+rOFhM!v-}-V`P"
    "#UXsvXMk9C@H~M9);(1MG1(x6gCb9XyV6+k!7c?DvkfI)mYJZ1V!o?nRy+makHGRgL%Ic<I*@S2~w|Ozp?<rID3qTP}T*I*+?1gxL%Jor8no"
    "pm^<7l6O;XFPwAfdu}_fJEMZ0sFQoy`J`%sRS5I2x$@oRiNQN$if7p0vK4o=G9S3*?y7JssP}BJ5Nts)7Cm9kAO;_N?O}T_-;MS5Ubd&Ug6M"
    "urjXa2a8hH`<HIj$|8u<_fHS!}0Ia$gLtdy5zRyUSp*04szx=kZuZP18V8#N-<h(^TP<gof`u=<$Q<?%6VR3l<-)`(bR8WHPujfk~HBVuiJS"
    "p79v{mklS>1Wn9jfnL&jfk~fBVz5)h*;wq5$g_zHBf^!z^v{H0?fKoBVyg95wUh^M6A0tB345qV(oJGG}PMDb*W2T>hk|d<x~Vd)99S>IbRk"
    "5=YO45yw>V}liad04te~Q@YEUt8~Xw*Y^r|Rz$e^T;s$-({|iYTMfL*Bzy#+pv+4T9FGEqio*Q<I{(D<!v;1qD$@4$v{|j(nmpA"
)
"""A note on the first sheet; on the second a title, a date, the header in the fourth row, and four people, one with a
broken address."""


FAR = _unpacked(
    "c-rk)J!lkB5dPlYUG9hEvKKExB7`Gg)EEV^Nt0|M#8e*9MiD_@%qk&wdttFq8>8_`L9kM60%>fbHvXW6b{0ZJ3q=s_w6qcwERtL2&F<ozrpS"
    "Q_D(_p~yxDm(`(}6M&F<S*%bCi;{q8D$!7w7Ic}cX?$pp1zcw&OaJx{S=pP=Sx{8LCKD3C2NJZXCwS20xauEM~*=yRgLM`|Z9i+stkbDM|*?"
    "1L1_hasW@w@H#l7kkyg^fc2gOz*PhQ>G&<xyE#ebSvUGmaTmMV35Vfj9wl~LtXbF+q`GVK6K)R%Hm7cg|8dKs5>nSf9F6?v=xh>xQ*M6?aD$"
    "0Sqk7HzIi#|Yq(OM<+OZr<pL!C-YAc+A-`cnfjM}mIKj(QT;E0f0Lv8&Qk21sl=8A@)6yK<Q<T#MIv;f$Nefp}H)5Zc#o2<rx8$BB>od|#sX"
    "EQ;+H6?YZJh6|M5oZse1@~$q{_W==gaFulM~iSmdtT2_bdK(<s>{@Ru*KOu6r9O($5yVnO@<mZezZiX_oGQ`o4+IfH^qNI#+qLkLKCWcw_CT"
    "<98BY{(SgRPx+Izi}<DS>c#BRTWbNm^pK{=ULEro5Ch`YO@+r+*o&Y#d|=x3Tct=CCi`!|3vQ$xt4J}MVd|f$ry~M=v4*~2eIw8ptRD&V`F$"
    "uF_0>x<qhg6+qXQ3=AyulMNI^qGLqkJDLqkJjqv3zqg1=m&!G1&S72?5vomFZz{hQ>!#SxU~I7b`PF*ww_xX@JoY(-3j*AnZr3I7)=9HrS^%"
    "wUrJm}xqHX|E^h?`PeH=AT<a&CXwI#?K9&{|5_2&Q<"
)
"""A person, and a cell in the last corner of the sheet."""
