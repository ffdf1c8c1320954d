/** Stands for a character that is not shown. */
const NOT_SHOWN = "\uFFFD";

/** A text from outside on one line, made safe for a terminal: control and formatting characters cannot act. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, NOT_SHOWN);
}

/** The same for a text of several lines: line feeds stay. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
