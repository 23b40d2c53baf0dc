/** One operation: what it takes, as a form; the request, its twin in GraphQL, and the answer. */

import { useState } from "react";
import type { Failure, Operation, Parameter } from "./document";
import { Answer, useAnswer } from "./Answer";
import { curlOf, exampleValues, requestOf } from "./request";
import { Kind, Limits, Name, Table } from "./Schema";
import { Code, Inline, Prose } from "./Text";
import { TwinBlock } from "./Twin";

export function OperationSection({ operation, token }: { operation: Operation; token: string }) {
  const { id, method, path, summary, description, failures } = operation;
  const [values, setValues] = useState(() => exampleValues(operation));
  const [body, setBody] = useState(() => operation.body && JSON.stringify(operation.body.example, null, 2));
  const request = requestOf(operation, values, body);
  const { answer, send, sending } = useAnswer(token);
  return (
    <article id={id}>
      <h3>{summary}</h3>
      <p>
        <span className={`method ${method}`}>{method}</span> <span className="address">{path}</span>
      </p>
      <Prose text={description} />
      <div className="sides">
        <form
          id={`${id}-form`}
          aria-label={`Request of ${summary}`}
          onSubmit={(event) => {
            event.preventDefault();
            void send(request);
          }}
        >
          <Parameters operation={operation} values={values} onChange={(name, value) => setValues({ ...values, [name]: value })} />
          {operation.body && (
            <div>
              <label htmlFor={`${id}-body`}>
                Body: <Kind schema={operation.body.schema} />
              </label>
              <textarea
                id={`${id}-body`}
                rows={12}
                spellCheck={false}
                value={body ?? ""}
                onChange={(event) => setBody(event.target.value)}
              />
            </div>
          )}
        </form>
        <div>
          <div>
            <h4>Request</h4>
            <Code wrap name={`curl of ${summary}`} text={curlOf(request)} />
            <button type="submit" form={`${id}-form`} className="send" disabled={sending}>
              Send<span className="hidden"> {summary}</span>
            </button>
          </div>
          <Answer operation={operation} answer={answer} />
        </div>
      </div>
      <TwinBlock operation={operation} values={values} />
      <FailureTable name={`Errors of ${summary}`} failures={failures} />
    </article>
  );
}

interface ParametersProps {
  readonly operation: Operation;
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
}

function Parameters({ operation: { id, parameters }, values, onChange }: ParametersProps) {
  return parameters.map((parameter) => (
    <ParameterField
      key={parameter.name}
      id={`${id}-${parameter.name}`}
      parameter={parameter}
      value={values[parameter.name] ?? ""}
      onChange={(value) => onChange(parameter.name, value)}
    />
  ));
}

interface FieldProps {
  readonly id: string;
  readonly parameter: Parameter;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ParameterField({ id, parameter, value, onChange }: FieldProps) {
  const { name, in: place, required, description, schema, example } = parameter;
  const attributes = { id, value, "aria-describedby": `${id}-meaning` };
  return (
    <div className="field">
      <label htmlFor={id}>
        <Name text={name} required={required ?? false} />
      </label>
      {schema.type === "boolean" ? (
        <select {...attributes} onChange={(event) => onChange(event.target.value)}>
          <option value="">not sent</option>
          <option>true</option>
          <option>false</option>
        </select>
      ) : (
        <input {...attributes} autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      )}
      <div id={`${id}-meaning`}>
        <Inline text={description} />
        <p className="quiet">
          In the {place}: <Kind schema={schema} />, such as <code>{String(example)}</code>
        </p>
        <Limits schema={schema} />
      </div>
    </div>
  );
}

export function FailureTable({ name, failures }: { name: string; failures: readonly Failure[] }) {
  return (
    <Table name={name} heads={["Error", "Status", "Message"]}>
      {failures.map(({ code, status, message }) => (
        <tr key={code}>
          <th scope="row">
            <code>{code}</code>
          </th>
          <td>{status}</td>
          <td>
            <Inline text={message} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
