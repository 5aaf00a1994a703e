from django.template import engines

CONTEXT = {
    "subject": "How is it going?",
    "why": "Sent because you take part in Rising Leads.",
    "fewer_url": "https://reciprocal.example/fewer/?a=1&b=2",
}
BODY = (
    "{% block heading %}How is it going with <Kwame>?{% endblock %}{% block button %}"
    '{% include "emails/_button.html" with url=fewer_url label="Log" %}{% endblock %}'
)


def draw(base):
    source = f'{{% extends "emails/{base}" %}}' + BODY
    return engines["django"].from_string(source).render(CONTEXT)


def test_a_mail_says_why_it_came_and_how_to_get_fewer():
    html = draw("base.html")

    assert CONTEXT["why"] in html
    assert 'href="https://reciprocal.example/fewer/?a=1&amp;b=2"' in html


def test_a_mail_loads_nothing():
    html = draw("base.html")

    assert "<img" not in html
    assert "<link" not in html
    assert "url(" not in html


def test_the_text_twin_is_plain_text():
    text = (
        engines["django"]
        .from_string(
            '{% extends "emails/base.txt" %}{% block heading %}{{ why }}{% endblock %}'
        )
        .render({**CONTEXT, "why": "Siobhán & Linh's turn"})
    )

    assert "Siobhán & Linh's turn" in text
    assert CONTEXT["fewer_url"] in text
    assert "<" not in text
