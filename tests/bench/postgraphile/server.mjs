// PostGraphile on the bench's database: PGURL names its login, the first argument the port.
// The headers x-role and x-tenant say in whose name a request reads; nothing checks them.
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { tags } from "./tags.mjs";

const [port] = process.argv.slice(2);
const connections = Number(process.env.CONNECTIONS ?? 10);

const preset = {
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
  plugins: [tags],
  pgServices: [
    makePgService({
      connectionString: process.env.PGURL,
      schemas: ["public", "bench"],
      pubsub: false,
      poolConfig: { min: connections, max: connections, idleTimeoutMillis: 0 },
    }),
  ],
  schema: { defaultBehavior: "+list +connection -update -delete" },
  grafast: {
    context(requestContext) {
      const headers = requestContext.node?.req?.headers ?? {};
      return {
        pgSettings: {
          role: headers["x-role"] ?? "app_city",
          "app.tenant_id": headers["x-tenant"] ?? "",
          "bench.outbox": "1",
        },
      };
    },
  },
  grafserv: { graphiql: false, watch: false },
};

const server = createServer();
const instance = postgraphile(preset);
if (process.env.SCHEMA_FILE) {
  const { printSchema } = await import("postgraphile/graphql");
  writeFileSync(process.env.SCHEMA_FILE, printSchema(await instance.getSchema()));
}
await instance.createServ(grafserv).addTo(server);
server.listen(Number(port), "127.0.0.1");
