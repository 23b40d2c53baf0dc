/** Links to every operation and schema, narrowed by a search. */

import { useId, useState, useSyncExternalStore } from "react";
import type { Openapi, Operation, Schema } from "./document";

interface Entry {
  readonly href: string;
  readonly name: string;
  readonly method?: string;
  readonly text: string; // what the search looks through
}

const wide = matchMedia("(min-width: 64rem)");

export function Contents({ openapi }: { openapi: Openapi }) {
  const [search, setSearch] = useState("");
  const id = useId();
  const groups = narrowed(groupsOf(openapi), search);
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const isWide = useSyncExternalStore(onWidthChange, () => wide.matches);
  return (
    <nav className="contents" aria-label="Contents">
      <label htmlFor={id}>Search</label>
      <input id={id} type="search" value={search} autoComplete="off" onChange={(event) => setSearch(event.target.value)} />
      <p className="quiet" role="status">
        {search && (count === 1 ? "1 result" : `${count} results`)}
      </p>
      <details key={String(isWide || search !== "")} open={isWide || search !== ""}>
        <summary>Contents</summary>
        {groups.map(({ name, entries }) => (
          <div key={name}>
            <a className="group" href={`#${name === "Schemas" ? "schemas" : name}`}>
              {name}
            </a>
            <ul>
              {entries.map(({ href, name, method }) => (
                <li key={href}>
                  <a href={href}>
                    {name} {method && <span className={`method ${method}`}>{method}</span>}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </details>
    </nav>
  );
}

function groupsOf({ groups, schemas }: Openapi) {
  return [
    ...groups.map(({ name, operations }) => ({ name, entries: operations.map(operationEntry) })),
    { name: "Schemas", entries: schemas.map(([name, schema]) => schemaEntry(name, schema)) },
  ];
}

function operationEntry(operation: Operation): Entry {
  const { id, method, path, summary, description, parameters, failures } = operation;
  const names = [...parameters.map(({ name }) => name), ...failures.map(({ code }) => code)];
  return { href: `#${id}`, name: summary, method, text: [id, method, path, summary, description, ...names].join(" ") };
}

function schemaEntry(name: string, schema: Schema): Entry {
  const properties = Object.keys(schema.properties ?? {});
  return { href: `#schema-${name}`, name, text: [name, schema.description, ...properties].join(" ") };
}

/** Return the entries that contain every word of `search`, in groups that have any. */
function narrowed(groups: ReturnType<typeof groupsOf>, search: string) {
  const words = search.toLowerCase().split(/\s+/);
  const matches = ({ text }: Entry) => words.every((word) => text.toLowerCase().includes(word));
  return groups
    .map(({ name, entries }) => ({ name, entries: entries.filter(matches) }))
    .filter(({ entries }) => entries.length > 0);
}

function onWidthChange(listener: () => void): () => void {
  wide.addEventListener("change", listener);
  return () => wide.removeEventListener("change", listener);
}
