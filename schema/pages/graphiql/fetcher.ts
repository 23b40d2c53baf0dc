/** Sends GraphiQL's operations to the server, and notes what the answer's headers tell. */

import type { Fetcher } from "@graphiql/toolkit";
import { currentPerson, type Person } from "../session/person";
import { signsIn } from "../session/settings";
import { signedFetch } from "../session/token";
import { showStatus } from "./Status";

const HEADERS = {
  accept: "application/graphql-response+json, application/json;q=0.9",
  "content-type": "application/json",
};
const NO_TOKEN = 'A session token is needed: put {"Authorization": "Bearer ..."} into the editor of headers below.';

/** Return a fetcher for `person`; an answer that comes after another person was chosen is dropped. */
export function fetcherOf(person: Person): Fetcher {
  return async ({ operationName, ...operation }, { headers } = {}) => {
    if (!signsIn && !Object.keys(headers ?? {}).some((header) => /^authorization$/i.test(header))) return failure(NO_TOKEN);
    // For a moment after a tab is opened, GraphiQL still names the operation of the tab before.
    const name = operation.query.includes(operationName ?? "") ? operationName : undefined;
    try {
      const response = await signedFetch("/graphql", {
        method: "POST",
        headers: { ...HEADERS, ...headers },
        body: JSON.stringify({ ...operation, operationName: name }),
      });
      const answer = await response.json();
      if (person !== currentPerson()) return failure("Another person was chosen before the answer came.");
      if (operationName !== "IntrospectionQuery") showStatus(response.headers);
      return answer;
    } catch (error) {
      return failure(error instanceof Error ? error.message : String(error)); // thrown, it would show its stack
    }
  };
}

function failure(message: string) {
  return { errors: [{ message }] } as never; // an error without the class GraphQLError, as over the wire
}
