"use strict";

const root = document.getElementById("graphiql");
const choice = document.getElementById("ready");
const ready = JSON.parse(choice.dataset.queries);

const WELCOME = `# Kota Cerdas
#
# id: Pilih kueri siap pakai di atas.
#     Masuk di /auth/sign-in untuk
#     memakai peran Anda, atau beri
#     token pada tab Headers:
#     {"Authorization": "Bearer kc_..."}
# en: Choose a ready query above.
#     Sign in at /auth/sign-in to use
#     your roles, or give a token in
#     the Headers tab as above.

query Viewer {
  viewer {
    __typename
  }
}
`;

// Results of a subscription: one event each, until `complete`.
async function* results(reader) {
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      if (block.startsWith("event: complete")) return;
      if (block.startsWith("event: next")) yield JSON.parse(block.split("\ndata: ")[1]);
    }
  }
}

function follow(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const iterator = results(reader);
  const end = iterator.return.bind(iterator);
  iterator.return = (value) => {
    reader.cancel(); // else a silent stream would go on until its next event
    return end(value);
  };
  return iterator;
}

async function send(operation, options) {
  // Nobody needs to sign in, nor a text to be taken, for what is public.
  if (operation.operationName === "IntrospectionQuery") {
    return (await fetch(root.dataset.schema)).json();
  }
  const headers = (options && options.headers) || {};
  const bearer = Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
  const response = await fetch(root.dataset.endpoint, {
    method: "POST",
    // The server refuses a cookie and a token in one request.
    credentials: bearer ? "omit" : "same-origin",
    headers: {
      "Content-Type": "application/json",
      "Accept": "application/graphql-response+json, application/json, text/event-stream",
      "Accept-Language": document.documentElement.lang,
      "X-Kota-Cerdas": "1",
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  const type = response.headers.get("Content-Type") || "";
  return type.startsWith("text/event-stream") ? follow(response) : response.json();
}

const page = ReactDOM.createRoot(root);

function show(query) {
  page.render(
    React.createElement(GraphiQL, {
      fetcher: send,
      defaultQuery: WELCOME,
      shouldPersistHeaders: false,
      isHeadersEditorEnabled: true,
      query: query && query.query,
      variables: query && query.variables,
    }),
  );
}

function open(query) {
  // A tab of its own, so that nothing that somebody wrote is lost.
  document.querySelector(".graphiql-tab-add").click();
  // GraphiQL follows a value only when it changes: the same query may be chosen twice.
  show();
  setTimeout(() => show(query));
}

show();
choice.addEventListener("change", () => {
  if (choice.value !== "") open(ready[choice.value]);
  choice.value = "";
});
