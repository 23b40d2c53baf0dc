/** Where the server is, who signs in, and what went over the wire. */

import { randomUUID } from "node:crypto";

export const SERVER = setting("CLINIC_SERVER");
export const GRAPHQL = `${SERVER}/graphql`;

/** Session tokens. No test writes to the north, so its lists stand still; the tests that write share the south. */
export const NORTH_ADMIN = setting("NORTH_ADMIN");
export const NORTH_PATIENT = setting("NORTH_PATIENT");
export const SOUTH_ADMIN = setting("SOUTH_ADMIN");

export interface Exchange {
  method: string;
  url: URL;
  /** The JSON that was sent, or undefined. */
  body: any;
  status: number;
}

export interface Wire {
  fetch: typeof fetch;
  exchanges: Exchange[];
}

/** Return a `fetch` that signs in with `token` and records each request with the status of its response. */
export function wire(token: string): Wire {
  const exchanges: Exchange[] = [];
  async function signedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    request.headers.set("authorization", `Bearer ${token}`);
    const text = await request.clone().text();
    const response = await fetch(request);
    exchanges.push({
      method: request.method,
      url: new URL(request.url),
      body: text ? JSON.parse(text) : undefined,
      status: response.status,
    });
    return response;
  }
  return { fetch: signedFetch, exchanges };
}

/** Return a slug that no other record has. */
export function newSlug(): string {
  return `client-${randomUUID()}`;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the suite by make clients`);
  return value;
}
