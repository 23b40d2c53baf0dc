/** The SDK of hey-api with its fetch client. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, createConfig } from "../.generated/hey-api/client/index.js";
import {
  createSpecialist,
  deleteSpecialist,
  getSpecialist,
  listSpecialists,
  restoreSpecialist,
  updateSpecialist,
} from "../.generated/hey-api/index.js";
import { newSlug, NORTH_ADMIN, NORTH_PATIENT, SERVER, SOUTH_ADMIN } from "../clinic.js";

function signIn(token: string) {
  return createClient(createConfig({ baseUrl: SERVER, auth: token }));
}

test("a list takes its parameters and carries what it includes", async () => {
  const { data } = await listSpecialists({
    client: signIn(NORTH_ADMIN),
    query: { search: "jane", sort: ["name", "-id"], include: ["specialties", "user"], page_size: 2 },
    throwOnError: true,
  });

  const [jane] = data.data;
  assert.deepEqual(data.meta, { page: 1, page_size: 2, total: 1, total_pages: 1 });
  assert.deepEqual(jane?.specialties?.map(({ title }) => title), ["Cardiology", "Internal Medicine"]);
  assert.equal(jane?.user?.email, "specialist@north.example.com");
  assert.equal(jane?.overrides, undefined);
});

test("a specialist is created, changed at its version, deleted and restored", async () => {
  const client = signIn(SOUTH_ADMIN);
  const slug = newSlug();
  const created = await createSpecialist({ client, body: { name: "Generated", slug }, throwOnError: true });
  const path = { id: created.data.data.id };

  const read = await getSpecialist({ client, path, throwOnError: true });
  const headers = { "If-Match": read.response.headers.get("etag") ?? "" };
  const updated = await updateSpecialist({ client, path, headers, body: { title: "First" }, throwOnError: true });
  const late = await updateSpecialist({ client, path, headers, body: { title: "Late" } });
  const deleted = await deleteSpecialist({ client, path, throwOnError: true });
  const restored = await restoreSpecialist({ client, path, throwOnError: true });

  assert.equal(read.data.data.slug, slug);
  assert.equal(updated.data.data.title, "First");
  assert.equal(late.error?.error.code, "precondition_failed");
  assert.match(deleted.data.data.deleted_at, /Z$/);
  assert.equal(restored.data.data.deleted_at, null);
});

test("an error is typed: its code, its field, and all the fields at fault", async () => {
  const body = { name: "", slug: "No Slug" };

  const refused = await createSpecialist({ client: signIn(NORTH_PATIENT), body });
  const invalid = await createSpecialist({ client: signIn(SOUTH_ADMIN), body });

  assert.equal(refused.error?.error.code, "forbidden");
  assert.equal(invalid.error?.error.field, "name");
  assert.deepEqual(invalid.error?.error.errors?.map(({ code, field }) => [code, field]), [
    ["name_required", "name"],
    ["invalid_slug", "slug"],
  ]);
});
