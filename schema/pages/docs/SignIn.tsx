/** Who sends the requests of this page: the person in the bar, or in production the owner of a token. */

import { useId, useSyncExternalStore } from "react";
import { currentPerson, onPersonChange } from "../session/person";
import { signsIn, tokenCommand } from "../session/settings";
import { Code } from "./Text";

export function SignIn({ token, onToken }: { token: string; onToken: (token: string) => void }) {
  return (
    <section id="sign-in">
      <h2>Sign in</h2>
      {signsIn ? <DemoPerson /> : <TokenField token={token} onToken={onToken} />}
    </section>
  );
}

function DemoPerson() {
  const { clinic, role } = useSyncExternalStore(onPersonChange, currentPerson);
  return (
    <>
      <p>
        This page sends its requests as the <strong>{role}</strong> of the clinic <strong>{clinic}</strong>; the bar at the
        top chooses another person. The <code>curl</code> commands take a token from the shell:
      </p>
      <Code name="the command for a token" text={`TOKEN=$(${tokenCommand} --org ${clinic} --role ${role})`} />
    </>
  );
}

function TokenField({ token, onToken }: { token: string; onToken: (token: string) => void }) {
  const id = useId();
  return (
    <>
      <p>
        Requests need a session token. It stays in the memory of this page; the <code>curl</code> commands read it from{" "}
        <code>$TOKEN</code> instead.
      </p>
      <label htmlFor={id}>Session token</label>
      <input
        id={id}
        type="password"
        autoComplete="off"
        value={token}
        onChange={(event) => onToken(event.target.value.trim())}
      />
    </>
  );
}
