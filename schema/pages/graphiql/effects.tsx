/** What happens inside GraphiQL beside what it does by itself; none of this draws anything. */

import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef } from "react";
import type { Person } from "../session/person";
import { holdsSlug, renewSlug } from "./examples";
import { showStatus } from "./Status";

/** Clear the answers of every tab when another person is chosen. */
export function ClearAnswers({ person }: { person: Person }) {
  const { updateActiveTabValues } = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const editor = useGraphiQL((state) => state.responseEditor);
  const previous = useRef(person);
  useEffect(() => {
    if (previous.current === person) return;
    previous.current = person;
    for (const tab of tabs) tab.response = null; // read when the tab is opened: nothing on the screen depends on it
    updateActiveTabValues({ response: null });
    editor?.setValue("");
    showStatus(null);
  });
  return null;
}

/** Give the example of a create another slug once its slug is used, so that it can run again. */
export function FreshSlug() {
  const response = useActiveResponse();
  const editor = useGraphiQL((state) => state.variableEditor);
  useEffect(() => {
    if (editor && response && holdsSlug(response)) editor.setValue(renewSlug(editor.getValue()));
  }, [response, editor]);
  return null;
}

/** Load the schema after the first answer with data: without the switch, the token comes after the page. */
export function LateSchema() {
  const { introspect } = useGraphiQLActions();
  const response = useActiveResponse();
  const missing = useGraphiQL((state) => !state.schema && !state.isIntrospecting);
  useEffect(() => {
    if (missing && response?.startsWith('{\n  "data"')) introspect();
  }, [response]);
  return null;
}

/** Run the operation of the first tab once the schema is there; only for an example of our own, never for a link. */
export function RunAtFirstSight() {
  const { run } = useGraphiQLActions();
  const ready = useGraphiQL((state) => Boolean(state.schema && state.queryEditor && state.responseEditor));
  const done = useRef(false);
  useEffect(() => {
    if (!ready || done.current) return;
    done.current = true;
    run();
  }, [ready]);
  return null;
}

function useActiveResponse(): string | null | undefined {
  return useGraphiQL((state) => state.tabs[state.activeTabIndex]?.response);
}
