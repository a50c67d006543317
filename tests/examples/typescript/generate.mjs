// Writes src/gql/ from the schema and the operations: types, typed documents, and the manifest
// persisted-documents.json. The same settings stand in a `codegen.ts` for the graphql-codegen command.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { preset } from "@graphql-codegen/client-preset";
import { codegen } from "@graphql-codegen/core";
import { buildSchema, parse, printSchema } from "graphql";

const OPERATIONS = ["../operations.graphql", "../changes.graphql"];
const presetConfig = {
  persistedDocuments: { hashAlgorithm: "sha256" },
  fragmentMasking: false,
};
const config = {
  emitLegacyCommonJSImports: false,
  enumsAsTypes: true,
  strictScalars: true,
  scalars: {
    Date: "string", DateTime: "string", Decimal: "string", JSON: "unknown", RegionCode: "string",
    Rupiah: "string", Slug: "string",
  },
};

const schemaAst = buildSchema(await readFile("../../../graphql_schema/schema.graphql", "utf8"));
const documents = await Promise.all(
  OPERATIONS.map(async (location) => {
    const rawSDL = await readFile(location, "utf8");
    return { location, document: parse(rawSDL), rawSDL };
  }),
);
const files = await preset.buildGeneratesSection({
  baseOutputDir: "src/gql/",
  config,
  documents,
  pluginMap: {},
  plugins: [],
  presetConfig,
  schema: parse(printSchema(schemaAst)),
  schemaAst,
});
for (const file of files) {
  await mkdir(dirname(file.filename), { recursive: true });
  await writeFile(file.filename, await codegen(file));
}
