// Following changes over Server-Sent Events; the connection is renewed by itself.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { createClient, type RequestParams } from "graphql-sse";
import { idOf, type Client } from "./client.js";
import { InnovationChangesDocument, type InnovationLineFragment } from "./gql/graphql.js";

/** Yield the results of a subscription until the caller leaves the loop, or the server ends it. */
export async function* follow<Result, Variables extends Record<string, unknown>>(
  client: Client,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): AsyncGenerator<Result> {
  const events = createClient({ url: client.url, headers: client.headers(), retryAttempts: 10 });
  // graphql-sse knows texts alone, and sends on whatever it is given.
  const request = { documentId: idOf(document), variables } as unknown as RequestParams;
  try {
    for await (const { data, errors } of events.iterate<Result>(request)) {
      if (errors) throw new Error(errors.map((each) => each.message).join("; "));
      if (data) yield data;
    }
  } finally {
    events.dispose();
  }
}

/** Keep a list as it is on the server: `refresh` reads it again where changes may have been missed. */
export async function* watched(client: Client, cityId: string, refresh: () => Promise<void>) {
  for await (const { innovationChanged: event } of follow(client, InnovationChangesDocument, { cityId })) {
    if (event.cause === "CHANGED" && event.innovation) yield event.innovation;
    else await refresh();
  }
}

/** Wait for an innovation to be as one wants it. */
export async function seen(
  changes: AsyncIterable<InnovationLineFragment>,
  wanted: (innovation: InnovationLineFragment) => boolean,
): Promise<InnovationLineFragment> {
  for await (const innovation of changes) if (wanted(innovation)) return innovation;
  throw new Error("the stream ended");
}
