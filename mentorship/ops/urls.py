from django.urls import path

from .views import health, mail, rooms

app_name = "ops"

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("programs/<uuid:program>/mail/", mail.delivery, name="delivery"),
    path("programs/<uuid:program>/mail/retry/", mail.retry_all, name="retry_all"),
    path("programs/<uuid:program>/mail/<uuid:notice>/retry/", mail.retry, name="retry"),
    path("programs/<uuid:program>/chat/", rooms.rooms, name="rooms"),
    path(
        "programs/<uuid:program>/chat/<uuid:room>/try/", rooms.try_out, name="try_room"
    ),
    path(
        "programs/<uuid:program>/chat/<uuid:room>/drop/", rooms.drop, name="drop_room"
    ),
]
