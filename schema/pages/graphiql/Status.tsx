/** The line under the answer: what it took, from the answer's own headers. */

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let text = "";

/** Show what the headers of an answer tell, or nothing. */
export function showStatus(headers: Headers | null): void {
  text = headers ? statusOf(headers) : "";
  listeners.forEach((listener) => listener());
}

export function Status() {
  const status = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => text,
  );
  return (
    <p className="status" role="status">
      {status}
    </p>
  );
}

/** Return such as "1 SQL statement · cost 130 · 2.1 ms in the database · 3.4 ms in all · request 4fd1...". */
function statusOf(headers: Headers): string {
  const [statements, cost] = [headers.get("x-sql-statements"), headers.get("x-cost")];
  const durations = new Map(
    [...(headers.get("server-timing") ?? "").matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([, name, value]) => [name, value]),
  );
  const [database, total] = [durations.get("database"), durations.get("total")];
  const parts = [
    statements && `${statements} SQL statement${statements === "1" ? "" : "s"}`,
    cost && `cost ${cost}`,
    database && `${database} ms in the database`,
    total && `${total} ms in all`,
    `request ${headers.get("x-request-id")}`,
  ];
  return parts.filter(Boolean).join(" · ");
}
