#!/usr/bin/env bash
# The API by curl. Needs KOTACERDAS_URL (https://.../graphql), API_TOKEN, KOTACERDAS_CITY (a slug), its
# CITY_ID and one INNOVATION of it (ids). tests/examples runs it from top to bottom.
set -euo pipefail
url=$KOTACERDAS_URL city=$KOTACERDAS_CITY
json='Content-Type: application/json'
bearer="Authorization: Bearer $API_TOKEN"

echo '# public: what anybody may read'
curl -sS "$url" -H "$json" -d @- <<END
{"query": "query Face(\$slug: Slug!) { city(by: {slug: \$slug}) { name publications { nodes { title } } } }",
 "variables": {"slug": "$city"}}
END
echo

echo '# page: the first two innovations, then the next; the cursor comes from pageInfo'
page='query Page($slug: Slug!, $after: String) { city(by: {slug: $slug}) { innovations(first: 2, after: $after,
  orderBy: [{field: NAME}]) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } } }'
first=$(curl -sS -G "$url" -H "$bearer" --data-urlencode "query=$page" \
  --data-urlencode "variables={\"slug\": \"$city\"}")
echo "$first"
cursor=$(sed -E 's/.*"endCursor":"([^"]+)".*/\1/' <<< "$first")
curl -sS -G "$url" -H "$bearer" --data-urlencode "query=$page" \
  --data-urlencode "variables={\"slug\": \"$city\", \"after\": \"$cursor\"}"
echo

echo '# change: with the version that one has read; a second time it is stale, and told so in English'
change='mutation Change($input: InnovationUpdateInput!) { innovationUpdate(input: $input) {
  innovation { version } errors { code message path ... on StaleVersionError { currentVersion } } } }'
body=$(printf '{"query": "%s", "variables": {"input": {"id": "%s", "expectedVersion": 1, "benefit": "Cepat."}}}' \
  "${change//$'\n'/ }" "$INNOVATION")
curl -sS "$url" -H "$json" -H "$bearer" -d "$body"
echo
curl -sS "$url" -H "$json" -H "$bearer" -H 'Accept-Language: en' -d "$body"
echo

echo '# many: up to 100 rows in one call; what is refused is told row by row, the rest is saved'
many='mutation Many($input: InnovationsUpdateInput!) { innovationsUpdate(input: $input) {
  results { index innovation { version } errors { code path } } errors { code message } } }'
body=$(printf '{"query": "%s", "variables": {"input": {"cityId": "%s", "onError": "SKIP_INVALID", "items": [%s, %s]}}}' \
  "${many//$'\n'/ }" "$CITY_ID" "{\"id\": \"$INNOVATION\", \"expectedVersion\": 2, \"benefit\": \"Murah.\"}" \
  "{\"id\": \"$INNOVATION\", \"expectedVersion\": 1, \"benefit\": \"Lambat.\"}")
curl -sS "$url" -H "$json" -H "$bearer" -d "$body"
echo

echo '# registered: a document by its id, kept by its ETag'
text='query Cities { cities(first: 2) { nodes { slug } } }'
id=sha256:$(printf %s "$text" | sha256sum | cut -d' ' -f1)
etag=$(curl -sS -G "$url" -D - -o /dev/null -H "$bearer" --data-urlencode "documentId=$id" \
  | tr -d '\r' | sed -nE 's/^etag: //Ip')
curl -sS -G "$url" -o /dev/null -w '%{http_code}\n' -H "$bearer" -H "If-None-Match: $etag" \
  --data-urlencode "documentId=$id"

echo '# limits: what the answer cost, what is left of the rate, and a refusal with its request id'
curl -sS "$url" -D - -H "$json" -H "$bearer" -d '{"query": "{ cities(first: 1) { nodes { slug } } }"}' \
  | grep -iE '^ratelimit|"cost"' || true
curl -sS "$url" -H "$json" -H 'Accept-Language: en' -H 'X-Request-Id: my-request-0001' \
  -d '{"query": "{ cities(first: 1000) { nodes { slug } } }"}'
echo
