// Plays a department's morning against a live API and prints, as JSON, what came of it.
import { randomUUID } from "node:crypto";
import { Client, RequestRefused } from "./client.js";
import { CitiesDocument, DeskDocument } from "./gql/graphql.js";
import { seen, watched } from "./watch.js";
import { changeBenefit, create, innovations } from "./innovations.js";

const { KOTACERDAS_URL: url, API_TOKEN: token, KOTACERDAS_CITY: slug } = process.env;
const { KOTACERDAS_CLIENT: name } = process.env;
if (!url || !token || !slug || !name) throw new Error("set KOTACERDAS_URL, _TOKEN, _CITY and _CLIENT");
const client = new Client(url, token, name);

const { viewer, city } = await client.ask(DeskDocument, { slug });
const unit = viewer?.memberships.find((each) => each.unit)?.unit;
const participation = city?.participations?.nodes[0];
const dimension = participation?.cohort.edition.dimensions[0];
if (!city || !unit || !participation || !dimension) throw new Error("this token reaches no department");

const input = {
  idempotencyKey: randomUUID(),
  participationId: participation.id,
  unitId: unit.id,
  dimensionId: dimension.id,
  name: "Tiket Jam Gadang",
  kind: "DIGITAL",
  maturity: "IDEA",
  budgetRupiah: "2500000.00",
} as const;
const { innovation } = await create(client, input);
const repeated = await create(client, input);
if (!innovation) throw new Error("nothing was created");
const { refusals } = await create(client, { ...input, idempotencyKey: randomUUID(), name: " " });

const pages: string[][] = [];
for await (const page of innovations(client, slug, 2)) pages.push(page.map((each) => each.name));

let started = () => {};
const listening = new Promise<void>((resolve) => (started = resolve));
const changes = watched(client, city.id, async () => started());
const third = seen(changes, ({ id, version }) => id === innovation.id && version === 3);
await listening;

const join = (theirs: string, ours: string) => `${theirs}\n${ours}`;
await changeBenefit(client, innovation, "Antrean lebih pendek.", join);
// This one still has the first version: it learns of the change, merges, and sends again.
const merged = await changeBenefit(client, innovation, "Pendapatan tercatat.", join);

const cities = await client.read(CitiesDocument, { first: 2 });
const etag = cities.unchanged ? "" : cities.etag;
const again = await client.read(CitiesDocument, { first: 2 }, etag);

const refused = await client.ask(CitiesDocument, { first: 1_000 }).catch((error: unknown) => {
  if (error instanceof RequestRefused) return error.errors.map((each) => each.extensions.code);
  throw error;
});

console.log(
  JSON.stringify({
    pages,
    sameId: repeated.innovation?.id === innovation.id,
    refusals: refusals.map(({ field, code }) => ({ field, code })),
    merged: { version: merged.version, benefit: merged.benefit },
    seen: (await third).benefit,
    unchanged: again.unchanged,
    refused,
  }),
);
