/** The tabs at first sight: examples/N-name.graphql with N-name.json for its variables, if it has any. */

export interface Tab {
  query: string;
  variables: string | null;
}

const FILES = import.meta.glob<string>("./examples/*", { query: "?raw", import: "default", eager: true });

export const examples: Tab[] = Object.keys(FILES)
  .filter((path) => path.endsWith(".graphql"))
  .sort()
  .map((path) => ({
    query: FILES[path]!.trim(),
    variables: FILES[path.replace(".graphql", ".json")]?.trim().replace("{unique}", unique()) ?? null,
  }));

/** Return a text that no other page load uses, fit for a slug. */
function unique(): string {
  return Date.now().toString(36);
}
