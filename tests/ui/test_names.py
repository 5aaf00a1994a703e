from types import SimpleNamespace

import pytest

from mentorship.ui.names import initials, name_of


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("Nguyễn Thị Linh", "NL"),
        ("Siobhán Ó Briain", "SÓ"),
        ("Fatima Zahra El Idrissi", "FE"),
        ("Dr Olufemi Peters", "OP"),
        ("Mei-Ling Chou", "MC"),
        ("João", "J"),
        ("“Bob” d'Arcy", "BD"),
        ("نور الحداد", "نح"),
        ("王小明", "王"),
        ("田中 由紀", "田由"),
        ("김민수", "김"),
        ("แสงดาว ใจดี", "สจ"),
        ("प्रिया राघव", "परा"),
        ("e\u0301lise", "É"),
        ("ßeta", "ß"),
        ("42", "–"),
        ("", "–"),
    ],
)
def test_initials_suit_the_script(name, signs):
    assert initials(name) == signs


def test_a_place_has_the_name_of_its_person():
    place = SimpleNamespace(user=SimpleNamespace(name="Rosa Huamán"))

    assert name_of(place) == "Rosa Huamán"
