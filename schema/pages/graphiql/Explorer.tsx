/** GraphiQL, signed in as the person chosen in the bar. */

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { GraphiQL } from "graphiql";
import { useMemo, useSyncExternalStore } from "react";
import { canCopy } from "../session/clipboard";
import { currentPerson, onPersonChange } from "../session/person";
import { signsIn } from "../session/settings";
import { ClearAnswers, FreshSlug, LateSchema, RunAtFirstSight } from "./effects";
import { examples } from "./examples";
import { fetcherOf } from "./fetcher";
import { CopyLink, linkedTab } from "./link";
import { MemoryStorage } from "./storage";
import { Status } from "./Status";

const PLUGINS = [explorerPlugin({ hideActions: true, showAttribution: false }), HISTORY_PLUGIN];
const storage = new MemoryStorage();
const linked = linkedTab();
const tabs = linked ? [linked, ...examples.filter(({ query }) => query !== linked.query)] : examples;
const wide = matchMedia("(min-width: 701px)").matches;

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
      defaultEditorToolsVisibility={signsIn ? wide : "headers"}
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
            {canCopy && copy}
            {canCopy && <CopyLink />}
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <Status />
      </GraphiQL.Footer>
      <ClearAnswers person={person} />
      <FreshSlug />
      <LateSchema />
      {signsIn && tabs[0]?.query === examples[0]?.query && <RunAtFirstSight />}
    </GraphiQL>
  );
}
