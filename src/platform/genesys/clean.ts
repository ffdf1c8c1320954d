/** What of a server's text fits into a message. */
const longest = 600;

/** C0 and C1 controls, and the marks that reverse the direction of text: a terminal would obey them. */
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A server's text, safe to print: white space becomes blanks, control characters their code points, length is bounded. */
export function printable(text: string): string {
  const flat = text
    .replace(/\s+/g, " ")
    .replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .trim();
  return flat.length > longest ? `${flat.slice(0, longest)}…` : flat;
}

/** Takes secrets out of texts, whoever put them there. */
export interface Redactor {
  /** Never show this again. */
  hide(secret: string): void;
  /** The text made printable and without any hidden secret. */
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
      return printable(longestFirst.reduce((cleaned, secret) => cleaned.replaceAll(secret, "[secret]"), text));
    },
  };
}
