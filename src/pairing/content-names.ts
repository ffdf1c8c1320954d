import { coordinateOf, splitCoordinate, splitKey, joinKey } from "../model/coordinate.ts";
import type { Finding } from "../model/snapshot.ts";
import { namesOfKey } from "./identity.ts";
import type { RenameRule } from "./rename-rules.ts";
import type { RenamedObject, RenameMap } from "./renames.ts";

/** The name that a text has to use for an object in the standby, or undefined when it stays. */
export type NameFor = (kind: string, name: string) => string | undefined;

/** Names by which texts know objects: kind and name → the names that it may become. */
type Names = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * New names for texts that name objects by their key, by their own name, or by the last parts of their key (category and
 * name of a data action). The answer has the form of the question. What the source does not hold follows the rules
 * directly; the name of the source's Home division becomes that of the standby's. Undefined when every name stays, so
 * that no text has to be read.
 */
export function contentNames(
  renaming: RenameMap,
  rules: readonly RenameRule[],
  home: { readonly source: string; readonly target: string },
): { readonly nameFor: NameFor | undefined; readonly findings: readonly Finding[] } {
  const isRenamed = [...renaming.values()].some(({ coordinate, desired }) => coordinate !== desired);
  if (rules.length === 0 && !isRenamed && home.source === home.target) return { nameFor: undefined, findings: [] };
  const names = collectNames(renaming);
  const nameFor: NameFor = (kind, name) => {
    if (kind === "division" && home.source !== "" && name === home.source) return changed(name, home.target);
    const answers = names.get(coordinateOf(kind, name));
    if (answers === undefined) return changed(name, byRules(rules, kind, name));
    const [answer, ...others] = answers;
    return others.length > 0 ? undefined : changed(name, answer);
  };
  return { nameFor, findings: ambiguous(names) };
}

function changed(before: string, after: string | undefined): string | undefined {
  return after === undefined || after === "" || after === before ? undefined : after;
}

function byRules(rules: readonly RenameRule[], kind: string, name: string): string | undefined {
  const identity = { key: name, prefix: "", name };
  return rules
    .filter((rule) => rule.kind === kind)
    .reduce<string | undefined>((found, rule) => found ?? rule.newName(identity), undefined);
}

function collectNames(renaming: RenameMap): Names {
  const names = new Map<string, Set<string>>();
  for (const renamed of renaming.values()) {
    const { kind } = splitCoordinate(renamed.coordinate);
    for (const [from, to] of formsOf(renamed)) {
      const answers = names.get(coordinateOf(kind, from)) ?? new Set();
      names.set(coordinateOf(kind, from), answers.add(to));
    }
  }
  return names;
}

function formsOf({ identity, name, desired, fixed }: RenamedObject): ReadonlyMap<string, string> {
  if (fixed) return new Map(namesOfKey(identity.key).map((own) => [own, own]));
  const before = splitKey(identity.key);
  const after = splitKey(splitCoordinate(desired).key);
  const tails = before
    .slice(1)
    .map((_, at): [string, string] => [joinKey(...before.slice(at + 1)), joinKey(...after.slice(at + 1))]);
  return new Map([...tails, [identity.name, name], [identity.key, splitCoordinate(desired).key]]);
}

function ambiguous(names: Names): Finding[] {
  return [...names].flatMap(([coordinate, answers]) =>
    answers.size < 2
      ? []
      : [
          {
            code: "ambiguous-rename",
            coordinate,
            message: `Several objects have this name and become ${[...answers].join(" and ")}; where a text names one of them without more, the name stays`,
          },
        ],
  );
}
