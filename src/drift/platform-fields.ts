import { splitCoordinate } from "../model/coordinate.ts";
import { formatPointer, parsePointer, pointerCovers } from "../model/pointer.ts";
import type { Finding } from "../model/snapshot.ts";
import { compare, type Comparison, type Difference } from "./compare.ts";

/** A field that no schema knows, of all objects of a kind that have it. */
interface UnknownField {
  readonly kind: string;
  /** Pointer pattern: positions in lists are `*`. */
  readonly pattern: string;
  /** The first of the findings about it. */
  readonly first: Finding;
  readonly objects: number;
}

/** Differences, and findings in which an unknown field is told once for each kind. */
export interface ComparedFields {
  readonly differences: readonly Difference[];
  readonly findings: readonly Finding[];
}

/**
 * Compares, but for fields that the platform has just grown: a field that no schema knows and that differs on every object of a
 * kind at once is no difference of the objects. It stays as the standby has it, and one finding tells it for the kind.
 * @param findings those of both organisations
 */
export function compareKnown(comparison: Comparison, findings: readonly Finding[]): ComparedFields {
  const fields = unknownFields(findings);
  const others = findings.filter(({ code }) => code !== "unknown-field");
  const differences = compare(comparison);
  const everywhere = fields.filter((field) => differsEverywhere(field, comparison, differences));
  const told = fields.map((field) => fieldFinding(field, everywhere.includes(field)));
  if (everywhere.length === 0) return { differences, findings: [...others, ...told] };
  const isPlatforms = (coordinate: string, path: string): boolean => {
    const { kind } = splitCoordinate(coordinate);
    return everywhere.some((field) => field.kind === kind && pointerCovers(field.pattern, path));
  };
  const ignored: Comparison["ignored"] = (at, path) => comparison.ignored(at, path) || isPlatforms(at, path);
  return { differences: compare({ ...comparison, ignored }), findings: [...others, ...told] };
}

function unknownFields(findings: readonly Finding[]): UnknownField[] {
  const fields = new Map<string, UnknownField>();
  for (const finding of findings) {
    if (finding.code !== "unknown-field") continue;
    const { kind } = splitCoordinate(finding.coordinate);
    const pattern = patternOf(finding.path ?? "");
    const found = fields.get(`${kind}${pattern}`);
    const field = found ?? { kind, pattern, first: finding, objects: 0 };
    fields.set(`${kind}${pattern}`, { ...field, objects: field.objects + 1 });
  }
  return [...fields.values()];
}

function patternOf(path: string): string {
  return formatPointer(parsePointer(path).map((segment) => (/^\d+$/.test(segment) ? "*" : segment)));
}

/** Does it differ on each of several objects that both organisations have? Of a single object nobody can tell. */
function differsEverywhere(
  { kind, pattern }: UnknownField,
  { desired, current, renamed }: Comparison,
  differences: readonly Difference[],
): boolean {
  const isOfKind = (coordinate: string): boolean => splitCoordinate(coordinate).kind === kind;
  const both = [...desired.keys()].filter((at) => isOfKind(at) && current.has(renamed.get(at) ?? at)).length;
  const different = differences.filter(
    ({ coordinate, action, edits }) =>
      (action === "update" || action === "rename") &&
      isOfKind(coordinate) &&
      edits.some(({ path }) => pointerCovers(pattern, path)),
  ).length;
  return both > 1 && different === both;
}

function fieldFinding({ first, objects, kind }: UnknownField, isPlatforms: boolean): Finding {
  if (objects === 1 && !isPlatforms) return first;
  const who =
    objects === 1
      ? "this object alone has it"
      : `${String(objects)} objects of the kind ${kind} in both organisations have it`;
  const treatment = isPlatforms
    ? "it differs on every one of them, so it is not compared"
    : "it is kept and compared as it is";
  return {
    ...first,
    message: `Is not in lockstep's schema of this kind; ${who}, and ${treatment}`,
  };
}
