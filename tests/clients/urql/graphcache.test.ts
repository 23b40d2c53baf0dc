import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { beforeEach, mock, test } from "node:test";
import { gql, type CombinedError } from "@urql/core";
import type { Cache } from "@urql/exchange-graphcache";
import { persistedExchange } from "@urql/exchange-persisted";
import { graphql } from "../.generated/graphql/index.js";
import { newSlug, NORTH_PATIENT, SOUTH_ADMIN } from "../clinic.js";
import { signIn } from "./client.js";

const PAGE = graphql(`
  query UrqlSpecialistPage($first: Int!, $after: String) {
    specialists(first: $first, after: $after, sort: [NAME_ASC]) {
      totalCount
      edges { cursor node { id name user { id email } specialties { id title } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);
const ROLE = graphql(`query UrqlViewerRole { viewer { id role } }`);
const ORGANIZATION = graphql(`query UrqlViewerOrganization { viewer { id organization { id slug } } }`);
const VIEWER = graphql(`query UrqlViewer { viewer { id role organization { id slug } } }`);
const SEARCH = graphql(`
  query UrqlSpecialistsByName($search: String!) {
    specialists(first: 10, filter: { search: $search }) { edges { cursor node { id name title } } }
  }
`);
const CREATE = graphql(`
  mutation UrqlCreate($input: CreateSpecialistInput!) { createSpecialist(input: $input) { id name title } }
`);
const UPDATE = graphql(`
  mutation UrqlUpdate($id: ID!, $input: UpdateSpecialistInput!) { updateSpecialist(id: $id, input: $input) { id title } }
`);
const USERS = graphql(`query UrqlUsers { users { totalCount } viewer { id role } }`);

const warn = mock.method(console, "warn", () => {});

beforeEach(() => warn.mock.resetCalls());

function codes(error: CombinedError | undefined): unknown[] {
  return error?.graphQLErrors.map(({ extensions }) => extensions.code) ?? [];
}

test("pages that are read one after the other are one list in the cache", async () => {
  const { client, exchanges } = await signIn();
  const read = (after: string | null) => client.query(PAGE, { first: 20, after }).toPromise();

  let { data } = await read(null);
  while (data?.specialists.pageInfo.hasNextPage) ({ data } = await read(data.specialists.pageInfo.endCursor));

  assert.equal(data?.specialists.edges.length, data?.specialists.totalCount);
  assert.equal(exchanges.length, 3);
  assert.deepEqual(warn.mock.calls.map((call) => call.arguments), []);
});

test("two queries of the viewer become one record in the cache", async () => {
  const { client, exchanges } = await signIn();

  await client.query(ROLE, {}).toPromise();
  await client.query(ORGANIZATION, {}).toPromise();
  const { data } = await client.query(VIEWER, {}, { requestPolicy: "cache-only" }).toPromise();

  assert.deepEqual([data?.viewer.role, data?.viewer.organization.slug], ["admin", "north"]);
  assert.equal(exchanges.length, 2);
  assert.deepEqual(warn.mock.calls.map((call) => call.arguments), []);
});

test("an update is seen in a list that was read before, without another request", async () => {
  const { client, exchanges } = await signIn(SOUTH_ADMIN);
  const slug = newSlug();
  const created = await client.mutation(CREATE, { input: { name: slug, slug } }).toPromise();
  const id = created.data?.createSpecialist?.id ?? "";

  const before = await client.query(SEARCH, { search: slug }).toPromise();
  await client.mutation(UPDATE, { id, input: { title: "Cardiologist" } }).toPromise();
  const after = await client.query(SEARCH, { search: slug }, { requestPolicy: "cache-only" }).toPromise();

  assert.deepEqual(before.data?.specialists.edges.map(({ node }) => node.title), [null]);
  assert.deepEqual(after.data?.specialists.edges.map(({ node }) => node.title), ["Cardiologist"]);
  assert.equal(exchanges.length, 3);
});

test("a create makes the lists stale, which are read again", async () => {
  const { client, exchanges } = await signIn(SOUTH_ADMIN, {
    updates: { Mutation: { createSpecialist: (_result, _arguments, cache) => invalidateLists(cache) } },
  });
  const slug = newSlug();

  const before = await client.query(SEARCH, { search: slug }).toPromise();
  await client.mutation(CREATE, { input: { name: slug, slug } }).toPromise();
  const after = await client.query(SEARCH, { search: slug }).toPromise();

  assert.deepEqual(before.data?.specialists.edges, []);
  assert.deepEqual(after.data?.specialists.edges.map(({ node }) => node.name), [slug]);
  assert.equal(exchanges.length, 3);
});

function invalidateLists(cache: Cache): void {
  const lists = cache.inspectFields("Query").filter(({ fieldName }) => fieldName === "specialists");
  for (const { fieldKey } of lists) cache.invalidate("Query", fieldKey);
}

test("an error has its code, and the fields that it did not reach stand", async () => {
  const { client } = await signIn(NORTH_PATIENT);
  const slug = newSlug();

  const refused = await client.mutation(CREATE, { input: { name: slug, slug } }).toPromise();
  const partial = await client.query(USERS, {}).toPromise();

  assert.deepEqual(codes(refused.error), ["forbidden"]);
  assert.deepEqual(codes(partial.error), ["forbidden"]);
  assert.equal(partial.data?.users, null);
  assert.equal(partial.data.viewer.role, "patient");
});

for (const method of ["POST", "GET"]) {
  test(`a persisted query is registered once and then asked for by its hash over ${method}`, async () => {
    const persisted = persistedExchange({ preferGetForPersistedQueries: method === "GET" });
    const { client, exchanges } = await signIn(undefined, { stages: [persisted] });
    const document = gql(`query Unseen${randomUUID().replaceAll("-", "")} { specialists(first: 1) { totalCount } }`);
    const ask = () => client.query(document, {}, { requestPolicy: "network-only" }).toPromise();

    const first = await ask();
    const second = await ask();

    assert.equal(first.error, undefined);
    assert.deepEqual(second.data, first.data);
    assert.deepEqual(
      exchanges.map(({ method, url, body }) => [method, url.searchParams.has("query") || body?.query !== undefined]),
      [
        [method, false],
        [method, true],
        [method, false],
      ],
    );
  });
}
