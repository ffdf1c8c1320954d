/** Stands for a character that is not shown. */
const NOT_SHOWN = "\uFFFD";

/** What a terminal or a browser would obey; the joiners that some languages and emoji are written with are none of it. */
const ACTING = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * Untrusted text, made safe for a terminal: control and formatting characters cannot act, and it is {@link wellFormed}.
 */
export function printable(text: string): string {
  return text.replace(ACTING, NOT_SHOWN);
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
