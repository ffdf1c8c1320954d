import type { Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Json, Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { placeholdersIn, withoutPlaceholders, type HiddenSecrets } from "../model/placeholders.ts";
import { formatPointer } from "../model/pointer.ts";
import { mapTexts } from "../canonical/embedded.ts";
import type { PresentObject } from "./object-change.ts";
import { readTarget, type Target } from "./target.ts";

/** A write that may have to carry secrets. */
export interface SecretCarrier {
  readonly kind: Kind;
  readonly coordinate: Coordinate;
  /** The object as it is; undefined where it does not exist. */
  readonly present: PresentObject | undefined;
  /** Top-level properties that the write concerns. */
  readonly touched: ReadonlySet<string>;
  /** Secrets that the configuration gives, behind their placeholders. */
  readonly given: HiddenSecrets | undefined;
}

/** What an object should be, and what it is. */
export interface WrittenObject {
  readonly wanted: Obj;
  readonly current: Obj | undefined;
}

/** A placeholder and the place in an object that it is in. */
export interface PlacedPlaceholder {
  readonly placeholder: string;
  readonly path: string;
}

/**
 * The object with secrets in the place of their placeholders, as far as a write sends it: those that the configuration gives, and
 * those that the object has itself. What was not read before is read for it.
 * @throws LockstepError `secret-missing` for a placeholder that nothing known stands behind: it is never sent as it is
 */
export async function withSecretsShown(
  target: Target,
  carrier: SecretCarrier,
  { wanted, current }: WrittenObject,
): Promise<WrittenObject> {
  const { kind, coordinate, present, given = new Map<string, string>() } = carrier;
  const isSent = sentBy(kind, carrier.touched, present !== undefined);
  const needed = placeholdersOf(wanted, isSent);
  if (needed.length === 0) return { wanted, current };
  const known = new Map([...given, ...secretsOf(target, present)]);
  const isMissing = (): PlacedPlaceholder | undefined => needed.find(({ placeholder }) => !known.has(placeholder));
  if (isMissing() !== undefined && present !== undefined) {
    const whole = await readTarget(target, { kind, coordinate, id: present.id }, wanted);
    for (const [placeholder, secret] of secretsOf(target, whole)) known.set(placeholder, secret);
  }
  const missing = isMissing();
  if (missing !== undefined) throw missingSecret(coordinate, missing);
  const shown = (object: Obj): Obj => showIn(object, isSent, (placeholder) => known.get(placeholder));
  return { wanted: shown(wanted), current: current && shown(current) };
}

/** The placeholders in those properties of an object that a write sends. */
export function placeholdersOf(object: Obj, isSent: (property: string) => boolean = () => true): PlacedPlaceholder[] {
  const found: PlacedPlaceholder[] = [];
  for (const [property, value] of Object.entries(object)) {
    if (!isSent(property)) continue;
    mapTexts(value, (text, path) => {
      const at = formatPointer([property, ...path]);
      found.push(...placeholdersIn(text).map(({ placeholder }) => ({ placeholder, path: at })));
      return text;
    });
  }
  return found;
}

/** Does a write of an object send a property? A part is written apart, and a patch carries what differs. */
export function sentBy(kind: Kind, touched: ReadonlySet<string>, exists: boolean): (property: string) => boolean {
  const apart = new Set((kind.read?.parts ?? []).flatMap(({ at, write }) => (write === undefined ? [] : [at])));
  const isPatch = exists && kind.write?.style === "patch" && typeof kind.write.update === "string";
  return (property) => touched.has(property) || !(isPatch || apart.has(property));
}

/** What stands behind the placeholders of an object. Where secrets are kept, such a text stands for itself. */
function secretsOf(
  { placeholders }: Target,
  read: { readonly object: Obj; readonly hidden?: HiddenSecrets } | undefined,
): HiddenSecrets {
  if (read === undefined || placeholders !== undefined) return read?.hidden ?? new Map();
  return new Map(placeholdersOf(read.object).map(({ placeholder }) => [placeholder, placeholder]));
}

function showIn(
  object: Obj,
  isSent: (property: string) => boolean,
  secretOf: (placeholder: string) => string | undefined,
): Obj {
  const show = (value: Json): Json => mapTexts(value, (text) => withoutPlaceholders(text, secretOf));
  return Object.fromEntries(
    Object.entries(object).map(([property, value]) => [property, isSent(property) ? show(value) : value]),
  );
}

/** Says that nothing tells a secret, and what to do about it. */
export function secretHint(path: string): string {
  return `Give the standby's own value under \`secrets\` with the path ${path}, set it in the standby and ignore the path under \`ignores\`, or override it.`;
}

function missingSecret(coordinate: Coordinate, { path }: PlacedPlaceholder): LockstepError {
  return new LockstepError(
    "secret-missing",
    `${coordinate} needs a secret at ${path} that neither the standby nor the configuration has`,
    secretHint(path),
    { coordinate, path },
  );
}
