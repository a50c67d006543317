// Sends registered documents by their id; the whole client that a program needs.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";

type Registered = { __meta__?: { hash: string } };
type Told = { message: string; extensions: { code: string; requestId: string; retryable: boolean } };
type Answer<Result> = { data?: Result | null; errors?: Told[] };

/** The request was refused as a whole, or a field of it failed. */
export class RequestRefused extends Error {
  constructor(readonly errors: Told[]) {
    super(errors.map((each) => `${each.extensions.code}: ${each.message}`).join("; "));
  }
}

export class Client {
  constructor(
    readonly url: string,
    private readonly token: string,
    private readonly name: string,
  ) {}

  /** Send a query or a mutation; an error of the request is thrown, a mutation's are in its answer. */
  async ask<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { ...this.headers(), "Content-Type": "application/json" },
      body: JSON.stringify({ documentId: idOf(document), variables }),
    });
    return unwrapped(await response.json());
  }

  /** Send a query by GET; with the ETag of what one has, the answer may be that nothing changed. */
  async read<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    etag?: string,
  ): Promise<{ unchanged: true } | { unchanged: false; result: Result; etag: string }> {
    const address = new URL(this.url);
    address.searchParams.set("documentId", idOf(document));
    address.searchParams.set("variables", JSON.stringify(variables));
    const known = etag === undefined ? {} : { "If-None-Match": etag };
    const response = await fetch(address, { headers: { ...this.headers(), ...known } });
    if (response.status === 304) return { unchanged: true };
    const result = unwrapped<Result>(await response.json());
    return { unchanged: false, result, etag: response.headers.get("ETag") ?? "" };
  }

  headers(): Record<string, string> {
    return {
      Accept: "application/graphql-response+json, application/json",
      "Accept-Language": "en",
      Authorization: `Bearer ${this.token}`,
      "X-Client": this.name,
    };
  }
}

export function idOf<Result, Variables>(document: TypedDocumentNode<Result, Variables>): string {
  const id = (document as Registered).__meta__?.hash;
  if (id === undefined) throw new Error("generate the documents with persistedDocuments");
  return id;
}

function unwrapped<Result>(answer: Answer<Result>): Result {
  if (answer.errors || !answer.data) throw new RequestRefused(answer.errors ?? []);
  return answer.data;
}
