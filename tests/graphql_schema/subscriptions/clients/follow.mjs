// Follows a subscription by the reference client of a protocol: `follow.mjs sse|ws URL REQUEST`.
// A token in TOKEN goes along. Prints each result as a line of JSON, then how the stream ended.
import { createClient as createEventClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import WebSocket from "ws";

const [protocol, url, request] = process.argv.slice(2);
const authorization = `Bearer ${process.env.TOKEN}`;
const told = (line) => console.log(JSON.stringify(line));
const on = { connected: () => told({ connected: true }) };

const clients = {
  sse: () => createEventClient({ url, headers: { authorization }, retryAttempts: 50, on }),
  ws: () =>
    createSocketClient({
      url: url.replace("http", "ws"),
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      retryAttempts: 50,
      shouldRetry: () => true,
      on,
    }),
};

const client = clients[protocol]();
client.subscribe(JSON.parse(request), {
  next: (result) => told({ result }),
  error: (error) => told({ error: Array.isArray(error) ? error : { code: error.code } }),
  complete: () => told({ complete: true }),
});
