/** Session tokens of the demo persons; they live in this page's memory only. */

import { currentPerson, keyOf, type Person } from "./person";
import { signsIn } from "./settings";

interface Grant {
  readonly token: string;
  readonly renewal: number; // in milliseconds since the epoch
}

const grants = new Map<string, Promise<Grant>>();

/** Return a token of `person` that holds for a quarter of its life at least: a minute's token for 15 seconds. */
export async function tokenOf(person: Person): Promise<string> {
  const grant = await grants.get(keyOf(person));
  if (grant && Date.now() < grant.renewal) return grant.token;
  const request = requestToken(person);
  grants.set(keyOf(person), request);
  request.catch(() => forget(person));
  return (await request).token;
}

/**
 * Fetch as the current person, whose token is added where the page signs in and the request has none.
 * A token that the server no longer takes, as after a restart with another key, is replaced once.
 */
export async function signedFetch(address: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!signsIn || headers.has("authorization")) return fetch(address, init);
  const person = currentPerson();
  const send = async () => {
    headers.set("authorization", `Bearer ${await tokenOf(person)}`);
    return fetch(address, { ...init, headers });
  };
  const response = await send();
  if (response.status !== 401) return response;
  forget(person);
  return send();
}

async function requestToken(person: Person): Promise<Grant> {
  const start = Date.now();
  const response = await fetch("/development/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(person),
  });
  if (!response.ok) throw new Error(`The server gave no token (${response.status}): is it open under a loopback name?`);
  const { token, expires_in } = (await response.json()) as { token: string; expires_in: number };
  return { token, renewal: start + 750 * expires_in };
}

function forget(person: Person): void {
  grants.delete(keyOf(person));
}
