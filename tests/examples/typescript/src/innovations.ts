// Listing page by page, creating once, and changing what somebody else may have changed meanwhile.
import type { Client } from "./client.js";
import {
  CreateInnovationDocument,
  InnovationsDocument,
  UpdateInnovationDocument,
  type InnovationCreateInput,
  type InnovationLineFragment,
  type InnovationsQuery,
} from "./gql/graphql.js";

/** Yield a city's innovations by name, one page after another. */
export async function* innovations(client: Client, slug: string, first: number) {
  let after: string | null = null;
  do {
    const answer: InnovationsQuery = await client.ask(InnovationsDocument, { slug, first, after });
    const page = answer.city?.innovations;
    if (!page) throw new Error(`${slug}: no such city, or no role in it`);
    yield page.nodes;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

/** A field that a rule refused, as a form shows it. */
export type Refusal = { field: string; code: string; message: string };

/** Create an innovation; a call that is repeated with the same input makes no second one. */
export async function create(client: Client, input: InnovationCreateInput) {
  const answer = await client.ask(CreateInnovationDocument, { input });
  const payload = performed(answer.innovationCreate);
  const refusals = payload.errors.map(({ path, code, message }): Refusal => {
    return { field: path.join("."), code, message };
  });
  return { innovation: payload.innovation, refusals };
}

/** Change the benefit. Where somebody was faster, `merge` joins their text and ours, and it is sent again. */
export async function changeBenefit(
  client: Client,
  known: InnovationLineFragment,
  benefit: string,
  merge: (theirs: string, ours: string) => string,
): Promise<InnovationLineFragment> {
  const input = { id: known.id, expectedVersion: known.version, benefit };
  const answer = await client.ask(UpdateInnovationDocument, { input });
  const payload = performed(answer.innovationUpdate);
  if (payload.innovation) return payload.innovation;
  for (const error of payload.errors) {
    if (error.__typename === "StaleVersionError" && error.current?.__typename === "Innovation") {
      const theirs = error.current;
      return changeBenefit(client, theirs, merge(theirs.benefit, benefit), merge);
    }
  }
  throw new Error(payload.errors.map((error) => error.message).join("; "));
}

/** A mutation's payload is null only beside an error of the request, which `ask` has thrown. */
function performed<Payload>(payload: Payload | null): Payload {
  if (payload === null) throw new Error("the mutation gave no answer");
  return payload;
}
