/** Stands for a character that is not shown. */
const NOT_SHOWN = "\uFFFD";

/** What a terminal would obey, and halves of characters. */
const ACTING = /[\p{Cc}\p{Cs}]/gu;

/** What turns text around, breaks lines, cannot be seen, or is no character (XML has no U+FFFF); joiners and variants have a rule of their own. */
const UNSEEN =
  /(?![\u200C\u200D\uFE00-\uFE0F])[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029\u2800]/gu;

/** Some languages and emoji are written with joiners and variants; beside Latin letters, and alone, they are only unseen. */
const OUT_OF_PLACE =
  /(?<=^|[\p{Script=Latin}\p{N}\p{Z}])[\u200C\u200D]|[\u200C\u200D](?=$|[\p{Script=Latin}\p{N}\p{Z}])|(?<=^|[\p{Script=Latin}\p{Z}])[\uFE00-\uFE0F]/gu;

/** Spaces that look like the ordinary one and are another. */
const UNUSUAL_SPACE = /(?! )\p{Zs}/gu;

/** Spaces at the end, which nobody sees. Those at the start may indent a line. */
const LAST_SPACES = /(?<=\S) +$/;

/**
 * What the log of a pipeline would obey: GitHub's runner and the agent of Azure Pipelines read `##[…]` and `##vso[…]` anywhere in a line, and
 * the runner `::command::` at its start (actions/runner, `ActionCommand`; microsoft/azure-pipelines-agent, `Command`).
 */
const COMMAND = /#(?=#(?:\[|vso\[))|(?<=^\s*):(?=:[a-z][a-z-]*(?:\s[^:]*)?::)/giu;

/** A letter and the marks that follow it; most have one character of their own (Unicode NFC). */
const MARKED = /\P{M}\p{M}+/gu;

/**
 * Untrusted text, made safe for a terminal and for the log of a pipeline: control and formatting characters cannot act, and it is {@link wellFormed}. Two
 * names that differ look different: what cannot be seen, unusual spaces, spaces at the end, and marks of letters that have one character are
 * spelled out as in JSON.
 */
export function printable(text: string): string {
  return text
    .replace(ACTING, NOT_SHOWN)
    .replace(UNSEEN, escaped)
    .replace(OUT_OF_PLACE, escaped)
    .replace(UNUSUAL_SPACE, escaped)
    .replace(COMMAND, escaped)
    .replace(LAST_SPACES, (spaces) => [...spaces].map(escaped).join(""))
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
