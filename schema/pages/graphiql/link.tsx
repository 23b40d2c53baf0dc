/** Links that carry an operation: /graphql?query=...&variables=... */

import { ToolbarButton, useGraphiQL } from "@graphiql/react";
import { useCopy } from "../session/clipboard";
import type { Tab } from "./examples";

/** Return the operation that the page's own address carries, if it does. */
export function linkedTab(): Tab | null {
  const parameters = new URLSearchParams(location.search);
  const query = parameters.get("query")?.trim();
  return query ? { query, variables: indented(parameters.get("variables")) } : null;
}

export function CopyLink() {
  const [copied, copy] = useCopy();
  const query = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const copyLink = () => copy(linkTo(query?.getValue() ?? "", variables?.getValue() ?? ""));
  return (
    <ToolbarButton label={copied ? "Link copied" : "Copy link"} onClick={copyLink}>
      <svg className="graphiql-toolbar-icon copy-link" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7L12 17.7" />
      </svg>
    </ToolbarButton>
  );
}

function linkTo(query: string, variables: string): string {
  const parameters = new URLSearchParams({ query });
  if (variables.trim()) parameters.set("variables", variables);
  return `${location.origin}/graphql?${parameters}`;
}

function indented(json: string | null): string | null {
  try {
    return json && JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
