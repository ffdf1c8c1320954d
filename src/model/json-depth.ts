/** Levels of nesting that a JSON text may have: far more than any configuration has, and few enough to recurse over. */
export const DEEPEST = 500;

const [QUOTE, BACKSLASH] = ['"'.charCodeAt(0), "\\".charCodeAt(0)];
const OPENING: ReadonlySet<number> = new Set(["[", "{"].map((sign) => sign.charCodeAt(0)));
const CLOSING: ReadonlySet<number> = new Set(["]", "}"].map((sign) => sign.charCodeAt(0)));

/** Where a JSON text becomes deeper than permitted; undefined where it never does. Does not recurse itself. */
export function tooDeepAt(text: string): number | undefined {
  if (text.length <= DEEPEST || !opensMore(text)) return undefined;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isQuoted) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isQuoted = false;
    } else if (code === QUOTE) isQuoted = true;
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) depth -= 1;
    if (depth > DEEPEST) return at;
  }
  return undefined;
}

/** Does a text hold more opening signs than may be open at once? Most hold fewer, and need no closer look. */
function opensMore(text: string): boolean {
  let signs = 0;
  for (const sign of ["[", "{"]) {
    for (let at = text.indexOf(sign); at >= 0 && signs <= DEEPEST; at = text.indexOf(sign, at + 1)) signs += 1;
  }
  return signs > DEEPEST;
}
