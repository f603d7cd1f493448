"""Contributors: what they did (MARC relators) and the name they are sorted by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

# The words that editors use, with the MARC code for each. Every other code of the list may be given as such.
ROLE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "author": "aut",
        "editor": "edt",
        "translator": "trl",
        "illustrator": "ill",
        "photographer": "pht",
        "contributor": "ctb",
        "adapter": "adp",
        "afterword": "aft",
        "annotator": "ann",
        "artist": "art",
        "cartographer": "ctg",
        "commentator": "cwt",
        "compiler": "com",
        "cover-designer": "cov",
        "curator": "cur",
        "designer": "dsr",
        "book-designer": "bkd",
        "engraver": "egr",
        "foreword": "wpr",
        "introduction": "win",
        "interviewee": "ive",
        "interviewer": "ivr",
        "photography": "pht",
        "printer": "prt",
        "proofreader": "pfr",
        "publisher": "pbl",
        "researcher": "res",
        "reviewer": "rev",
        "speaker": "spk",
        "sponsor": "spn",
        "transcriber": "trc",
        "type-designer": "tyd",
        "typographer": "tyg",
    }
)

# MARC Code List for Relators, Library of Congress; discontinued codes and those of courts and parties left out.
_CODES = """
abr acp act adi adp aft anc anl anm ann ant aqt arc ard arr art asn ato att auc aud aue aui aup aus aut bdd bjd
bka bkd bkp blw bnd bpd brd brl bsl cad cas ccp chr cli cll clr clt cmm cmp cmt cnd cng cns col com con cop cor
cov cpc cph cre crp crr csl csp cst ctb ctg ctr cur cwt dbd dgc dgg dgs dis djo dln dnc dnr dpc dpt drm drt dsr
dst dtc dte dtm dto dub edc edd edm edt egr elg elt eng etr exp fac fds fld flm fmd fmk fmo fmp fnd fon frg gdv
gis his hnr hst ill ilu ins inv isb itr ive ivr lbr lbt ldr led len lgd lsa lse lso ltg lyr mcp mdc med mfr mka
mod mon mrb mrk msd mte mtk mup mus mxe nan nrt onp org orm osp oth own pan pat pbd pbl pdr pfr pht plt pma pmn
pop ppm ppt pra prc prd pre prf prg prm prn pro prs prt prv rap rbr rcd rce rcp rdd red ren res rev rpc rps rpt
rpy rsg rsr rth rtm rxa sad sce scl scr sde sds sec sfx sgd sgn sht sll sng spk spn srv std stl stm stn str swd
tau tcd tch ths tld tlg tlh tlp trc trl tyd tyg vac vdg vfx wac wal wam wat wdc wde win wit wpr wst
"""
ROLE_CODES = frozenset(_CODES.split())

# Small words that stand before a family name and are not sorted by, where they are written small.
_SMALL_WORDS = """
af al av d da das de del della den der des di do dos du el la las le los op ten ter til van vom von y zu zum zur
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
_AFTER_NAMES = "jr jr. sr sr. ii iii iv phd ph.d. md m.d. esq esq. obe mbe cbe"
_SUFFIXES = frozenset(_AFTER_NAMES.split())

# Words that no person's name has. They are looked for whole and in any case.
_BODY_WORDS = """
academy agency archive archives association authority board bureau center centre club collective college
commission committee community company consortium cooperative corp corp. council department division editors
editorial e.v. faculty federation foundation fund gmbh government group inc inc. institut institute institution
journal laboratory league library ltd ltd. magazine ministry museum network news observatory office
organisation organization party project publishers review school secretariat service society staff studio
team trust union universität université university workshop редакция 편집부
"""
_BODIES = frozenset(_BODY_WORDS.split())


def file_as(name: str, *, organisation: bool = False) -> str:
    """Give the name to sort by: the family name first, as “Beethoven, Ludwig van”.

    Names of one word, with a comma, in Chinese, Japanese or Korean letters, and of organisations stay as they are.
    """
    words = name.split()
    tail: list[str] = []
    while len(words) > 1 and words[-1].lower().rstrip(",") in _SUFFIXES:
        tail.insert(0, words.pop())
    words = " ".join(words).rstrip(",").split()
    plain = " ".join(words)
    if organisation or is_body(name) or len(words) < 2 or "," in plain or _east_asian(plain):
        return name
    first = _family(words)
    return ", ".join([" ".join(words[first:]), " ".join(words[:first]), *tail])


def is_body(name: str) -> bool:
    """Whether a name is more likely an organisation's or several people's than a person's."""
    words = name.lower().split()
    if words[:1] in (["the"], ["les"], ["die"]):
        return True
    return any(w.strip('()“”"') in _BODIES for w in words) or any(w in ("and", "&", "of", "und", "et") for w in words)


def _family(words: list[str]) -> int:
    """Give the index of the word that the family name begins with."""
    first = len(words) - 1
    # "Robert De Niro", "Jean de La Fontaine": what is written large belongs to the name.
    while first > 1 and words[first - 1].istitle() and words[first - 1].lower() in _PARTICLES - {"d", "y"}:
        first -= 1
    return first


def _east_asian(name: str) -> bool:
    names = (unicodedata.name(c, "") for c in name if not re.match(r"[\x00-\u02ff]", c))
    return any(n.startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC")) for n in names)
