from mentorship.participants.roster.hours import weekly_hours


def test_half_days_and_spans_are_read():
    assert weekly_hours("Tue pm, Wed 13-15; Mon am") == [
        (0, 540, 720),
        (1, 780, 1020),
        (2, 780, 900),
    ]


def test_german_days_and_minutes_are_read():
    assert weekly_hours("Di vormittags, Do. 14:30–16.15") == [
        (1, 540, 720),
        (3, 870, 975),
    ]


def test_the_longer_of_two_spans_with_one_start_counts():
    assert weekly_hours("Mon 9-10, Mon 9-11") == [(0, 540, 660)]


def test_other_words_are_left_out():
    assert weekly_hours("whenever; Mon evening; Tue 15-13; Wed 9-25; ,") == []
