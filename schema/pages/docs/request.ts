/** A request as the forms of this page make it, as something to send and as a line of curl. */

import type { Operation, Parameter } from "./document";

export type Values = Readonly<Record<string, string>>; // of the parameters, by name

export interface ApiRequest {
  readonly method: string;
  readonly address: string; // a path with its query
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Return the values of the request that the operation's GraphQL twin stands for. */
export function exampleValues({ path, twin }: Operation): Values {
  const address = new URL(twin.request, location.origin);
  const names = path.split("/");
  const inPath = address.pathname.split("/").flatMap((value, i) => {
    const name = /^{(.+)}$/.exec(names[i]!)?.[1];
    return name ? [[name, value] as const] : [];
  });
  return Object.fromEntries([...inPath, ...address.searchParams]);
}

export function requestOf({ method, path, parameters }: Operation, values: Values, body: string | null): ApiRequest {
  const sent = (where: Parameter["in"]) =>
    parameters.flatMap(({ name, in: place }) => (place === where && values[name] ? [[name, values[name]] as const] : []));
  const filled = path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(values[name] || "0"));
  const query = sent("query").map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`);
  const json = body === null ? [] : [["Content-Type", "application/json"] as const];
  return {
    method,
    address: [filled, ...(query.length ? [query.join("&")] : [])].join("?"),
    headers: Object.fromEntries([...json, ...sent("header")]),
    body,
  };
}

/** Return a command for a shell in which TOKEN is set. */
export function curlOf({ method, address, headers, body }: ApiRequest): string {
  const chosen = method === "GET" || (method === "POST" && body !== null) ? "" : `-X ${method} `;
  const parts = [
    `curl ${chosen}${quoted(location.origin + address)}`,
    '-H "Authorization: Bearer $TOKEN"',
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`-d ${quoted(body)}`]),
  ];
  return parts.join(" \\\n  ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
