/** Text renamed by a rule, or undefined when the rule does not match it. */
export type TextRewrite = (text: string) => string | undefined;

/** What a pattern must not hold: matching time would depend on more than the length of a name. */
const REFUSED: readonly { readonly part: RegExp; readonly what: string }[] = [
  { part: /\(\?<?[=!]/, what: "look-around" },
  { part: /\\[1-9]|\\k</, what: "a back-reference" },
];

/** Repetitions without an upper end: each one multiplies the work by the length of the name. */
const MOST_OPEN_REPEATS = 3;

/** Repetitions, options and choices together: they multiply as well. */
const MOST_CHOICES = 24;

/**
 * What is wrong with a pattern and its replacement, or undefined. A pattern that passes answers in time that any
 * name of an organisation allows.
 */
export function patternProblem(pattern: string, replace: string): string | undefined {
  const bare = withoutClasses(pattern);
  const refused = REFUSED.find(({ part }) => part.test(pattern));
  if (refused !== undefined) return `the pattern uses ${refused.what}, which is not supported`;
  if (hasNestedRepeat(bare)) return "the pattern repeats a group that itself holds a repetition or a choice";
  if ((bare.match(/[*+]|\{\d+,\}/g) ?? []).length > MOST_OPEN_REPEATS) {
    return `the pattern has more than ${String(MOST_OPEN_REPEATS)} open repetitions (* or +)`;
  }
  if ((bare.match(/[*+?|]|\{\d/g) ?? []).length > MOST_CHOICES) return "the pattern is too complicated";
  const groups = groupsOf(pattern);
  if (groups === undefined) return "the pattern is not a regular expression";
  return unknownGroup(replace, groups);
}

/**
 * A function that renames by a pattern. A pattern without `^` or `$` has to match the whole text; with one of them it
 * matches where it says, and only what it matched is replaced.
 * @param pattern one that {@link patternProblem} found nothing wrong with
 */
export function rewriteBy(pattern: string, replace: string): TextRewrite {
  const regex = compile(isAnchored(pattern) ? pattern : `^(?:${pattern})$`);
  return (text) => (regex.test(text) ? text.replace(regex, replace) : undefined);
}

/** In Unicode mode a dot is a whole character; only without it are needless escapes such as `\-` allowed. */
function compile(source: string): RegExp {
  try {
    return new RegExp(source, "us");
  } catch {
    return new RegExp(source, "s");
  }
}

function isAnchored(pattern: string): boolean {
  return /[\^$]/.test(withoutClasses(pattern));
}

/** The pattern without escapes and with every character class as a dot, so that what is left are operators and text. */
function withoutClasses(pattern: string): string {
  return pattern.replaceAll(/\\./gsu, "_").replaceAll(/\[[^\]]*\]/g, ".");
}

function hasNestedRepeat(bare: string): boolean {
  const open: boolean[] = [];
  const text = bare.replaceAll(/\(\?(?::|<[^>]*>)?/g, "(");
  for (const [at, character] of [...text].entries()) {
    if (character === "(") open.push(false);
    else if (/[*+?|{]/.test(character)) open.fill(true);
    else if (character === ")" && open.pop() === true && /^[*+?{]/.test([...text].slice(at + 1).join(""))) return true;
  }
  return false;
}

/** Number and names of the groups of a pattern, or undefined when it is no regular expression. */
function groupsOf(pattern: string): { count: number; names: readonly string[] } | undefined {
  try {
    const match = compile(`(?:${pattern})|`).exec("");
    return { count: (match?.length ?? 1) - 1, names: Object.keys(match?.groups ?? {}) };
  } catch {
    return undefined;
  }
}

function unknownGroup(replace: string, groups: { count: number; names: readonly string[] }): string | undefined {
  for (const [text, digits, name] of replace.replaceAll("$$", "").matchAll(/\$(?:(\d{1,2})|<([^>]*)>)/g)) {
    const known = digits === undefined ? groups.names.includes(name ?? "") : isGroup(Number(digits), groups.count);
    if (!known) return `the replacement uses ${text}, but the pattern has no such group`;
  }
  return undefined;
}

function isGroup(number: number, count: number): boolean {
  const tens = Math.floor(number / 10);
  return (number >= 1 && number <= count) || (tens >= 1 && tens <= count);
}
