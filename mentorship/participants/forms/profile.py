"""The three steps of a profile. Nothing is required: half an answer is kept too."""

import zoneinfo

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import Chips, ChipsMultiple, TimeInput

from ..goals import MOST_GOAL_SKILLS, skills_in
from ..models import Profile, Skill
from ..models.profile import IDEALS, VALUES
from ..roster import languages
from ..roster.ideals import MOST_IDEALS


class Rows(forms.BaseFormSet):
    """Rows that may stay empty; the next empty ones come after saving."""

    def answers(self) -> list[dict]:
        """The rows that somebody filled."""
        return [form.cleaned_data for form in self.forms if form.has_answer()]


def rows(form, *, spare):
    """A formset class with a few spare rows and a limit nobody meets by typing."""
    return forms.formset_factory(
        form, formset=Rows, extra=spare, max_num=40, absolute_max=60
    )


class SkillForm(forms.Form):
    skill = forms.CharField(
        label=_("Skill"),
        max_length=80,
        required=False,
        widget=forms.TextInput(
            attrs={"list": "skills", "autocomplete": "off", "class": "input--s"}
        ),
    )
    level = forms.TypedChoiceField(
        label=_("Level"),
        choices=[("", _("No level")), *Skill.Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "select--s"}),
    )

    def has_answer(self):
        return bool(self.cleaned_data.get("skill"))


SkillRows = rows(SkillForm, spare=3)


class WordsField(forms.CharField):
    """Several words or phrases in one box, parted by commas."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        text = (value or "").replace("\0", "").replace("\n", ",")
        words = [word.strip() for word in text.split(",")]
        return list(dict.fromkeys(word for word in words if word))

    def validate(self, value):
        if any(len(word) > 120 for word in value):
            raise forms.ValidationError(_("Part your words with commas"))
        if len(value) > 30:
            raise forms.ValidationError(_("Thirty are enough; keep what matters most"))

    def run_validators(self, value):
        pass  # those of a text do not fit a list


class LanguagesField(WordsField):
    """Languages by any of their names, kept as codes."""

    def prepare_value(self, value):
        if isinstance(value, list | tuple):
            value = [languages.name(code) for code in value]
        return super().prepare_value(value)

    def to_python(self, value):
        codes = {}
        for name in super().to_python(value):
            code = languages.code(name)
            if code is None:
                words = _("We do not know the language “%(name)s”. Is it spelled so?")
                raise forms.ValidationError(words, params={"name": name})
            codes[code] = None
        return list(codes)


def as_chosen(choices, words) -> list[str]:
    """The words of a profile as values of these choices, whatever their case."""
    known = {value.casefold(): value for value, _label in choices}
    found = [known.get(word.casefold(), word) for word in words if word]
    return list(dict.fromkeys(found))


def with_kept(choices, kept):
    """The choices, with words that came from elsewhere added so that none is lost."""
    known = {value for value, _label in choices}
    return [*choices, *((word, word) for word in kept if word not in known)]


class MannerForm(forms.Form):
    """What somebody is after, and how they like to work."""

    goals = forms.CharField(
        label=_("What would you like to be different at the end?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences. Both sides have something to gain."),
    )
    goal_skills = forms.MultipleChoiceField(
        label=_("Is this what your goals are about?"),
        required=False,
        widget=ChipsMultiple,
        help_text=_("We found it in your words. Keep what fits, up to three."),
    )
    interests = WordsField(
        label=_("What are you curious about?"),
        required=False,
        help_text=_("Fields, roles or questions, parted by commas."),
    )
    working_style = forms.MultipleChoiceField(
        label=_("How do you like to work?"), required=False, widget=ChipsMultiple
    )
    values = forms.MultipleChoiceField(
        label=_("What matters to you in working with somebody?"),
        required=False,
        widget=ChipsMultiple,
        help_text=_("Up to five."),
    )
    mentor_ideals = forms.MultipleChoiceField(
        label=_("What matters most to you in a mentor?"),
        required=False,
        choices=list(IDEALS.items()),
        widget=ChipsMultiple,
        help_text=_("Up to three."),
    )
    good_mentor = forms.CharField(
        label=_("What does a good mentor do?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    learning = forms.ChoiceField(
        label=_("How do you like to learn?"),
        required=False,
        widget=Chips,
        help_text=_(
            "Research does not show that pairs with the same preference do better, so "
            "this counts very little. It helps you to plan your sessions."
        ),
    )

    def __init__(self, *args, skills=(), **kwargs):
        super().__init__(*args, **kwargs)
        kept = self.initial
        self.suggest(skills)
        for name, choices in (
            ("working_style", Profile.Style.choices),
            ("values", list(VALUES.items())),
        ):
            self.fields[name].choices = with_kept(choices, kept.get(name, []))
        learning = filter(None, [kept.get("learning")])
        learning = with_kept(Profile.Learning.choices, learning)
        self.fields["learning"].choices = [("", _("No preference")), *learning]

    def suggest(self, skills) -> None:
        """Offer the skills that the goals name: ticked, until somebody has chosen."""
        chosen = self.initial.get("goal_skills", [])
        found = skills_in(self.initial.get("goals", ""), skills)
        typed = skills_in(self.data.get("goals", ""), skills)
        self.newly_found = [s for s in typed if s not in {*chosen, *found}]
        labels = {skill.slug: str(skill) for skill in skills}
        offered = dict.fromkeys([*chosen, *found, *self.newly_found])
        choices = [(slug, labels[slug]) for slug in offered if slug in labels]
        self.fields["goal_skills"].choices = choices
        self.initial["goal_skills"] = chosen or found

    def clean_goal_skills(self):
        if len(self.cleaned_data["goal_skills"]) > MOST_GOAL_SKILLS:
            raise forms.ValidationError(_("Choose up to three"))
        return self.cleaned_data["goal_skills"]

    def clean_mentor_ideals(self):
        if len(self.cleaned_data["mentor_ideals"]) > MOST_IDEALS:
            raise forms.ValidationError(_("Choose up to three"))
        return self.cleaned_data["mentor_ideals"]

    def clean_values(self):
        if len(self.cleaned_data["values"]) > 5:
            raise forms.ValidationError(_("Choose up to five"))
        return self.cleaned_data["values"]

    def clean_working_style(self):
        return ", ".join(self.cleaned_data["working_style"])[:120]

    @staticmethod
    def answers_of(profile) -> dict:
        """What the form shows at first."""
        styles = [style.strip() for style in profile.working_style.split(",")]
        learning = as_chosen(Profile.Learning.choices, [profile.learning])
        return {
            "goals": profile.goals,
            "goal_skills": profile.goal_skills,
            "interests": profile.interests,
            "working_style": as_chosen(Profile.Style.choices, styles),
            "values": profile.values,
            "mentor_ideals": profile.mentor_ideals,
            "good_mentor": profile.good_mentor,
            "learning": learning[0] if learning else "",
        }


class HoursForm(forms.Form):
    """One stretch of a usual week."""

    weekday = forms.TypedChoiceField(
        label=_("Day"),
        choices=[("", _("Day")), *WEEKDAYS.items()],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "select--s"}),
    )
    starts = forms.TimeField(
        label=_("From"), required=False, widget=TimeInput({"class": "input--s"})
    )
    ends = forms.TimeField(
        label=_("To"), required=False, widget=TimeInput({"class": "input--s"})
    )

    def has_answer(self):
        return self.cleaned_data.get("weekday") is not None

    def clean(self):
        parts = [self.cleaned_data.get(name) for name in self.fields]
        given = [part for part in parts if part is not None]
        if self.errors or not given:
            return
        if len(given) < len(parts):
            self.add_error("weekday", _("Give a day, a start and an end"))
        elif parts[1] >= parts[2]:
            self.add_error("ends", _("The end comes after the start"))


HoursRows = rows(HoursForm, spare=2)


def zones():
    return [
        (zone, zone.replace("_", " "))
        for zone in sorted(zoneinfo.available_timezones())
    ]


HOW_MANY = [(1, _("One person")), (2, _("Two people")), (3, _("Three people"))]


class TimesForm(forms.Form):
    """When and how somebody can meet."""

    languages = LanguagesField(
        label=_("Which languages can you have a good conversation in?"),
        required=False,
        help_text=_("Parted by commas, like English, Polski."),
    )
    zone = forms.ChoiceField(label=_("Your time zone"), choices=zones)
    channels = forms.MultipleChoiceField(
        label=_("How do you like to meet?"), required=False, widget=ChipsMultiple
    )
    async_only = forms.BooleanField(
        label=_("I can only take part in writing"),
        required=False,
        help_text=_("Then your hours need not overlap with your partner’s."),
    )
    capacity = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, widget=Chips
    )

    def __init__(self, *args, place, most_mentees, **kwargs):
        super().__init__(*args, **kwargs)
        kept = self.initial.get("channels", [])
        self.fields["channels"].choices = with_kept(Profile.Channel.choices, kept)
        if not place.is_mentor:
            del self.fields["capacity"]
            return
        capacity = self.fields["capacity"]
        capacity.label = _("How many people would you like to mentor at once?")
        capacity.choices = HOW_MANY[: max(most_mentees, place.capacity or 1)]

    @staticmethod
    def answers_of(place, profile) -> dict:
        """What the form shows at first."""
        return {
            "languages": profile.languages,
            "zone": place.user.zone,
            "channels": as_chosen(Profile.Channel.choices, profile.channels),
            "async_only": place.async_only,
            "capacity": place.capacity,
        }
