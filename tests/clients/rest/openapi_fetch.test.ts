/** openapi-typescript's types under openapi-fetch. */

import assert from "node:assert/strict";
import { test } from "node:test";
import createClient from "openapi-fetch";
import type { components, paths } from "../.generated/openapi-typescript.js";
import { newSlug, NORTH_ADMIN, NORTH_PATIENT, SERVER, SOUTH_ADMIN, wire } from "../clinic.js";

type Specialist = components["schemas"]["Specialist"];

function signIn(token: string) {
  return createClient<paths>({ baseUrl: SERVER, fetch: wire(token).fetch });
}

test("a list takes its parameters and carries what it includes", async () => {
  const query = { search: "jane", sort: ["name", "-id"], include: ["specialties", "user"], page_size: 2 } as const;

  const { data } = await signIn(NORTH_ADMIN).GET("/v1/specialists", {
    params: { query: { ...query, sort: [...query.sort], include: [...query.include] } },
  });

  const jane: Specialist | undefined = data?.data[0];
  assert.deepEqual(data?.meta, { page: 1, page_size: 2, total: 1, total_pages: 1 });
  assert.deepEqual(jane?.specialties?.map(({ title }) => title), ["Cardiology", "Internal Medicine"]);
  assert.equal(jane.user?.email, "specialist@north.example.com");
  assert.equal(jane.weekly_hours, undefined);
});

test("a specialist is created, changed at its version, deleted and restored", async () => {
  const client = signIn(SOUTH_ADMIN);
  const slug = newSlug();

  const created = await client.POST("/v1/specialists", { body: { name: "Generated", slug } });
  assert.ok(created.data);
  const { id } = created.data.data;
  const read = await client.GET("/v1/specialists/{id}", { params: { path: { id } } });
  const etag = read.response.headers.get("etag") ?? "";
  const write = (title: string) =>
    client.PUT("/v1/specialists/{id}", { params: { path: { id }, header: { "If-Match": etag } }, body: { title } });
  const updated = await write("First");
  const late = await write("Late");
  const deleted = await client.DELETE("/v1/specialists/{id}", { params: { path: { id } } });
  const restored = await client.POST("/v1/specialists/{id}/restore", { params: { path: { id } } });

  assert.equal(created.response.headers.get("location"), `/v1/specialists/${id}`);
  assert.equal(read.data?.data.slug, slug);
  assert.equal(updated.data?.data.title, "First");
  assert.equal(late.error?.error.code, "precondition_failed");
  assert.match(deleted.data?.data.deleted_at ?? "", /Z$/);
  assert.equal(restored.data?.data.deleted_at, null);
});

test("an error is typed: its code, its field, and all the fields at fault", async () => {
  const body = { name: "", slug: "No Slug" };

  const refused = await signIn(NORTH_PATIENT).POST("/v1/specialists", { body });
  const invalid = await signIn(SOUTH_ADMIN).POST("/v1/specialists", { body });

  assert.equal(refused.error?.error.code, "forbidden");
  assert.equal(invalid.error?.error.field, "name");
  assert.deepEqual(invalid.error?.error.errors?.map(({ code, field }) => [code, field]), [
    ["name_required", "name"],
    ["invalid_slug", "slug"],
  ]);
});
