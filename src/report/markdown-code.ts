import { printable } from "../model/printable.ts";

/**
 * Text as code: a code span where nothing in it can end one or a table cell, or be taken for a comment of ours; otherwise HTML in which every
 * mark is an entity. Only in code does GitHub neither mention nor link: elsewhere it reads the rendered text, where an entity is its
 * character again (html-pipeline, `MentionFilter`).
 */
export function code(text: string): string {
  const safe = printable(text);
  if (safe === "") return "";
  return /[`|\\]|<!--|^ | $/.test(safe) ? htmlCode(safe) : `\`${safe}\``;
}

/** Text as code inside HTML, where Markdown does not act. */
function htmlCode(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/** Text in which every mark is an entity: neither Markdown nor HTML can come of it. Text that may hold a mention has to be {@link code}. */
export function entities(text: string): string {
  return printable(text).replace(/[^\p{L}\p{N} ]/gu, (mark) => `&#${mark.codePointAt(0)};`);
}

/** Lines as a block of code, with a fence that is longer than any in them. What looks like a comment of HTML is spelled out. */
export function fenced(lines: readonly string[], language: string): string[] {
  const shown = lines.map((line) => printable(line).replaceAll("<!--", "\\u003c!--"));
  const longest = Math.max(2, ...shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [fence + language, ...shown, fence];
}
