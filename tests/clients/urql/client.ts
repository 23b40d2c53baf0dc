/** urql with the normalised cache, which knows the schema by introspection of the live server. */

import { Client, fetchExchange, type Exchange as Stage } from "@urql/core";
import { cacheExchange, type CacheExchangeOpts } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { getIntrospectionQuery } from "graphql";
import { GRAPHQL, NORTH_ADMIN, wire, type Wire } from "../clinic.js";

export interface Session extends Pick<Wire, "exchanges"> {
  client: Client;
}

interface Options {
  updates?: CacheExchangeOpts["updates"];
  /** What stands between the cache and HTTP. */
  stages?: Stage[];
}

const EMBEDDED = ["SpecialistConnection", "SpecialistEdge", "SpecialtyConnection", "SpecialtyEdge", "PageInfo"];

/** Return a client with an empty cache, signed in with `token`, and the requests that it will send. */
export async function signIn(token = NORTH_ADMIN, { updates = {}, stages = [] }: Options = {}): Promise<Session> {
  const { fetch, exchanges } = wire(token);
  const cache = cacheExchange({
    schema: await introspection(fetch),
    keys: Object.fromEntries(EMBEDDED.map((type) => [type, () => null])),
    resolvers: { Query: { specialists: relayPagination(), specialties: relayPagination() } },
    updates,
  });
  exchanges.length = 0;
  return { client: new Client({ url: GRAPHQL, fetch, exchanges: [cache, ...stages, fetchExchange] }), exchanges };
}

async function introspection(signedFetch: typeof fetch): Promise<CacheExchangeOpts["schema"]> {
  const response = await signedFetch(GRAPHQL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const { data } = (await response.json()) as { data: CacheExchangeOpts["schema"] };
  return data;
}
