/** The tabs at first sight: examples/N-name.graphql with N-name.json for its variables, if it has any. */

export interface Tab {
  query: string;
  variables: string | null;
}

const FILES = import.meta.glob<string>("./examples/*", { query: "?raw", import: "default", eager: true });
let unique = newUnique(); // what the slug of the create ends with

export const examples: Tab[] = Object.keys(FILES)
  .filter((path) => path.endsWith(".graphql"))
  .sort()
  .map((path) => ({
    query: FILES[path]!.trim(),
    variables: FILES[path.replace(".graphql", ".json")]?.trim().replace("{unique}", unique) ?? null,
  }));

/** Tell whether `answer` shows that the slug of the create is taken. */
export function holdsSlug(answer: string): boolean {
  return answer.includes(unique);
}

/** Return `variables` with another slug in place of the one that is taken. */
export function renewSlug(variables: string): string {
  const former = unique;
  unique = newUnique();
  return variables.replace(former, unique);
}

function newUnique(): string {
  return Date.now().toString(36);
}
