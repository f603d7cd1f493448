"""Languages as ONIX names them: three letters (ISO 639-2/B) for the two of a tag (BCP 47)."""

from __future__ import annotations

_TABLE = """
af afr am amh ar ara az aze be bel bg bul bn ben bs bos ca cat cs cze cy wel da dan de ger el gre en eng eo epo es spa
et est eu baq fa per fi fin fo fao fr fre fy fry ga gle gd gla gl glg gu guj ha hau he heb hi hin hr hrv ht hat hu hun
hy arm id ind ig ibo is ice it ita ja jpn jv jav ka geo kk kaz km khm kn kan ko kor ku kur ky kir la lat lb ltz lo lao
lt lit lv lav mg mlg mi mao mk mac ml mal mn mon mr mar ms may mt mlt my bur nb nob ne nep nl dut nn nno no nor oc oci
om orm pa pan pl pol ps pus pt por qu que rm roh ro rum ru rus rw kin sa san sd snd si sin sk slo sl slv sm smo sn sna
so som sq alb sr srp st sot su sun sv swe sw swa ta tam te tel tg tgk th tha ti tir tk tuk tl tgl tr tur tt tat ug uig
uk ukr ur urd uz uzb vi vie wo wol xh xho yi yid yo yor zh chi zu zul
"""
_PAIRS = _TABLE.split()
_THREE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))


def three_letters(tag: str) -> str:
    """Give the three letters of a tag's language; empty for one that has none here."""
    primary = tag.split("-", maxsplit=1)[0].lower()
    return primary if primary in _THREE.values() else _THREE.get(primary, "")
