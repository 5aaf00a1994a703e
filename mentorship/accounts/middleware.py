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
