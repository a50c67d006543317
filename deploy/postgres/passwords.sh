#!/bin/sh
# Give each login role the password that its URL in the secrets folder holds. Runs after roles.sql, as superuser:
#   SECRETS=deploy/secrets PGDATABASE=kotacerdas sh passwords.sh
# PostgreSQL's container runs it at the first start. Running it again sets the same passwords, or the new ones
# after a rotation. Passwords hold letters and digits only: in a URL, others would be escaped.
set -eu
secrets=${SECRETS:-/run/secrets}

assign() {
  url=$(cat "$secrets/$2") || exit 1
  rest=${url#*://*:}
  secret=${rest%%@*}
  case $secret in
    '' | *[!A-Za-z0-9]*) echo "$secrets/$2 holds no password of letters and digits" >&2; exit 1 ;;
  esac
  printf "alter role %s password '%s';\n" "$1" "$secret"
}

statements=$(
  for role in city ministry identity worker relay migrator; do
    assign "app_$role" "kotacerdas_${role}_url"
  done
  assign backup backup_url
) || exit 1

# On standard input, so that no list of processes shows it.
printf '%s\n' "set log_statement = 'none';" "$statements" |
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" \
    --dbname="${PGDATABASE:-${POSTGRES_DB:-kotacerdas}}"
