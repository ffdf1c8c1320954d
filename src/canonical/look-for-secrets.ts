import { SECRET_WORDS, secretsInText } from "./secrets-in-text.ts";

/** A text, and the name under which it is kept: a property, a header or a column. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A part of a text that looks like a secret. */
export interface SecretRange {
  /** Position of the text in the list. */
  readonly text: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds what looks like a secret, by the rules of secretlint's recommended preset (tokens of known services, private keys, logins in
 * addresses), and what stands under a name that says so, such as the header `Authorization` (RFC 9110 §11.6.2): the name of the
 * text itself, or one in it.
 * The ranges are in the order of the texts, and do not overlap.
 */
export async function secretsIn(texts: readonly NamedText[]): Promise<SecretRange[]> {
  if (texts.length === 0) return [];
  const starts: number[] = [];
  let content = "";
  for (const { name, text } of texts) {
    content += `${withoutDirectives(JSON.stringify(name))}: `;
    starts.push(content.length);
    content += `${withoutDirectives(text)}\n`;
  }
  const byRule = (await foundByRules(content)).map(({ range: [from, to] }) => placeOf(starts, texts, from, to));
  const byName = texts.flatMap(({ name, text }, at) => (namesSecret(name, text) ? [wholeOf(text, at)] : []));
  const inside = texts.flatMap(({ text }, at) => secretsInText(text).map((range) => ({ text: at, ...range })));
  return inOrder([...byName, ...byRule, ...inside]);
}

/** What the rules find in a text. They are loaded once there is one to look at: most commands that start have none. */
async function foundByRules(content: string): Promise<{ readonly range: readonly [number, number] }[]> {
  const [{ lintSource }, { secretLintProfiler }, { creator }] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/profiler"),
    import("@secretlint/secretlint-rule-preset-recommend"),
  ]);
  // secretlint keeps a profile of every run for good and searches it in each later one, which a process that lives on pays for.
  const kept = [await secretLintProfiler.getEntries(), await secretLintProfiler.getMeasures()];
  for (const profile of kept) profile.length = 0;
  const { messages } = await lintSource({
    source: { filePath: "snapshot", content, ext: "", contentType: "text" },
    options: { noPhysicFilePath: true, config: { rules: [{ id: "recommended", rule: creator, options: {} }] } },
  });
  return messages;
}

/** Ranges in the order of the texts, those that overlap as one. */
export function inOrder(ranges: readonly SecretRange[]): SecretRange[] {
  return merged([...ranges].sort((a, b) => a.text - b.text || a.start - b.start));
}

/** The preset obeys comments that switch rules off, which anybody could put into a text. Their replacement has the same length. */
function withoutDirectives(text: string): string {
  return text.replaceAll("secretlint-", "secretlint_");
}

/** Sorted ranges, those that overlap as one. */
function merged(ranges: readonly SecretRange[]): SecretRange[] {
  const apart: SecretRange[] = [];
  for (const range of ranges) {
    const last = apart.at(-1);
    if (last === undefined || last.text !== range.text || range.start > last.end) apart.push(range);
    else apart[apart.length - 1] = { ...last, end: Math.max(last.end, range.end) };
  }
  return apart;
}

/** The range within the text that it is in; a match that starts in the name belongs to the text after it. */
function placeOf(starts: readonly number[], texts: readonly NamedText[], from: number, to: number): SecretRange {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= to - 1) low = middle;
    else high = middle - 1;
  }
  const start = starts[low] ?? 0;
  return { text: low, start: Math.max(0, from - start), end: Math.min(texts[low]?.text.length ?? 0, to - start) };
}

/** Names under which nothing but a secret is kept. */
const SECRET_NAME = new RegExp(`^(?:.*[-_ ])?(?:${SECRET_WORDS})$`, "i");

/** A literal: letters and digits without spaces, after an authentication scheme if there is one. References and templates are none. */
const LITERAL = /^(?:(?:basic|bearer|token|apikey)\s+)?(?=\S*\d)(?=\S*[a-z])[\w.~+/=!@#%^&*-]{8,}$/i;

function namesSecret(name: string, text: string): boolean {
  if (!SECRET_NAME.test(name.trim())) return false;
  return LITERAL.test(text) || /^basic\s+[a-z0-9+/]{8,}={0,2}$/i.test(text);
}

function wholeOf(text: string, at: number): SecretRange {
  return { text: at, start: 0, end: text.length };
}
