/** Buttons that copy a text. */

import { useState } from "react";

/** Whether a page may write to the clipboard: browsers allow it at https and loopback addresses only. */
export const canCopy = "clipboard" in navigator;

/** Return a function that copies a text, and whether it has done so in the last two seconds. */
export function useCopy(): [copied: boolean, copy: (text: string) => Promise<void>] {
  const [copied, setCopied] = useState(false);
  const copy = async (text: string) => {
    setCopied(await navigator.clipboard.writeText(text).then(() => true, () => false)); // the user may have refused
    setTimeout(() => setCopied(false), 2_000);
  };
  return [copied, copy];
}
