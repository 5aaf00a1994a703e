from mentorship.ui.markdown import render_markdown, render_public


def test_headings_start_below_the_pages_own():
    assert render_markdown("# Why\n\n*Gain*") == "<h2>Why</h2>\n<p><em>Gain</em></p>\n"


def test_nothing_harmful_or_remote_comes_through():
    html = render_markdown(
        "<script>x</script> ![spy](https://x.example/p.png) "
        "[a](javascript:alert(1)) <img src=x onerror=y>"
    )

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_a_public_text_is_drawn_once_and_is_the_same():
    text = "Two *equals*."

    assert render_public(text) == render_markdown(text)
    assert render_public(text) is render_public(text)


def test_links_do_not_tell_where_they_were_followed():
    html = render_markdown("[here](https://kestrel.example/)")

    assert 'href="https://kestrel.example/"' in html
    assert 'rel="noopener noreferrer nofollow"' in html
