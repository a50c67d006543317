// What PostGraphile cannot see in the catalogue: a city's own rows hang on its tenant, not on it.
import { makePgSmartTagsPlugin } from "graphile-utils";

const ofCity = (name) =>
  `(tenant_id) references public.city (id)|@fieldName ofCity|@foreignFieldName ${name}` +
  `|@foreignSimpleFieldName ${name}List`;

export const tags = makePgSmartTagsPlugin([
  // Without an index, but ours orders the nation by name as well.
  { kind: "attribute", match: "public.city.name", tags: { behavior: "+orderBy" } },
  { kind: "class", match: "public.innovation", tags: { foreignKey: ofCity("innovations") } },
  { kind: "class", match: "public.participation", tags: { foreignKey: ofCity("participations") } },
  {
    kind: "class",
    match: "bench.innovation_state_count",
    tags: { primaryKey: "tenant_id,state", foreignKey: ofCity("innovationStates") },
  },
  {
    kind: "class",
    match: "bench.innovation_dimension_count",
    tags: {
      primaryKey: "tenant_id,dimension_id",
      foreignKey: [
        ofCity("innovationDimensions"),
        "(dimension_id) references public.dimension (id)|@fieldName dimension|@foreignFieldName counts",
      ],
    },
  },
]);
