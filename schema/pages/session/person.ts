/** The demo person that the page is signed in as: chosen in the bar, kept under one key of localStorage. */

import { hasGraphiql, signsIn } from "./settings";

export interface Person {
  readonly clinic: string;
  readonly role: string;
}

const KEY = "clinic-person";
const form = document.querySelector<HTMLFormElement>("form.person")!;
const listeners = new Set<() => void>();
let person: Person;

export function currentPerson(): Person {
  return person;
}

/** Call `listener` whenever another person is chosen; the function returned ends that. */
export function onPersonChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Return a text that differs for every two persons. */
export function keyOf({ clinic, role }: Person): string {
  return `${clinic}/${role}`;
}

function readForm(): Person {
  const choice = new FormData(form);
  return { clinic: String(choice.get("clinic")), role: String(choice.get("role")) };
}

function restore(): void {
  const [clinic, role] = (localStorage.getItem(KEY) ?? "").split("/");
  for (const button of form.querySelectorAll("input")) {
    button.checked ||= button.value === clinic || button.value === role;
  }
}

restore();
person = readForm();
form.hidden = !signsIn;
form.addEventListener("change", () => {
  person = readForm();
  localStorage.setItem(KEY, keyOf(person));
  listeners.forEach((listener) => listener());
});
for (const link of document.querySelectorAll<HTMLAnchorElement>(".bar nav a")) {
  link.hidden = link.pathname === "/graphql" && !hasGraphiql;
  if (link.pathname === location.pathname.replace(/\/$/, "")) link.setAttribute("aria-current", "page");
}
