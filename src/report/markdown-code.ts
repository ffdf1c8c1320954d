import { printable } from "../model/printable.ts";

/** Text as code: a code span where nothing in it can end one or a table cell, otherwise HTML in which every mark is an entity. */
export function code(text: string): string {
  const safe = printable(text);
  if (safe === "") return "";
  return /[`|\\]|^ | $/.test(safe) ? htmlCode(safe) : `\`${safe}\``;
}

/** Text as code inside HTML, where Markdown does not act. */
function htmlCode(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/** Text in which every mark is an entity: no Markdown, no HTML, no mention and no link can come of it. */
export function entities(text: string): string {
  return printable(text).replace(/[^\p{L}\p{N} ]/gu, (mark) => `&#${mark.codePointAt(0)};`);
}

/** Lines as a block of code, with a fence that is longer than any in them. */
export function fenced(lines: readonly string[], language: string): string[] {
  const shown = lines.map(printable);
  const longest = Math.max(2, ...shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [fence + language, ...shown, fence];
}
