import assert from "node:assert/strict";
import { test } from "node:test";
import { CombinedGraphQLErrors, type ApolloClient } from "@apollo/client";
import type { ResultOf } from "@graphql-typed-document-node/core";
import { graphql } from "../.generated/graphql/index.js";
import { newSlug, SOUTH_ADMIN } from "../clinic.js";
import { signIn } from "./client.js";

const SEARCH = graphql(`
  query SpecialistsByName($search: String!) {
    specialists(first: 10, filter: { search: $search }) {
      edges { cursor node { id name title version } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
const ONE = graphql(`query OneSpecialist($id: ID!) { specialist(id: $id) { id name title version deletedAt } }`);
const CREATE = graphql(`
  mutation CreateSpecialist($input: CreateSpecialistInput!) {
    createSpecialist(input: $input) { id name title version }
  }
`);
const CREATE_ONCE = graphql(`
  mutation CreateSpecialistOnce($input: CreateSpecialistInput!, $key: String!) {
    createSpecialist(input: $input, idempotencyKey: $key) { id }
  }
`);
const UPDATE = graphql(`
  mutation UpdateSpecialist($id: ID!, $input: UpdateSpecialistInput!, $version: String) {
    updateSpecialist(id: $id, input: $input, ifVersion: $version) { id name title version updatedAt }
  }
`);
const DELETE = graphql(`mutation DeleteSpecialist($id: ID!) { deleteSpecialist(id: $id) { id deletedAt version } }`);
const RESTORE = graphql(`mutation RestoreSpecialist($id: ID!) { restoreSpecialist(id: $id) { id deletedAt version } }`);

/** Return a new specialist whose name no other record has. */
async function createSpecialist(client: ApolloClient) {
  const slug = newSlug();
  const { data } = await client.mutate({ mutation: CREATE, variables: { input: { name: slug, slug } } });
  assert.ok(data?.createSpecialist);
  return data.createSpecialist;
}

test("an update is seen in a list that was read before, without another request", async () => {
  const { client, exchanges } = signIn(SOUTH_ADMIN);
  const { id, name } = await createSpecialist(client);
  const list = { query: SEARCH, variables: { search: name } };

  const before = await client.query(list);
  await client.mutate({ mutation: UPDATE, variables: { id, input: { title: "Cardiologist" } } });
  const after = client.readQuery(list);

  assert.deepEqual(before.data?.specialists.edges.map(({ node }) => node.title), [null]);
  assert.deepEqual(after?.specialists.edges.map(({ node }) => node.title), ["Cardiologist"]);
  assert.equal(exchanges.length, 3);
});

test("an optimistic name is in the list at once, and gives way when the server refuses it", async () => {
  const { client } = signIn(SOUTH_ADMIN);
  const specialist = await createSpecialist(client);
  const { id, name } = specialist;
  const list = { query: SEARCH, variables: { search: name } };
  await client.query(list);
  const names = new Array<string | undefined>();
  client.cache.watch<ResultOf<typeof SEARCH>>({
    ...list,
    optimistic: true,
    callback: ({ result }) => names.push(result?.specialists?.edges?.[0]?.node?.name),
  });

  const refusal = client.mutate({
    mutation: UPDATE,
    variables: { id, input: { name: "" } },
    optimisticResponse: { updateSpecialist: { ...specialist, name: "Optimistic", updatedAt: "2026-01-01T00:00:00Z" } },
  });
  await assert.rejects(refusal, (error: unknown) => CombinedGraphQLErrors.is(error));

  assert.deepEqual(names, ["Optimistic", name]);
});

test("a write with a version that has passed is refused, and repeated with the new one succeeds", async () => {
  const { client } = signIn(SOUTH_ADMIN);
  const { id, version } = await createSpecialist(client);
  const update = (title: string, version: string) =>
    client.mutate({ mutation: UPDATE, variables: { id, input: { title }, version } });

  const first = await update("First", version);
  const late = await update("Late", version).then(() => undefined, (reason: unknown) => reason);
  const { data } = await client.query({ query: ONE, variables: { id }, fetchPolicy: "network-only" });
  const repeated = await update("Late", data?.specialist?.version ?? "");

  assert.ok(CombinedGraphQLErrors.is(late));
  assert.equal(late.errors[0]?.extensions?.code, "precondition_failed");
  assert.equal(data?.specialist?.title, "First");
  assert.equal(data.specialist.version, first.data?.updateSpecialist?.version);
  assert.equal(repeated.data?.updateSpecialist?.title, "Late");
});

test("a record that was deleted and restored is one record in the cache all along", async () => {
  const { client } = signIn(SOUTH_ADMIN);
  const { id } = await createSpecialist(client);
  const record = { query: ONE, variables: { id } };

  const created = await client.query(record);
  await client.mutate({ mutation: DELETE, variables: { id } });
  const deleted = client.readQuery(record);
  await client.mutate({ mutation: RESTORE, variables: { id } });
  const restored = client.readQuery(record);

  assert.equal(created.data?.specialist?.deletedAt, null);
  assert.match(deleted?.specialist?.deletedAt ?? "", /Z$/);
  assert.equal(restored?.specialist?.deletedAt, null);
});

test("a create that is repeated with its idempotency key makes one record", async () => {
  const { client } = signIn(SOUTH_ADMIN);
  const slug = newSlug();
  const create = (name: string) =>
    client.mutate({ mutation: CREATE_ONCE, variables: { input: { name, slug }, key: slug }, errorPolicy: "all" });

  const first = await create("Once");
  const second = await create("Once");
  const other = await create("Another body");

  assert.equal(second.data?.createSpecialist?.id, first.data?.createSpecialist?.id);
  assert.ok(CombinedGraphQLErrors.is(other.error));
  assert.equal(other.error.errors[0]?.extensions?.code, "idempotency_key_reused");
});

test("a new record is written into a list by the update function of its mutation", async () => {
  const { client, exchanges } = signIn(SOUTH_ADMIN);
  const slug = newSlug();
  const list = { query: SEARCH, variables: { search: slug } };

  const before = await client.query(list);
  await client.mutate({
    mutation: CREATE,
    variables: { input: { name: slug, slug } },
    update: (cache, { data }) =>
      cache.updateQuery(list, (page) => {
        const node = data?.createSpecialist;
        if (!page || !node) return page;
        const edge = { __typename: "SpecialistEdge" as const, cursor: "", node };
        return { specialists: { ...page.specialists, edges: [...page.specialists.edges, edge] } };
      }),
  });
  const after = client.readQuery(list);

  assert.deepEqual(before.data?.specialists.edges, []);
  assert.deepEqual(after?.specialists.edges.map(({ node }) => node.name), [slug]);
  assert.equal(exchanges.length, 2);
});
