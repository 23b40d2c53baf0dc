/** What the server writes into the page's head about itself. */

/** Whether the page signs in by itself, as in development; in production the user brings a token. */
export const signsIn = meta("sign-in") === "switch";

/** Whether a browser finds GraphiQL at /graphql. */
export const hasGraphiql = meta("graphiql") === "on";

/** The command that prints a token; empty in production. */
export const tokenCommand = meta("token-command");

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}
