"use strict";

const root = document.getElementById("graphiql");

const WELCOME = `# Kota Cerdas
#
# id: Masuk di /auth/sign-in untuk
#     memakai peran Anda, atau beri
#     token pada tab Headers:
#     {"Authorization": "Bearer kc_..."}
# en: Sign in at /auth/sign-in to use
#     your roles, or give a token in
#     the Headers tab as above.

query Viewer {
  viewer {
    __typename
  }
}
`;

async function send(operation, options) {
  const headers = (options && options.headers) || {};
  const bearer = Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
  const response = await fetch(root.dataset.endpoint, {
    method: "POST",
    // The server refuses a cookie and a token in one request.
    credentials: bearer ? "omit" : "same-origin",
    headers: {
      "Content-Type": "application/json",
      "Accept": "application/graphql-response+json, application/json",
      "Accept-Language": document.documentElement.lang,
      "X-Kota-Cerdas": "1",
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  return response.json();
}

ReactDOM.createRoot(root).render(
  React.createElement(GraphiQL, {
    fetcher: send,
    defaultQuery: WELCOME,
    shouldPersistHeaders: false,
    isHeadersEditorEnabled: true,
  }),
);
