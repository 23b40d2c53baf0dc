/** The GraphQL operation that does the same, and a link that opens it in the explorer. */

import { hasGraphiql } from "../session/settings";
import type { Operation } from "./document";
import { exampleValues, type Values } from "./request";
import { Code, Json } from "./Text";

export function TwinBlock({ operation, values: { id } }: { operation: Operation; values: Values }) {
  const { method, summary, twin } = operation;
  const variables = "id" in twin.variables ? { ...twin.variables, id } : twin.variables;
  const request = twin.request.replace(`/${exampleValues(operation).id}`, () => `/${id}`);
  const link = new URLSearchParams({ query: twin.query, variables: JSON.stringify(variables) });
  return (
    <div className="twin">
      <h4>The same in GraphQL</h4>
      <p className="quiet">
        As <code>{`${method} ${request}`}</code>.{" "}
        {hasGraphiql && (
          <a href={`/graphql?${link}`}>
            Open in GraphiQL<span className="hidden">: {summary}</span>
          </a>
        )}
      </p>
      <div className="sides">
        <Code name={`GraphQL of ${summary}`} text={twin.query} />
        <Json name={`variables of ${summary}`} value={variables} />
      </div>
    </div>
  );
}
