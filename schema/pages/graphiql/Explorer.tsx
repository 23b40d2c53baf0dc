/** GraphiQL, signed in as the person chosen in the bar. */

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { currentPerson, onPersonChange, signsIn } from "../session/person";
import { examples } from "./examples";
import { fetcherOf } from "./fetcher";
import { CopyLink, linkedTab } from "./link";
import { MemoryStorage } from "./storage";
import { Status } from "./Status";

const PLUGINS = [explorerPlugin({ hideActions: true, showAttribution: false }), HISTORY_PLUGIN];
const storage = new MemoryStorage();
const linked = linkedTab();
const tabs = linked ? [linked, ...examples] : examples;

export function Explorer() {
  const person = useSyncExternalStore(onPersonChange, currentPerson);
  const fetcher = useMemo(() => fetcherOf(person), [person]);
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={PLUGINS}
      storage={storage}
      defaultTabs={tabs}
      initialVariables={tabs[0]?.variables ?? undefined} // GraphiQL shows the first tab's variables from here only
      defaultEditorToolsVisibility={signsIn ? "variables" : "headers"}
      isHeadersEditorEnabled={!signsIn}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>{null}</GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyLink />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <Status />
      </GraphiQL.Footer>
      <AnswersOf person={person} />
    </GraphiQL>
  );
}

/** Clears the answers of every tab when another person is chosen. */
function AnswersOf({ person }: { person: unknown }) {
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
  });
  return null;
}
