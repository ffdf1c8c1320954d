import picomatch from "picomatch";

/** Does a name match? */
export type NameMatch = (name: string) => boolean;

/**
 * A matcher for the globs of `lockstep.yaml`. Names are not paths: `*` also stands for slashes and dots, case counts,
 * and parentheses, bars, `!` and `#` at the start are ordinary characters, because names hold them. A glob always
 * matches the name that is written exactly like it.
 */
export function nameMatcher(glob: string): NameMatch {
  const literal = glob.replaceAll(/[()|]/g, "\\$&");
  const matches = picomatch(literal, { bash: true, dot: true, flags: "s", noextglob: true, nonegate: true });
  const end = plainEnd(glob);
  return (name) => name === glob || (name !== "" && name.endsWith(end) && matches(name));
}

/** What every match ends with, for plain globs: hardly any name does, and that is quick to see. */
function plainEnd(glob: string): string {
  return /^[\w *-]*$/.test(glob) ? glob.slice(glob.lastIndexOf("*") + 1) : "";
}

/** The glob that matches a name and no other. */
export function exactly(name: string): string {
  return name.replaceAll(/[*?[\]{}\\]/g, "\\$&");
}

/** A matcher that accepts what any of several names matches. */
export function matchesAny(match: NameMatch, names: readonly string[]): boolean {
  return names.some(match);
}
