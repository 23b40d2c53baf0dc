import assert from "node:assert/strict";
import { test } from "node:test";
import { CombinedGraphQLErrors } from "@apollo/client";
import { graphql } from "../.generated/graphql/index.js";
import { newSlug, NORTH_PATIENT, SOUTH_ADMIN } from "../clinic.js";
import { signIn } from "./client.js";

const CREATE = graphql(`
  mutation CreateForErrors($input: CreateSpecialistInput!) { createSpecialist(input: $input) { id slug } }
`);
const UNKNOWN = graphql(`query UnknownSpecialist { specialist(id: "999999999") { id } viewer { id role } }`);
const USERS = graphql(`query UsersAndViewer { users { totalCount } viewer { id role } }`);
const UNREADABLE_CURSOR = graphql(`
  query CursorThatCannotBeRead { specialists(first: 1, after: "no cursor") { totalCount } }
`);

/** Return the GraphQL errors with which `promise` is rejected. */
async function errorsOf(promise: Promise<unknown>) {
  const error = await promise.then(() => undefined, (reason: unknown) => reason);
  assert.ok(CombinedGraphQLErrors.is(error), String(error));
  return error.errors;
}

test("a refusal carries a code, a status, a request id and the path of its field", async () => {
  const { client } = signIn(NORTH_PATIENT);
  const input = { name: "Refused", slug: newSlug() };

  const [error] = await errorsOf(client.mutate({ mutation: CREATE, variables: { input } }));

  assert.deepEqual(error?.path, ["createSpecialist"]);
  assert.equal(error.extensions?.code, "forbidden");
  assert.equal(error.extensions.status, 403);
  assert.match(String(error.extensions.request_id), /^\w+$/);
});

test("an invalid field is named as the schema spells it, with its path into the input", async () => {
  const { client } = signIn(SOUTH_ADMIN);
  const input = { name: "Two Errors", slug: newSlug(), avatarUrl: "http://no", schedulingTimezone: "Mars/Phobos" };

  const [error] = await errorsOf(client.mutate({ mutation: CREATE, variables: { input } }));

  const details = error?.extensions?.errors as { code: string; field: string; path: string[] }[];
  assert.equal(error?.extensions?.code, details[0]?.code);
  assert.equal(error?.extensions?.field, details[0]?.field);
  assert.deepEqual(new Map(details.map(({ code, field, path }) => [code, [field, path]])), new Map([
    ["invalid_avatar_url", ["avatarUrl", ["input", "avatarUrl"]]],
    ["invalid_timezone", ["schedulingTimezone", ["input", "schedulingTimezone"]]],
  ] as const));
});

test("a slug that is taken is a conflict about the field slug", async () => {
  const { client } = signIn(SOUTH_ADMIN);
  const input = { name: "Twice", slug: newSlug() };

  await client.mutate({ mutation: CREATE, variables: { input } });
  const [error] = await errorsOf(client.mutate({ mutation: CREATE, variables: { input } }));

  assert.equal(error?.extensions?.code, "slug_exists");
  assert.equal(error.extensions.field, "slug");
  assert.equal(error.extensions.status, 409);
});

test("an unknown record is null beside its error, and the other fields stand", async () => {
  const { client } = signIn(NORTH_PATIENT);

  const { data, error } = await client.query({ query: UNKNOWN, errorPolicy: "all" });

  assert.ok(CombinedGraphQLErrors.is(error));
  assert.equal(error.errors[0]?.extensions?.code, "specialist_not_found");
  assert.equal(data?.specialist, null);
  assert.equal(data.viewer?.role, "patient");
});

test("a root field that the role may not read is null beside its error, and the other fields stand", async () => {
  const { client } = signIn(NORTH_PATIENT);

  const { data, error } = await client.query({ query: USERS, errorPolicy: "all" });

  assert.ok(CombinedGraphQLErrors.is(error));
  assert.deepEqual(error.errors.map(({ path, extensions }) => [path, extensions?.code]), [[["users"], "forbidden"]]);
  assert.equal(data?.users, null);
  assert.equal(data.viewer?.role, "patient");
});

test("a cursor that cannot be read has a code", async () => {
  const { client } = signIn();

  const [error] = await errorsOf(client.query({ query: UNREADABLE_CURSOR }));

  assert.equal(error?.extensions?.code, "invalid_cursor");
});

test("a token that does not hold is a 401 that says unauthorized", async () => {
  const { client, exchanges } = signIn("no.valid.token");

  const [error] = await errorsOf(client.query({ query: USERS }));

  assert.equal(error?.extensions?.code, "unauthorized");
  assert.equal(exchanges[0]?.status, 401);
});
