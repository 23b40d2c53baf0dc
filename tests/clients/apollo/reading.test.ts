import assert from "node:assert/strict";
import { beforeEach, mock, test, type Mock } from "node:test";
import { graphql } from "../.generated/graphql/index.js";
import { settledData, signIn } from "./client.js";

const NESTED = graphql(`
  query NestedSpecialists($search: String!) {
    specialists(first: 5, filter: { search: $search }) {
      totalCount
      edges {
        node {
          id
          name
          createdAt
          specialties { id title }
          user { id email }
          weeklyHours { id dayOfWeek startTime endTime }
          overrides { id date isAvailable }
        }
      }
    }
  }
`);
const ROLE = graphql(`query ViewerRole { viewer { id role } }`);
const ORGANIZATION = graphql(`query ViewerOrganization { viewer { id organization { id slug } user { id email } } }`);
const VIEWER = graphql(`query WholeViewer { viewer { id role organization { id slug } user { id email } } }`);
const PAGE = graphql(`
  query SpecialistPage($first: Int!, $after: String) {
    specialists(first: $first, after: $after, sort: [NAME_ASC]) {
      totalCount
      edges { cursor node { id name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);
const LAST = graphql(`
  query LastSpecialists($last: Int!, $before: String) {
    specialists(last: $last, before: $before, sort: [NAME_ASC]) {
      edges { cursor node { id name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);
const HELD = graphql(`
  query SpecialistsOfSpecialty($slug: String!, $first: Int!, $after: String) {
    specialtyBySlug(slug: $slug) {
      id
      title
      specialists(first: $first, after: $after) {
        edges { cursor node { id name } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

let complaints: Mock<typeof console.warn>[];

beforeEach(() => {
  mock.restoreAll();
  complaints = [mock.method(console, "warn", () => {}), mock.method(console, "error", () => {})];
});

function assertNoComplaint(): void {
  assert.deepEqual(complaints.flatMap((log) => log.mock.calls.map((call) => call.arguments)), []);
}

test("a nested query arrives whole and is answered from the cache afterwards", async () => {
  const { client, exchanges } = signIn();

  const { data } = await client.query({ query: NESTED, variables: { search: "jane" } });
  const again = await client.query({ query: NESTED, variables: { search: "jane" } });

  const jane = data?.specialists.edges[0]?.node;
  assert.equal(jane?.name, "Dr. Jane Smith");
  assert.deepEqual(jane.specialties.map(({ title }) => title), ["Cardiology", "Internal Medicine"]);
  assert.equal(jane.user?.email, "specialist@north.example.com");
  assert.match(jane.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.match(jane.weeklyHours[0]?.startTime ?? "", /^\d\d:\d\d$/);
  assert.deepEqual(again.data, data);
  assert.equal(exchanges.length, 1);
  assertNoComplaint();
});

test("two queries of the viewer become one record in the cache", async () => {
  const { client, exchanges } = signIn();

  await client.query({ query: ROLE });
  await client.query({ query: ORGANIZATION });
  const { data } = await client.query({ query: VIEWER, fetchPolicy: "cache-only" });

  assert.equal(data?.viewer.role, "admin");
  assert.equal(data.viewer.organization.slug, "north");
  assert.equal(data.viewer.user?.email, "admin@north.example.com");
  assert.equal(exchanges.length, 2);
  assertNoComplaint();
});

test("fetchMore walks a list to its end, each record once", async () => {
  const { client, exchanges } = signIn();
  const list = client.watchQuery({ query: PAGE, variables: { first: 20 } });

  let { specialists } = await settledData(list);
  while (specialists.pageInfo.hasNextPage) {
    await list.fetchMore({ variables: { after: specialists.pageInfo.endCursor } });
    ({ specialists } = await settledData(list));
  }

  assert.equal(specialists.edges.length, specialists.totalCount);
  assert.equal(new Set(specialists.edges.map(({ node }) => node.id)).size, specialists.totalCount);
  assert.equal(exchanges.length, Math.ceil(specialists.totalCount / 20));
  assertNoComplaint();
});

test("a list walked backward from its end keeps its order", async () => {
  const { client } = signIn();
  const whole = await client.query({ query: PAGE, variables: { first: 100 }, fetchPolicy: "no-cache" });
  const list = client.watchQuery({ query: LAST, variables: { last: 3 } });

  const { specialists } = await settledData(list);
  await list.fetchMore({ variables: { before: specialists.pageInfo.startCursor } });

  const walked = (await settledData(list)).specialists.edges;
  assert.deepEqual(names(walked), names(whole.data?.specialists.edges.slice(-6)));
  assertNoComplaint();
});

test("the connection within a record is paged like the one at the root", async () => {
  const { client } = signIn();
  const list = client.watchQuery({ query: HELD, variables: { slug: "internal-medicine", first: 2 } });

  const first = (await settledData(list)).specialtyBySlug?.specialists;
  const more = await list.fetchMore({ variables: { after: first?.pageInfo.endCursor } });

  const walked = names((await settledData(list)).specialtyBySlug?.specialists.edges);
  assert.deepEqual(walked, [...names(first?.edges), ...names(more.data?.specialtyBySlug?.specialists.edges)]);
  assert.equal(new Set(walked).size, 4);
  assertNoComplaint();
});

function names(edges: { node: { name: string } }[] = []): string[] {
  return edges.map(({ node }) => node.name);
}
