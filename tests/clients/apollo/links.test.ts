import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { test } from "node:test";
import { ApolloLink, HttpLink, gql } from "@apollo/client";
import { BatchHttpLink } from "@apollo/client/link/batch-http";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { graphql } from "../.generated/graphql/index.js";
import { newSlug, SOUTH_ADMIN } from "../clinic.js";
import { signIn } from "./client.js";

const CREATE = graphql(`mutation CreateBatched($input: CreateSpecialistInput!) { createSpecialist(input: $input) { id } }`);

const sha256 = (document: string) => createHash("sha256").update(document).digest("hex");

/** Return a link of automatic persisted queries in front of HTTP. */
function persisted(useGETForHashedQueries: boolean) {
  return (options: HttpLink.Options) =>
    ApolloLink.from([new PersistedQueryLink({ sha256, useGETForHashedQueries }), new HttpLink(options)]);
}

/** Return a document that the server has not seen, for its cache is shared by all clients. */
function newDocument() {
  const name = `Unseen${randomUUID().replaceAll("-", "")}`;
  return gql(`query ${name} { specialists(first: 1, sort: [NAME_ASC]) { edges { cursor node { id name } } } }`);
}

for (const method of ["POST", "GET"]) {
  test(`a persisted query is registered once and then asked for by its hash over ${method}`, async () => {
    const { client, exchanges } = signIn(undefined, persisted(method === "GET"));
    const query = newDocument();
    const ask = () => client.query({ query, fetchPolicy: "no-cache" });

    const first = await ask();
    const second = await ask();

    assert.deepEqual(second.data, first.data);
    assert.deepEqual(exchanges.map(({ method, status }) => [method, status]), [
      [method, 200],
      ["POST", 200],
      [method, 200],
    ]);
    assert.deepEqual(
      exchanges.map(({ url, body }) => url.searchParams.has("query") || hasDocument(body)),
      [false, true, false],
    );
  });
}

function hasDocument(body: any): boolean {
  return body?.query !== undefined;
}

test("a mutation is never sent by GET, persisted or not", async () => {
  const { client, exchanges } = signIn(SOUTH_ADMIN, persisted(true));
  const slug = newSlug();

  const { data } = await client.mutate({ mutation: CREATE, variables: { input: { name: slug, slug } } });

  assert.ok(data?.createSpecialist?.id);
  assert.deepEqual(new Set(exchanges.map(({ method }) => method)), new Set(["POST"]));
});

test("persisted queries of one moment are asked for, and registered, in one request", async () => {
  const { client, exchanges } = signIn(undefined, (options) =>
    ApolloLink.from([new PersistedQueryLink({ sha256 }), new BatchHttpLink({ ...options, batchInterval: 10 })]),
  );
  const documents = [newDocument(), newDocument()];

  const pages = await Promise.all(documents.map((query) => client.query({ query, fetchPolicy: "no-cache" })));

  assert.deepEqual(exchanges.map(({ body }) => body.map(hasDocument)), [
    [false, false],
    [true, true],
  ]);
  assert.deepEqual(pages[0]?.data, pages[1]?.data);
});

test("operations of one moment travel in one request, each with its own answer", async () => {
  const { client, exchanges } = signIn(undefined, (options) => new BatchHttpLink({ ...options, batchInterval: 10 }));
  const ask = (document: string) => client.query({ query: gql(document), fetchPolicy: "no-cache", errorPolicy: "all" });

  const [viewer, unknown, count] = await Promise.all([
    ask("query Role { viewer { role } }"),
    ask('query Unknown { specialist(id: "999999999") { id } }'),
    ask("query Count { specialists { totalCount } }"),
  ]);

  assert.deepEqual(exchanges.map(({ body }) => body.length), [3]);
  assert.deepEqual(viewer?.data, { viewer: { __typename: "Viewer", role: "admin" } });
  assert.match(String(unknown?.error), /Specialist doesn't exist/);
  assert.ok((count?.data as any).specialists.totalCount > 40);
});
