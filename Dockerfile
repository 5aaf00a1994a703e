FROM python:3.13-slim AS app

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    RECIPROCAL_STATE=/state \
    STATIC_ROOT=/app/collected

WORKDIR /app
COPY requirements-web.lock .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-web.lock

COPY . .
# The sample key serves nobody here: collecting files needs any key, no database.
RUN python manage.py collectstatic --noinput \
    && useradd --system --uid 10001 --no-create-home reciprocal \
    && install --directory --owner reciprocal --mode 0700 /state /files

USER reciprocal
EXPOSE 8000
CMD ["gunicorn", "mentorship.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--preload", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]

# The same with pg_dump and pg_restore of the server's version; Debian's own are older.
FROM app AS backup
USER root
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-common \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner reciprocal --mode 0700 /backups
USER reciprocal
