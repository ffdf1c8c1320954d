import { onOneLine, wellFormed } from "./printable.ts";

/** Stands for a secret wherever a value would be shown. */
export const REDACTED = "[secret]";

/** What of a server's text fits into a message. */
const LONGEST = 600;

/** Takes secrets out of texts, whoever put them there. */
export interface Redactor {
  /** Never show this again, neither as it is nor in an encoding that an answer may repeat it in. */
  hide(secret: string): void;
  /** A server's text on one line, without any hidden secret, safe to print and of bounded length. */
  clean(text: string): string;
}

/** Creates a redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const hidden = new Set<string>();
  return {
    hide: (secret) => {
      for (const form of formsOf(secret)) if (form !== "") hidden.add(form);
    },
    clean: (text) => {
      const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
      const plain = withoutEncoded(text, longestFirst);
      const shown = onOneLine(longestFirst.reduce((cleaned, secret) => cleaned.replaceAll(secret, REDACTED), plain));
      return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
    },
  };
}

/** Bytes that an encoded secret needs to be told from the bytes that any word or id stands for. */
const TELLING = 4;

/** What may be text in hex, or in base64 of either alphabet, in a URL as well. */
const ENCODED = /(?:[A-Za-z0-9+/_-]|%2[BF])+(?:=|%3D)*/gi;

/** A text without what stands for a hidden secret among other things, such as the user and password of a basic login (RFC 7617). */
function withoutEncoded(text: string, hidden: readonly string[]): string {
  const telling = hidden.map((secret) => Buffer.from(secret)).filter(({ length }) => length >= TELLING);
  if (telling.length === 0) return text;
  return text.replaceAll(ENCODED, (run) => {
    const read = decoded(run);
    return telling.some((secret) => read.some((bytes) => bytes.includes(secret))) ? REDACTED : run;
  });
}

/** What a run of characters may stand for. It may begin with others that only look like part of it. */
function decoded(run: string): Buffer[] {
  const plain = run.replaceAll(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
  const inBase64 = [0, 1, 2, 3].map((skipped) => Buffer.from(plain.slice(skipped), "base64"));
  const inHex = (plain.match(HEX) ?? []).flatMap((hex) => [Buffer.from(hex, "hex"), Buffer.from(hex.slice(1), "hex")]);
  return [...inBase64, ...inHex];
}

const HEX = /[0-9a-f]{8,}/gi;

/** A secret in every form, its letters composed or not (Unicode normalization forms C and D). */
function formsOf(secret: string): string[] {
  return [...new Set([secret, secret.normalize("NFC"), secret.normalize("NFD")])].flatMap(encodingsOf);
}

/** A secret as it may come back: as it is, in JSON (also inside a JSON text), in a URL or a form, in HTML, in base64. */
function encodingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(wellFormed(secret));
  const bytes = Buffer.from(secret);
  return [
    secret,
    secret.trim(),
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll("/", "\\/"),
    // Go and PHP escape what HTML would act on, Python and PHP all that is not ASCII.
    json.replaceAll(/[&<>]/g, unicode),
    json.replaceAll(/[^\x20-\x7e]/g, unicode),
    json.replaceAll(/[&<>]|[^\x20-\x7e]/g, unicode),
    url,
    new URLSearchParams({ "": wellFormed(secret) }).toString().slice(1),
    url.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    secret.replaceAll(/[&<>"']/g, (character) => HTML[character] ?? character),
    secret.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
    secret.replaceAll(/[&<>"']/g, (character) =>
      /["']/.test(character) ? `&#${character.charCodeAt(0)};` : (HTML[character] ?? ""),
    ),
    bytes.toString("base64"),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
  ];
}

function unicode(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const HTML: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
