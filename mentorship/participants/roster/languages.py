"""Languages by their English, German and own names and their ISO 639 codes."""

import unicodedata

from django.utils.translation import get_language_info

# code: ISO 639-2/3 codes, then names in English, German and the language itself.
_TABLE = """
af afr Afrikaans
am amh Amharic Amharisch አማርኛ
ar ara Arabic Arabisch العربية عربي
bg bul Bulgarian Bulgarisch български
bn ben Bengali Bangla Bengalisch বাংলা
bs bos Bosnian Bosnisch bosanski
ca cat Catalan Katalanisch català
cs ces cze Czech Tschechisch čeština česky
cy cym wel Welsh Walisisch Cymraeg
da dan Danish Dänisch dansk
de deu ger German Deutsch
el ell gre Greek Griechisch ελληνικά
en eng English Englisch
es spa Spanish Spanisch español castellano Castilian
et est Estonian Estnisch eesti
eu eus baq Basque Baskisch euskara
fa fas per Persian Farsi Persisch Dari فارسی
fi fin Finnish Finnisch suomi
fil tgl tl Filipino Tagalog Philippinisch
fr fra fre French Französisch français
ga gle Irish Irisch Gaeilge
gu guj Gujarati ગુજરાતી
ha hau Hausa
he heb Hebrew Hebräisch עברית
hi hin Hindi हिन्दी हिंदी
hr hrv Croatian Kroatisch hrvatski
hu hun Hungarian Ungarisch magyar
hy hye arm Armenian Armenisch հայերեն
id ind Indonesian Indonesisch Bahasa_Indonesia
ig ibo Igbo
is isl ice Icelandic Isländisch íslenska
it ita Italian Italienisch italiano
ja jpn Japanese Japanisch 日本語
ka kat geo Georgian Georgisch ქართული
kk kaz Kazakh Kasachisch қазақ
km khm Khmer ខ្មែរ
kn kan Kannada ಕನ್ನಡ
ko kor Korean Koreanisch 한국어
ku kur Kurdish Kurdisch Kurdî
lb ltz Luxembourgish Luxemburgisch Lëtzebuergesch
lt lit Lithuanian Litauisch lietuvių
lv lav Latvian Lettisch latviešu
mi mri mao Maori Māori
mk mkd mac Macedonian Mazedonisch македонски
ml mal Malayalam മലയാളം
mn mon Mongolian Mongolisch монгол
mr mar Marathi मराठी
ms msa may Malay Malaiisch Bahasa_Melayu
mt mlt Maltese Maltesisch Malti
my mya bur Burmese Birmanisch မြန်မာ
ne nep Nepali Nepalesisch नेपाली
nl nld dut Dutch Niederländisch Holländisch Nederlands Flemish Flämisch
no nor nb nob nn nno Norwegian Norwegisch norsk
pa pan Punjabi Panjabi ਪੰਜਾਬੀ پنجابی
pl pol Polish Polnisch polski
ps pus Pashto Paschtu پښتو
pt por Portuguese Portugiesisch português
ro ron rum Romanian Rumänisch română
ru rus Russian Russisch русский
rw kin Kinyarwanda
si sin Sinhala Singhalesisch සිංහල
sk slk slo Slovak Slowakisch slovenčina
sl slv Slovenian Slovene Slowenisch slovenščina
sm smo Samoan Samoanisch
so som Somali Soomaali
sq sqi alb Albanian Albanisch shqip
sr srp Serbian Serbisch српски srpski
sv swe Swedish Schwedisch svenska
sw swa Swahili Kiswahili Suaheli
ta tam Tamil தமிழ்
te tel Telugu తెలుగు
th tha Thai Thailändisch ไทย ภาษาไทย
ti tir Tigrinya ትግርኛ
to ton Tongan Tongaisch
tr tur Turkish Türkisch Türkçe
uk ukr Ukrainian Ukrainisch українська
ur urd Urdu اردو
uz uzb Uzbek Usbekisch oʻzbek
vi vie Vietnamese Vietnamesisch Tiếng_Việt
xh xho Xhosa isiXhosa
yo yor Yoruba Yorùbá
yue Cantonese Kantonesisch 粵語 粤语 廣東話
zh zho chi cmn Chinese Mandarin Chinesisch 中文 汉语 漢語 普通话 國語
zu zul Zulu isiZulu
ase American_Sign_Language
bfi British_Sign_Language BSL
gsg German_Sign_Language Deutsche_Gebärdensprache DGS
"""


def _fold(name):
    return unicodedata.normalize("NFC", name).casefold()


CODES = {
    _fold(name.replace("_", " ")): line.split()[0]
    for line in _TABLE.strip().splitlines()
    for name in line.split()
}
# {code: English name}, the first word of a line that begins with a capital.
NAMES = {
    line.split()[0]: next(word for word in line.split() if word[0].isupper())
    for line in _TABLE.strip().splitlines()
}


def name(code):
    """A language in the reader's words, or its code when nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return NAMES.get(code, code).replace("_", " ")


def code(name):
    """The ISO 639 code of a language's name or code (also "pt-BR"), or None."""
    folded = _fold(name)
    return CODES.get(folded) or CODES.get(folded.replace("_", "-").partition("-")[0])
