from zoneinfo import ZoneInfo

from django.utils import timezone, translation


def preferences(get_response):
    """Speak the reader's language and show times in their zone."""

    def middleware(request):
        user = request.user
        language = (
            user.language
            if user.is_authenticated
            else translation.get_language_from_request(request)
        )
        zone = ZoneInfo(user.zone) if user.is_authenticated else None
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        if user.is_authenticated:
            # Pages hold people's words: no shared or stale copies.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class RefusedForms:
    """A page that shows a failed form answers 422, the sign-in pages as well."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        context = response.context_data or {}
        forms = [context.get(name) for name in ("form", "verify_form")]
        if response.status_code == 200 and any(f and f.errors for f in forms):
            response.status_code = 422
        return response
