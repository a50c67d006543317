#!/bin/sh
# Start Valkey with the password that the broker's URL holds; it is in no environment and no list of processes.
set -eu
umask 077
url=$(cat "${SECRETS:-/run/secrets}/kotacerdas_broker_url")
rest=${url#*://*:}
password=${rest%%@*}
case $password in
  '' | *[!A-Za-z0-9]*) echo "the broker's URL holds no password of letters and digits" >&2; exit 1 ;;
esac
printf 'include %s/valkey.conf\nrequirepass %s\n' "$(dirname "$0")" "$password" > "${RUN:-/tmp}/valkey.conf"
exec "${VALKEY_SERVER:-valkey-server}" "${RUN:-/tmp}/valkey.conf"
