import pytest

from mentorship.participants.roster import values
from mentorship.participants.roster.values import BadCell


def kind_of(clean, *arguments):
    with pytest.raises(BadCell) as caught:
        clean(*arguments)
    return caught.value.kind


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Zoë  ", "Zoë"),
        ("Zoe\u0308", "Zoë"),
        ("\u200fדנה\u200e", "דנה"),
        ("\u202amarked\u202c", "marked"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (12.0, "12"),
        (2.5, "2.5"),
        (True, "true"),
        ("=1+1", "=1+1"),
        ("a\0b", "ab"),
    ],
)
def test_text_is_trimmed_and_composed_and_otherwise_kept(cell, text):
    assert values.tidy(cell) == text


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", " #DIV/0! "])
def test_spreadsheet_errors_are_errors_and_not_empty(cell):
    assert kind_of(values.tidy, cell) == "cell_error"


def test_text_over_the_limit_of_a_cell_is_too_long():
    assert values.tidy("a" * 32_767) == "a" * 32_767
    assert kind_of(values.tidy, "a" * 32_768) == "too_long"


@pytest.mark.parametrize("text", ["12345678901234567890", "1.23457E+19", "1E+16"])
def test_ids_a_spreadsheet_has_rounded_are_refused(text):
    assert kind_of(values.external_id, text) == "long_id"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Rosa@Example.ORG", "rosa@example.org"),
        ("rosa＠example．org", "rosa@example.org"),
        ("\u200brosa@example.org", "rosa@example.org"),
        ("rosa+m@example.org", "rosa+m@example.org"),
        ("r.o.sa@example.org", "r.o.sa@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("rosa@münchen.example", "rosa@münchen.example"),
    ],
)
def test_addresses_are_folded_but_kept_apart(text, address):
    assert values.email(text) == address


@pytest.mark.parametrize(
    "text",
    ["rosa", "a@@b.org", "a b@c.org", "a@b", "a@b.org, c@d.org", ".a@b.org", "a..b@c.d",
     "a@-b.org", "a@b_.org", "<a@b.org>", "@b.org", "a" * 300 + "@b.org"],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(text):
    assert kind_of(values.email, text) == "bad_email"


@pytest.mark.parametrize(
    ("text", "role"),
    [("Mentor", "mentor"), ("mentorka", "mentor"), ("COACH", "mentor"),
     ("Protégé", "mentee"), ("protege", "mentee"), ("beides", "both"),
     ("Mentor, Mentee", "both"), ("mentor / mentor", "mentor")],
)  # fmt: skip
def test_roles_are_read_in_several_words(text, role):
    assert values.role(text) == role


def test_a_lone_m_is_ambiguous_and_other_words_unknown():
    assert kind_of(values.role, "m") == "ambiguous_role"
    assert kind_of(values.role, "Sponsor") == "unknown_role"
    assert kind_of(values.role, "Mentor, Sponsor") == "unknown_role"


@pytest.mark.parametrize(
    ("text", "zone"),
    [("europe/lisbon", "Europe/Lisbon"), ("Lisbon", "Europe/Lisbon"),
     ("New York", "America/New_York"), ("america/new york", "America/New_York"),
     ("Singapore", "Asia/Singapore"), ("CET", "CET"), ("GMT", "GMT"), ("UTC", "UTC"),
     ("UTC+2", "Etc/GMT-2"), ("utc -5", "Etc/GMT+5"), ("GMT+0", "GMT+0"),
     ("UTC+05:30", "Asia/Kolkata"), ("UTC+14", "Etc/GMT-14"),
     ("Indianapolis", "America/Indianapolis")],
)  # fmt: skip
def test_zones_are_read_as_people_write_them(text, zone):
    assert values.timezone(text) == zone


@pytest.mark.parametrize("text", ["GMT+25", "UTC+15", "UTC+05:17", "nowhere"])
def test_zones_nobody_lives_in_are_unknown(text):
    assert kind_of(values.timezone, text) == "unknown_timezone"


@pytest.mark.parametrize(
    ("text", "codes"),
    [("Deutsch / Türkisch", ["de", "tr"]), ("日本語|English", ["ja", "en"]),
     ("PT-br; eng", ["pt", "en"]), ("en, English", ["en"]),
     ("हिन्दी; Tiếng Việt", ["hi", "vi"])],
)  # fmt: skip
def test_languages_are_known_by_several_names(text, codes):
    assert values.language_codes(text) == codes


@pytest.mark.parametrize("text", ["?", "English; Elvish", ";"])
def test_other_languages_are_unknown(text):
    assert kind_of(values.language_codes, text) == "unknown_language"


def test_capacity_can_be_one_to_three():
    assert [values.capacity(text) for text in ("1", "2.0", "3")] == [1, 2, 3]
    for text in ("0", "4", "2.5", "many", "1-2", "-1"):
        assert kind_of(values.capacity, text) == "bad_capacity"


def test_skills_carry_levels_in_two_notations_or_none():
    text = "SQL (4); Excel:2 | Public speaking, Excel (VBA); sql (1)"

    assert values.skills(text) == [
        ["SQL", 4],
        ["Excel", 2],
        ["Public speaking", None],
        ["Excel (VBA)", None],
    ]


@pytest.mark.parametrize("text", ["SQL (7)", "SQL:0", "SQL (2.5)", "SQL (4/5)"])
def test_levels_outside_one_to_five_are_refused(text):
    assert kind_of(values.skills, text) == "bad_level"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [("2026-03-09", None, "2026-03-09"), ("2026-03-09 08:30:00", None, "2026-03-09"),
     ("9.3.2026", None, "2026-03-09"), ("9. 3. 2026", "mdy", "2026-03-09"),
     ("13/02/2026", None, "2026-02-13"), ("02/13/2026", None, "2026-02-13"),
     ("05/05/2026", None, "2026-05-05"), ("03/09/2026", "dmy", "2026-09-03"),
     ("03/09/2026", "mdy", "2026-03-09")],
)  # fmt: skip
def test_days_are_read_in_the_chosen_order(text, order, day):
    assert values.day(text, order) == day


def test_a_day_that_reads_two_ways_waits_for_a_choice():
    assert kind_of(values.day, "03/09/2026") == "ambiguous_date"
    assert kind_of(values.day, "13/02/2026", "mdy") == "bad_date"


@pytest.mark.parametrize(
    "text",
    ["31.02.2024", "2024-13-05", "next spring", "00.00.0000", "41700", "9.3.26",
     "01.01.0001"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text):
    assert kind_of(values.day, text) == "bad_date"


def test_full_names_are_parted_in_both_orders():
    assert values.names("Bannerjee, Quentin") == ("Quentin", "Bannerjee")
    assert values.names("Ana María López") == ("Ana María", "López")
    assert values.names("Suharto") == ("Suharto", "")
