/** The GraphQL operation that does the same, and a link that opens it in the explorer. */

import { signsIn } from "../session/person";
import type { Operation } from "./document";
import type { Values } from "./request";
import { Code, Json } from "./Text";

export function TwinBlock({ operation: { method, summary, twin }, values }: { operation: Operation; values: Values }) {
  const variables = "id" in twin.variables ? { ...twin.variables, id: values.id } : twin.variables;
  const link = new URLSearchParams({ query: twin.query, variables: JSON.stringify(variables) });
  return (
    <div className="twin">
      <h4>The same in GraphQL</h4>
      <p className="quiet">
        As <code>{`${method} ${twin.request}`}</code>.{" "}
        {signsIn && ( // production may have no explorer
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
