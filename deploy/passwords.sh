#!/bin/sh
# Give each database role its own password, from OWNER_PASSWORD, WEB_PASSWORD,
# PUBLISHER_PASSWORD and STEER_PASSWORD. Run as superuser, after roles.sql; running it
# again changes the passwords to what the environment then says.
set -eu

for role in owner web publisher steer; do
    name="$(echo "$role" | tr '[:lower:]' '[:upper:]')_PASSWORD"
    psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 \
        --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-reciprocal}" \
        --set role="$role" --set password="$(printenv "$name")" <<'SQL'
alter role :"role" password :'password';
SQL
done
