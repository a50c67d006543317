#!/bin/sh
# Succeed if Valkey answers with its password.
set -eu
REDISCLI_AUTH=$(sed -n 's/^requirepass //p' "${RUN:-/tmp}/valkey.conf")
export REDISCLI_AUTH
[ "$(valkey-cli ping)" = PONG ]
