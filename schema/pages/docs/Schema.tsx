/** JSON Schema in words: a type, its limits, a table of properties. */

import type { ReactNode } from "react";
import type { Schema } from "./document";
import { Inline, Prose } from "./Text";

const FORMATS: Readonly<Record<string, string>> = { "date-time": "instant", date: "date", uri: "https URL" };

export function SchemaSection({ name, schema }: { name: string; schema: Schema }) {
  return (
    <article id={`schema-${name}`} className="schema">
      <h3>{name}</h3>
      <Prose text={schema.description ?? ""} />
      {schema.properties ? (
        <Properties name={name} schema={schema} />
      ) : (
        <p>
          <Kind schema={schema} />
        </p>
      )}
    </article>
  );
}

function Properties({ name, schema }: { name: string; schema: Schema }) {
  const marked = name.endsWith("Input") ? (schema.required ?? []) : []; // in answers, nearly all of them are there
  const rows = Object.entries(schema.properties ?? {});
  return (
    <Table name={`Properties of ${name}`} heads={["Name", "Type", "Meaning"]}>
      {rows.map(([property, of]) => (
        <tr key={property}>
          <th scope="row">
            <Name text={property} required={marked.includes(property)} />
          </th>
          <td className="quiet">
            <Kind schema={of} />
          </td>
          <td>
            <Inline text={of.description ?? ""} />
            <Limits schema={of} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** A table that scrolls by itself, also by the keyboard. */
export function Table({ name, heads, children }: { name: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={name}>
      <table aria-label={name}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function Name({ text, required }: { text: string; required: boolean }) {
  return (
    <>
      <code>{text}</code> {required && <span className="required">required</span>}
    </>
  );
}

/** The type of a schema in a few words; a reference is a link. */
export function Kind({ schema }: { schema: Schema }): ReactNode {
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1)!;
    return <a href={`#schema-${name}`}>{name}</a>;
  }
  const [first, ...others]: readonly Schema[] = schema.anyOf ?? typesOf(schema);
  const rest = others.map((other, i) => (
    <span key={i}>
      {" "}
      or <Kind schema={other} />
    </span>
  ));
  if (rest.length) return [<Kind key="first" schema={first!} />, ...rest];
  if (schema.enum) return <Words words={schema.enum} />;
  if (schema.items) return <span>list of {<Kind schema={schema.items} />}</span>;
  return FORMATS[schema.format ?? ""] ?? String(schema.type);
}

function typesOf(schema: Schema): Schema[] {
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  return types.map((type) => (type === "null" ? { type } : { ...schema, type }));
}

function Words({ words }: { words: readonly string[] }) {
  return words.map((word, i) => (
    <span key={word}>
      {i > 0 && ", "}
      <code>{word}</code>
    </span>
  ));
}

export function Limits({ schema }: { schema: Schema }) {
  const limits = [
    range(schema.minLength, schema.maxLength, " characters"),
    range(undefined, schema.maxItems, " entries"),
    schema.format === "int64" ? null : range(schema.minimum, schema.maximum, ""), // an id has no range to speak of
    schema.pattern && !schema.format ? `matches \`${schema.pattern}\`` : null,
    schema.default === undefined ? null : `default \`${String(schema.default)}\``,
  ].filter((limit) => limit !== null);
  if (!limits.length) return null;
  const text = limits.join(", ");
  return (
    <p className="quiet">
      <Inline text={text.charAt(0).toUpperCase() + text.slice(1)} />
    </p>
  );
}

function range(low: number | undefined, high: number | undefined, unit: string): string | null {
  const [from, to] = [low?.toLocaleString("en"), high?.toLocaleString("en")];
  if (from === undefined && to === undefined) return null;
  if (from === undefined) return `at most ${to}${unit}`;
  return (to === undefined ? `from ${from}` : `${from} to ${to}`) + unit;
}
