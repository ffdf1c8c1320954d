/** Stands for a character that is not shown. */
const NOT_SHOWN = "\uFFFD";

/** What a terminal or a browser would obey; the joiners that some languages and emoji are written with are none of it. */
const ACTING = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Spaces that look like the ordinary one and are another. */
const UNUSUAL_SPACE = /(?! )\p{Zs}/gu;

/** A letter and the marks that follow it; most have one character of their own (Unicode NFC). */
const MARKED = /\P{M}\p{M}+/gu;

/**
 * Untrusted text, made safe for a terminal: control and formatting characters cannot act, and it is {@link wellFormed}. Two
 * names that differ look different: unusual spaces, and marks of letters that have one character, are spelled out as in JSON.
 */
export function printable(text: string): string {
  return text
    .replace(ACTING, NOT_SHOWN)
    .replace(UNUSUAL_SPACE, escaped)
    .replace(MARKED, (letter) => (letter.normalize("NFC") === letter ? letter : letter.replace(/\p{M}/gu, escaped)));
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}

/** The same for a text of several lines: line feeds stay. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** The same on one line: white space of every sort becomes single blanks. */
export function onOneLine(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim());
}

/** The text without halves of characters, which UTF-8 cannot hold; what has to be encoded must be free of them. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, NOT_SHOWN);
}
