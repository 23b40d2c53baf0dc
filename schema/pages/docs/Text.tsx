/** Text of the document as elements: prose with its marks, and code that can be copied. */

import { Fragment, type ReactNode } from "react";
import { canCopy, useCopy } from "../session/clipboard";

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*/;
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b/g;

/** Paragraphs in which backquotes make code and double asterisks make strong. */
export function Prose({ text }: { text: string }) {
  return text.split("\n\n").map((paragraph, i) => (
    <p key={i}>
      <Inline text={paragraph} />
    </p>
  ));
}

export function Inline({ text }: { text: string }): ReactNode {
  const match = MARKS.exec(text);
  if (!match) return text;
  const [whole, code, strong] = match;
  return (
    <>
      {text.slice(0, match.index)}
      {code ? <code>{code}</code> : <strong>{strong}</strong>}
      <Inline text={text.slice(match.index + whole.length)} />
    </>
  );
}

interface CodeProps {
  readonly text: string;
  readonly name: string;
  readonly wrap?: boolean;
  readonly children?: ReactNode;
}

/** Preformatted text that the keyboard can scroll; `name` says what a button copies. */
export function Code({ text, name, wrap, children }: CodeProps) {
  const [copied, copy] = useCopy();
  return (
    <div className={wrap ? "code wrap" : "code"}>
      {canCopy && (
        <button type="button" className="copy" aria-label={`Copy ${name}`} onClick={() => copy(text)}>
          {copied ? "Copied" : "Copy"}
        </button>
      )}
      <pre tabIndex={0} role="group" aria-label={name}>
        <code>{children ?? text}</code>
      </pre>
    </div>
  );
}

/** A value as indented JSON, its keys and words marked. */
export function Json({ value, name }: { value: unknown; name: string }) {
  const text = JSON.stringify(value, null, 2);
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [whole, string, colon, word] = match;
    if (string && !colon) continue;
    const token = colon ? string! : word!;
    parts.push(text.slice(end, match.index), <span className={colon ? "key" : "word"}>{token}</span>);
    end = match.index + (colon ? token.length : whole.length);
  }
  return (
    <Code text={text} name={name}>
      {[...parts, text.slice(end)].map((part, i) => (
        <Fragment key={i}>{part}</Fragment>
      ))}
    </Code>
  );
}
