/** The answer to a request that this page has sent; before that, the answer that the document shows. */

import { useState, useSyncExternalStore } from "react";
import { currentPerson, onPersonChange, type Person } from "../session/person";
import { signedFetch } from "../session/token";
import type { Operation } from "./document";
import type { ApiRequest } from "./request";
import { Json } from "./Text";

const HEADERS = ["ETag", "Location", "Link", "Retry-After", "X-Request-Id"];

interface Received {
  readonly person: Person;
  readonly status: string;
  readonly headers: readonly string[];
  readonly body: unknown;
}

/** Send requests as the current person; the answer of another person is dropped. */
export function useAnswer(token: string) {
  const person = useSyncExternalStore(onPersonChange, currentPerson);
  const [answer, setAnswer] = useState<Received | null>(null);
  const [sending, setSending] = useState(false);
  const send = async ({ address, method, headers, body }: ApiRequest) => {
    setSending(true);
    const start = performance.now();
    try {
      const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      const response = await signedFetch(address, { method, headers: { ...headers, ...authorization }, body });
      setAnswer({ person, ...(await read(response, performance.now() - start)) });
    } catch (error) {
      setAnswer({ person, status: error instanceof Error ? error.message : String(error), headers: [], body: undefined });
    } finally {
      setSending(false);
    }
  };
  return { answer: answer?.person === person ? answer : null, send, sending };
}

export function Answer({ operation: { summary, success }, answer }: { operation: Operation; answer: Received | null }) {
  const body = answer ? answer.body : success.example;
  return (
    <div className="answer">
      <h4>{answer ? "Answer" : "Example answer"}</h4>
      <p role="status">{answer ? answer.status : `${success.status}: ${success.description}`}</p>
      {answer?.headers.map((header) => (
        <p key={header} className="quiet header">
          <code>{header}</code>
        </p>
      ))}
      {body !== undefined && <Json value={body} name={`answer of ${summary}`} />}
    </div>
  );
}

async function read(response: Response, milliseconds: number): Promise<Omit<Received, "person">> {
  const text = await response.text();
  return {
    status: `${response.status} ${response.statusText}, ${milliseconds.toFixed(0)} ms`,
    headers: HEADERS.filter((name) => response.headers.has(name)).map((name) => `${name}: ${response.headers.get(name)}`),
    body: text ? JSON.parse(text) : undefined,
  };
}
