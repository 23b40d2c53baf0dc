/** What graphql-codegen makes of the schema's own scalars and enums; the compiler refuses this file where it differs. */

import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";
import { graphql } from "../.generated/graphql/index.js";

export const TYPED = graphql(`
  query Typed($sort: [SpecialistSort!]) {
    specialists(first: 1, sort: $sort) {
      edges { node { createdAt deletedAt weeklyHours { startTime } overrides { date endDate startTime } } }
    }
  }
`);

type Specialist = ResultOf<typeof TYPED>["specialists"]["edges"][number]["node"];
type Override = Specialist["overrides"][number];
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const DATE_TIME: Equal<Specialist["createdAt"], string> = true;
export const NULLABLE_DATE_TIME: Equal<Specialist["deletedAt"], string | null> = true;
export const LOCAL_TIME: Equal<Specialist["weeklyHours"][number]["startTime"], string> = true;
export const NULLABLE_LOCAL_TIME: Equal<Override["startTime"], string | null> = true;
export const DATE: Equal<Override["date"], string> = true;
export const NULLABLE_DATE: Equal<Override["endDate"], string | null> = true;

export const SORTED: VariablesOf<typeof TYPED> = { sort: ["NAME_ASC", "ID_DESC"] };
// @ts-expect-error: no such key
export const UNSORTED: VariablesOf<typeof TYPED> = { sort: ["AGE_ASC"] };
