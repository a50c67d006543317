#!/bin/sh
# Make the secrets that do not exist yet: sh secrets.sh FOLDER POSTGRES_HOST VALKEY_HOST
# Each is a file named like its setting; a file that is there is left alone, so that running it again is safe.
set -eu
folder=$1 postgres=$2 valkey=$3
mkdir -p "$folder"
# The folder keeps others out. The files are readable because a container sees them as another user.
chmod 0700 "$folder"

# Hexadecimal needs no escaping in a URL.
random() { od -An -tx1 -N"$1" /dev/urandom | tr -d ' \n'; }

keep() {
  [ ! -e "$folder/$1" ] || return 0
  printf '%s' "$2" > "$folder/$1"
  chmod 0444 "$folder/$1"
}

keep postgres_password "$(random 24)"
keep kotacerdas_secret_key "$(random 48)"
keep kotacerdas_broker_url "redis://:$(random 24)@$valkey:6379/0"
for role in city ministry identity worker relay migrator; do
  keep "kotacerdas_${role}_url" "postgresql://app_$role:$(random 24)@$postgres:5432/kotacerdas"
done
keep backup_url "postgresql://backup:$(random 24)@$postgres:5432/kotacerdas"
# The mail server's own: write it into the file; an empty one counts as unset.
keep kotacerdas_smtp_password ""
