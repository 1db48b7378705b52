"""How more languages count. Their comparisons stand in ``words/``. Data only."""

from __future__ import annotations

from typing import Final

from explainer.lint.language import Vocabulary

_FRENCH = (
    "zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|octante|huitante|nonante"
    "|cents?|mille|milliers?|millions?|milliards?|billions?|dizaines?|douzaines?|vingtaines?|trentaines?|quarantaine|cinquantaine|soixantaine|centaines?|moitié|demie?s?|tiers|quarts?"
    "|première?s?|premiers|second[es]?|deuxièmes?|troisièmes?|quatrièmes?|cinquièmes?|sixièmes?|septièmes?|huitièmes?|neuvièmes?|dixièmes?|\\w+ièmes?|double|triple|doublé\\w{0,2}|triplé\\w{0,2}|décennies?"
)
_SPANISH = (
    "cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\\w{3,8}|veinte|veinti\\w{2,8}|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
    "|cien|cientos?|ciento|\\w{3,8}cient[oa]s|quinient[oa]s|mil|miles|millón|millones|billón|billones|millardos?|decenas?|docenas?|centenar(?:es)?|millar(?:es)?|mitad|medi[oa]s?|tercios?|cuartos?|quint[oa]s?"
    "|primer[oa]?s?|segund[oa]s?|tercer[oa]?s?|doble|triple|duplic\\w{1,6}|triplic\\w{1,6}|décadas?"
)
_ITALIAN = (
    "zero|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove|(?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)\\w{1,12}"
    "|cento|\\w{2,8}cento\\w{0,14}|mille|\\w{2,20}mila|mila|migliai[ao]|milion[ei]|miliard[io]|decin[ae]|dozzin[ae]|centinai[ao]|metà|mezz[oa]|terz[oi]|quart[oi]|prim[oaie]|second[oaie]|terza|doppi[oa]|tripl[oi]\\w{0,6}|raddoppi\\w{1,6}"
)
_PORTUGUESE = (
    "zero|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|catorze|quatorze|quinze|dezesseis|dezasseis|dezessete|dezassete|dezoito|dezenove|dezanove|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa"
    "|cem|cento|duzent[oa]s|trezent[oa]s|\\w{4,7}centos|quinhent[oa]s|mil|milhar(?:es)?|milhão|milhões|bilhão|bilhões|biliões|dezenas?|dúzias?|centenas?|metade|mei[oa]|terços?|quartos?|quint[oa]s?|primeir[oa]s?|segund[oa]s?|terceir[oa]s?|dobro|duplic\\w{1,6}|dobr(?:ou|aram)"
)
_DUTCH_PART = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend|en|ën"
_DUTCH = f"(?!(?:een|en)$)(?:{_DUTCH_PART})+(?:de|ste|tal|tallen|en)?|miljoen(?:en)?|miljard(?:en)?|biljoen(?:en)?|tientallen|honderden|duizenden|dozijn|helft|halve?|kwart|derde|eerste|tweede|anderhalve?|dubbele?|verdubbel\\w{{1,4}}|verdrievoudig\\w{{1,4}}|decennia|decennium"
_POLISH = (
    "zero|jed(?:en|na|no|nego|nej|ną)|dw(?:a|ie|aj|óch|óm|oma|ojga|oje)|trz(?:y|ech|em|ema|ej)|czter(?:y|ech|em|ema|ej)|pi[ęe][ćc](?:iu|ioro)?|sze[śs][ćc](?:iu)?|siedem|siedmiu|osiem|ośmiu|dziewi[ęe][ćc](?:iu)?|dziesi[ęe][ćc](?:iu)?"
    "|\\w{3,9}na[śs]cie|\\w{3,9}nastu|dwadzieścia|dwudziestu|trzydzieści|trzydziestu|czterdzieści|\\w{4,8}dziesi[ąa]t|sto|stu|dwieście|trzysta|czterysta|\\w{4,8}set|setki|setek|tysi[ąa]c\\w{0,3}|tysięcy|milion\\w{0,3}|miliard\\w{0,3}|bilion\\w{0,3}"
    "|połow\\w{1,2}|pół|półtor\\w{1,2}|trzeci\\w{0,3}|ćwier\\w{1,3}|pierwsz\\w{1,3}|drug\\w{1,3}|czwart\\w{1,3}|piąt\\w{1,3}|dziesiąt\\w{1,3}|dziesiątki|tuzin\\w{0,2}|podwoi\\w{1,4}|dwukrotn\\w{1,3}|trzykrotn\\w{1,3}|dekad\\w{1,2}"
)
_CZECH = (
    "nula|jed(?:en|na|no|noho|né|nu)|dv(?:a|ě|ou|ěma)|tř(?:i|í|em|emi)|čtyř(?:i|ech|em|mi)|pět|pěti|šest|šesti|sedm|sedmi|osm|osmi|devět|devíti|deset|deseti|\\w{3,8}náct|\\w{3,8}nácti|dvacet|třicet|čtyřicet|\\w{3,7}desát|sto|stovk\\w{1,3}|stovek|stě|sta|set"
    "|tisíc\\w{0,3}|milion\\w{0,3}|milión\\w{0,3}|miliard\\w{0,3}|bilion\\w{0,3}|polovin\\w{1,3}|půl|třetin\\w{1,3}|čtvrtin\\w{1,3}|prvn\\w{1,4}|druh(?:ý|á|é|ého|ém|ou)|třet\\w{1,4}|desítk\\w{1,3}|desítek|tuct\\w{0,3}|zdvojnásob\\w{1,5}"
)
_SWEDISH = (
    "noll|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\\w{3,5}ton|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)\\w{0,5}|\\w{0,8}hundra\\w{0,20}|\\w{0,20}tusen\\w{0,20}|miljon(?:er)?|miljard(?:er)?|biljon(?:er)?|hälften|halva?|tredjedel\\w{0,2}"
    "|fjärdedel\\w{0,2}|första|andra|tredje|fjärde|femte|dussin|tiotal\\w{0,4}|hundratal\\w{0,4}|tusental\\w{0,4}|fördubbl\\w{1,4}|tredubbl\\w{1,4}|decenni\\w{1,3}"
)
_TURKISH = "sıfır|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|yüz|bin|binlerce|milyon\\w{0,5}|milyar\\w{0,5}|trilyon\\w{0,3}|yarısı|yarım|çeyrek|birinci|ikinci|üçüncü|dördüncü|beşinci|onlarca|yüzlerce|düzine\\w{0,3}"
_ARABIC = (
    "(?:و|ب|ل|ال|بال)?(?:صفر|واحد|واحدة|اثن(?:ان|ين|تان|تين)|ثلاثة?|أربعة?|اربعة?|خمسة?|ستة?|سبعة?|ثماني?ة?|تسعة?|عشرة?|عشر(?:ون|ين)|ثلاث(?:ون|ين)|أربع(?:ون|ين)|خمس(?:ون|ين)|ست(?:ون|ين)|سبع(?:ون|ين)|ثمان(?:ون|ين)|تسع(?:ون|ين)"
    "|مئة|مائة|مئت(?:ان|ين)|مائت(?:ان|ين)|مئات|\\w{2,5}مئة|\\w{2,5}مائة|ألف|الف|ألفان|ألفين|آلاف|الاف|مليون|مليونا?|ملايين|مليار|مليارات|تريليون|نصف|ثلث|ثلثا|ثلثي|ربع|خمس|عشرات)"
)
_PERSIAN = "صفر|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|صد|صدها|دویست|سیصد|چهارصد|پانصد|ششصد|هفتصد|هشتصد|نهصد|هزار|هزاران|میلیون|میلیونها|میلیارد|تریلیون|نیم|نیمی|ثلث|ربع|دهها|دوم|سوم|چهارم|پنجم"
_HINDI = "शून्य|दो|तीन|चार|पाँच|पांच|छह|छः|छे|सात|आठ|नौ|दस|ग्यारह|बारह|तेरह|चौदह|पंद्रह|पन्द्रह|सोलह|सत्रह|अठारह|उन्नीस|बीस|पच्चीस|तीस|चालीस|पचास|साठ|सत्तर|अस्सी|नब्बे|सौ|हज़ार|हजार|हजारों|हज़ारों|लाख|लाखों|करोड़|करोड़ों|अरब|अरबों|खरब|आधा|आधे|आधी|डेढ़|ढाई|तिहाई|चौथाई|दूसरा|दूसरी|दूसरे|तीसरा|तीसरी|दर्जन|दर्जनों|दोगुना|दोगुनी|तिगुना"


def _counting(numbers: str, *, months: bool = False) -> Vocabulary:
    return Vocabulary(numbers=numbers, comparisons=r"(?!)", proper_months=months)


MORE: Final = {
    "fr": _counting(_FRENCH), "es": _counting(_SPANISH), "it": _counting(_ITALIAN), "pt": _counting(_PORTUGUESE), "nl": _counting(_DUTCH),
    "pl": _counting(_POLISH), "cs": _counting(_CZECH), "sv": _counting(_SWEDISH), "tr": _counting(_TURKISH),
    "ar": _counting(_ARABIC), "fa": _counting(_PERSIAN), "hi": _counting(_HINDI),
}  # fmt: skip
"""Languages whose numbers alone are listed, with their fractions, ordinals and multiples. Chinese and Japanese numerals are found in every text."""
COUNTED_ELSEWHERE: Final = ("zh", "ja")
"""Languages whose numerals ``han`` finds."""
