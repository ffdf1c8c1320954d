import { onOneLine } from "./printable.ts";

/** Stands for a secret wherever a value would be shown. */
export const REDACTED = "[secret]";

/** What of a server's text fits into a message. */
const LONGEST = 600;

/** Takes secrets out of texts, whoever put them there. */
export interface Redactor {
  /** Never show this again. */
  hide(secret: string): void;
  /** A server's text on one line, without any hidden secret, safe to print and of bounded length. */
  clean(text: string): string;
}

/** Creates a redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const hidden = new Set<string>();
  return {
    hide: (secret) => {
      if (secret !== "") hidden.add(secret);
    },
    clean: (text) => {
      const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
      const shown = onOneLine(longestFirst.reduce((cleaned, secret) => cleaned.replaceAll(secret, REDACTED), text));
      return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
    },
  };
}
