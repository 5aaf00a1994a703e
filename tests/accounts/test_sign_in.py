import re
from smtplib import SMTPServerDisconnected

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from mentorship.accounts.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet evening"
LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/"
RESET = "/accounts/password/reset/"
SETTINGS = "/settings/"


@pytest.fixture
def linh():
    user = make.UserFactory(email="linh@kestrel.example", given_name="Linh")
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in_as(client):
    user = get_user(client)
    return user if user.is_authenticated else None


def code_in(message):
    return message.subject.removeprefix("Your sign-in code: ")


# ---------------------------------------------------------------- code and password
def test_a_mailed_code_signs_in(client, linh):
    answer = client.post(CODE, {"email": "Linh@Kestrel.example", "next": SETTINGS})
    code = code_in(mail.outbox[0])
    answer = client.post(answer.url, {"code": code, "next": SETTINGS})
    assert answer.url == SETTINGS
    assert signed_in_as(client) == linh


def test_the_mail_with_the_code_says_it_in_text_and_html_in_our_look(client, linh):
    client.post(CODE, {"email": linh.email})
    message = mail.outbox[0]
    code = code_in(message)
    html = message.alternatives[0].content
    assert re.fullmatch(r"[A-Z0-9-]{6,12}", code)
    assert code in message.body
    assert code in html
    assert "Reciprocal" in html
    assert message.to == [linh.email]


def test_a_wrong_code_is_sent_back_and_signs_nobody_in(client, linh):
    answer = client.post(CODE, {"email": linh.email})
    answer = client.post(answer.url, {"code": "NOT-THIS"})
    assert answer.status_code == 422
    assert signed_in_as(client) is None


def test_a_code_works_once(client, linh):
    url = client.post(CODE, {"email": linh.email}).url
    code = code_in(mail.outbox[0])
    client.post(url, {"code": code, "next": SETTINGS})
    client.post("/accounts/logout/")
    answer = client.post(url, {"code": code})
    assert answer.status_code == 302
    assert signed_in_as(client) is None


def test_a_code_works_only_where_it_was_asked_for(client, linh):
    url = client.post(CODE, {"email": linh.email}).url
    elsewhere = type(client)()
    elsewhere.post(url, {"code": code_in(mail.outbox[0])})
    assert signed_in_as(elsewhere) is None


def test_a_password_signs_in(client, linh):
    data = {"login": linh.email, "password": PASSWORD, "next": SETTINGS}
    assert client.post(LOGIN, data).url == SETTINGS
    assert signed_in_as(client) == linh


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/"])
def test_signing_in_leads_to_no_other_site(client, linh, url):
    data = {"login": linh.email, "password": PASSWORD, "next": url}
    assert "evil" not in client.post(LOGIN, data).url


def test_a_closed_account_does_not_sign_in(client, linh):
    User.objects.filter(pk=linh.pk).update(is_active=False)
    client.post(LOGIN, {"login": linh.email, "password": PASSWORD})
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    ("url", "data"),
    [
        (LOGIN, {}),
        (LOGIN, {"login": "x\x00@y.example", "password": "x"}),
        (CODE, {"email": "no address"}),
        (CODE, {"email": "x\x00@y.example"}),
        (RESET, {"email": ""}),
    ],
)
def test_bad_input_is_sent_back(client, url, data):
    assert client.post(url, data).status_code == 422
    assert mail.outbox == []


# --------------------------------------------------------- nothing tells who is known
def without_token(page):
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.text)
    return text.replace("linh@kestrel.example", "X").replace("who@kestrel.example", "X")


@pytest.mark.parametrize(
    ("url", "data"),
    [
        (CODE, {"email": "X"}),
        (LOGIN, {"login": "X", "password": "wrong"}),
        (RESET, {"email": "X"}),
    ],
)
def test_known_and_unknown_addresses_get_the_same_answer(client, linh, url, data):
    seen = []
    for email in (linh.email, "who@kestrel.example"):
        own = type(client)()
        filled = {k: email if v == "X" else v for k, v in data.items()}
        answer = own.post(url, filled)
        page = own.get(answer.url) if answer.status_code == 302 else answer
        again = own.post(answer.url, {"code": "NOPE"}) if url == CODE else page
        seen.append(
            (
                answer.status_code,
                answer.get("Location"),
                without_token(page),
                again.status_code,
                without_token(again),
            )
        )
    assert seen[0] == seen[1]


@pytest.mark.parametrize("url", [CODE, RESET])
def test_an_unknown_address_gets_a_mail_that_says_so(client, url):
    client.post(url, {"email": "who@kestrel.example"})
    assert mail.outbox[0].subject == "You have no account here yet"


def test_nobody_signs_up_and_the_page_says_so_kindly(client):
    page = client.get("/accounts/signup/")
    assert page.status_code == 200
    assert "You come in by invitation" in page.text
    data = {"email": "new@kestrel.example", "password1": PASSWORD}
    client.post("/accounts/signup/", data)
    assert not User.objects.filter(email="new@kestrel.example").exists()


# ------------------------------------------------------------------------ rate limits
def test_codes_are_not_mailed_without_end(client, linh):
    for _again in range(5):
        type(client)().post(CODE, {"email": linh.email})
    assert len(mail.outbox) == 3


def test_passwords_are_not_tried_without_end(client, linh):
    for _again in range(6):
        client.post(LOGIN, {"login": linh.email, "password": "wrong"})
    client.post(LOGIN, {"login": linh.email, "password": PASSWORD})
    assert signed_in_as(client) is None


def test_too_many_attempts_get_a_kind_page(client):
    for _again in range(31):
        page = client.post(LOGIN, {})
    assert page.status_code == 429
    assert "One moment, please" in page.text


# ------------------------------------------------------------------------- passwords
def test_a_forgotten_password_is_chosen_anew(client, linh):
    client.post(RESET, {"email": linh.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    url = form.redirect_chain[-1][0]
    new = "another long evening"
    answer = client.post(url, {"password1": new, "password2": new}, follow=True)
    assert "Your new password is saved" in answer.text
    linh.refresh_from_db()
    assert linh.check_password(new)
    again = type(client)().get(link, follow=True)
    assert "This link has done its work" in again.text


def test_a_link_that_leads_nowhere_says_so(client):
    page = client.get("/accounts/password/reset/key/zz-nonsense/")
    assert "This link has done its work" in page.text


def test_a_weak_password_is_sent_back(client, linh):
    client.force_login(linh)
    data = {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
    answer = client.post("/accounts/password/change/", data)
    assert answer.status_code == 422


def test_somebody_without_a_password_may_set_one(client):
    user = make.UserFactory()
    client.force_login(user)
    data = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/password/set/", data).status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


# --------------------------------------------------------------------------- address
def confirmation_path():
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def test_an_address_changes_once_the_new_one_is_confirmed(client, linh):
    client.force_login(linh)
    data = {"email": "Linh.New@kestrel.example", "action_add": ""}
    client.post("/accounts/email/", data)
    linh.refresh_from_db()
    assert linh.email == "linh@kestrel.example"
    path = confirmation_path()
    assert "Is this your address?" in client.get(path).text
    client.post(path)
    linh.refresh_from_db()
    assert linh.email == "linh.new@kestrel.example"


def test_an_address_that_came_to_somebody_else_meanwhile_is_not_taken(client, linh):
    client.force_login(linh)
    data = {"email": "wanted@kestrel.example", "action_add": ""}
    client.post("/accounts/email/", data)
    make.UserFactory(email="wanted@kestrel.example")
    answer = client.post(confirmation_path())
    assert answer.status_code < 500
    linh.refresh_from_db()
    assert linh.email == "linh@kestrel.example"


# -------------------------------------------------------------------------- the pages
@pytest.mark.parametrize(
    "path",
    [
        LOGIN,
        CODE,
        RESET,
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
        "/accounts/inactive/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/nonsense/",
    ],
)
def test_the_pages_of_the_door_open_for_everybody(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize(
    "path",
    ["/accounts/password/change/", "/accounts/email/", "/accounts/reauthenticate/"],
)
def test_the_pages_of_an_account_ask_to_sign_in(client, path, linh):
    assert client.get(path).url.startswith(LOGIN)
    client.force_login(linh)
    assert client.get(path).status_code == 200


def test_signing_out_asks_first_and_then_does_it(client, linh):
    client.force_login(linh)
    assert "Sign out now?" in client.get("/accounts/logout/").text
    assert signed_in_as(client) == linh
    client.post("/accounts/logout/")
    assert signed_in_as(client) is None


def test_a_mail_server_that_is_away_gets_an_honest_page(client, linh, monkeypatch):
    def away(*args, **kwargs):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", away)
    known = client.post(CODE, {"email": linh.email})
    unknown = client.post(CODE, {"email": "who@kestrel.example"})
    assert (known.status_code, unknown.status_code) == (503, 503)
    assert "Our mail did not go out" in known.text
    assert known.text == unknown.text


@pytest.mark.parametrize("path", [LOGIN, CODE, RESET])
def test_the_door_asks_the_database_nothing(client, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(path)


# -------------------------------------------------------------------------- first run
def test_the_first_administrator_is_made_with_an_address(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", "--noinput", email="Admin@Kestrel.example", verbosity=0
    )
    admin = User.objects.get(email="admin@kestrel.example")
    assert admin.is_staff
    assert admin.check_password(PASSWORD)


def test_a_new_administrator_finds_the_first_step(client):
    admin = User.objects.create_superuser("admin@kestrel.example", PASSWORD)
    client.force_login(admin)
    assert reverse("charter:create") in client.get(reverse("charter:programs")).text
