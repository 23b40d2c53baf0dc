/** The whole page: contents with a search, then every operation and every schema. */

import { useEffect, useState } from "react";
import type { Openapi } from "./document";
import { Contents } from "./Contents";
import { FailureTable, OperationSection } from "./Operation";
import { SchemaSection } from "./Schema";
import { SignIn } from "./SignIn";
import { Prose } from "./Text";

export function Page({ openapi }: { openapi: Openapi }) {
  const [token, setToken] = useState("");
  useEffect(() => document.getElementById(location.hash.slice(1))?.scrollIntoView(), []);
  return (
    <div className="docs">
      <Contents openapi={openapi} />
      <main>
        <section id="overview">
          <h2>REST API</h2>
          <Prose text={openapi.description} />
          <p>
            The same as a document for programs: <a href="/openapi.json">OpenAPI 3.1</a>.
          </p>
        </section>
        <SignIn token={token} onToken={setToken} />
        {openapi.groups.map(({ name, description, operations }) => (
          <section key={name} id={name}>
            <h2>{name}</h2>
            <Prose text={description} />
            {operations.map((operation) => (
              <OperationSection key={operation.id} operation={operation} token={token} />
            ))}
          </section>
        ))}
        <section id="errors">
          <h2>Errors of every operation</h2>
          <FailureTable name="Errors of every operation" failures={openapi.failures} />
        </section>
        <section id="schemas">
          <h2>Schemas</h2>
          {openapi.schemas.map(([name, schema]) => (
            <SchemaSection key={name} name={name} schema={schema} />
          ))}
        </section>
      </main>
    </div>
  );
}
