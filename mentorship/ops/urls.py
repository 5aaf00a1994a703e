from django.urls import path

from .views import health, mail

app_name = "ops"

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("programs/<uuid:program>/mail/", mail.delivery, name="delivery"),
    path("programs/<uuid:program>/mail/<uuid:notice>/retry/", mail.retry, name="retry"),
]
