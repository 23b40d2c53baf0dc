/** The OpenAPI document as this page reads it: as much of OpenAPI 3.1 as the server writes. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly description: string;
  readonly schema: Schema;
  readonly example: unknown;
}

interface Content {
  readonly "application/json": {
    readonly schema: Schema;
    readonly example?: unknown;
    readonly examples?: Readonly<Record<string, { readonly summary: string }>>;
  };
}

interface Response {
  readonly description: string;
  readonly content?: Content;
}

/** A REST request, and what is posted to /graphql to the same effect. */
interface Twin {
  readonly request: string; // a path with its query
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface RawOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly { readonly $ref: string }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Response & { readonly $ref?: string }>>;
  readonly "x-graphql": Twin;
}

interface RawDocument {
  readonly info: { readonly summary: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Failure {
  readonly code: string;
  readonly status: string;
  readonly message: string;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly schema: Schema; readonly example: unknown } | null;
  readonly success: { readonly status: string; readonly description: string; readonly example: unknown };
  readonly failures: readonly Failure[];
  readonly twin: Twin;
}

export interface Openapi {
  readonly summary: string;
  readonly description: string;
  readonly groups: readonly { readonly name: string; readonly description: string; readonly operations: readonly Operation[] }[];
  readonly failures: readonly Failure[]; // those of every operation
  readonly schemas: readonly (readonly [string, Schema])[];
}

export async function loadDocument(): Promise<Openapi> {
  const response = await fetch("/openapi.json");
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return read(await response.json());
}

function read(raw: RawDocument): Openapi {
  const operations = Object.entries(raw.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = raw.tags.map(({ name, description }) => ({
    name,
    description,
    operations: operations
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ path, method, operation }) => operationOf(raw, path, method, operation)),
  }));
  const shared = Object.entries(operations[0]!.operation.responses).filter(([, response]) => response.$ref);
  return {
    ...raw.info,
    groups,
    failures: shared.flatMap(([status, response]) => failuresOf(status, target(raw, response.$ref!))),
    schemas: Object.entries(raw.components.schemas),
  };
}

function operationOf(raw: RawDocument, path: string, method: string, operation: RawOperation): Operation {
  const responses = Object.entries(operation.responses);
  const [status, success] = responses.find(([status]) => status < "300")!;
  const body = operation.requestBody?.content["application/json"];
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    description: operation.description,
    parameters: (operation.parameters ?? []).map(({ $ref }) => target<Parameter>(raw, $ref)),
    body: body ? { schema: body.schema, example: body.example } : null,
    success: { status, description: success.description, example: success.content?.["application/json"].example },
    failures: responses.flatMap(([status, response]) => failuresOf(status, response)),
    twin: operation["x-graphql"],
  };
}

/** Return the errors that `response` names; those behind a reference are shown once for all operations. */
function failuresOf(status: string, response: Response): Failure[] {
  const examples = response.content?.["application/json"].examples ?? {};
  return Object.entries(examples).map(([code, { summary }]) => ({ code, status, message: summary }));
}

function target<T = Response>(raw: RawDocument, reference: string): T {
  const steps = reference.replace("#/", "").split("/");
  return steps.reduce((node: unknown, step) => (node as Record<string, unknown>)[step], raw) as T;
}
