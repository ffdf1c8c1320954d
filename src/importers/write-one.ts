import type { Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { defined } from "../model/defined.ts";
import { runWrites } from "../canonical/run-steps.ts";
import { writeObject } from "../canonical/write-object.ts";
import type { HiddenSecrets } from "../model/placeholders.ts";
import { withSecretsShown } from "./show-secrets.ts";
import { isUnsettled, settleWrite } from "./settle-write.ts";
import { withFirstState } from "./unfinished.ts";
import type { ObjectChange, PresentObject } from "./object-change.ts";
import type { Target } from "./target.ts";

/** Secrets for one object: pointer → value. Called only right before a write. */
export type SecretsFor = (coordinate: Coordinate) => Promise<ReadonlyMap<string, string>>;

/** What writing takes, whoever asks for it. */
export interface Writing {
  readonly target: Target;
  readonly secretsFor: SecretsFor;
  /** Secrets that the configuration gives for free fields, behind their placeholders. */
  readonly given?: HiddenSecrets | undefined;
}

/**
 * Writes one object. Where its version moved meanwhile, or an answer leaves open what became of the write, the object itself
 * is asked: what took effect is done, and what is missing is written on the object as it is then, unless somebody else changed it.
 * @param present the object as it is; undefined where it does not exist
 * @returns its id
 * @throws ApiError when refused; LockstepError `unresolved-reference`, `outcome-unknown`
 */
export async function writeOne(
  change: ObjectChange,
  writing: Writing,
  kind: Kind,
  present: PresentObject | undefined,
): Promise<string> {
  try {
    return await write(change, writing, kind, present);
  } catch (error) {
    if (!isUnsettled(error)) throw error;
    const begun = { ...(present === undefined ? withFirstState(kind, change) : change), begun: true };
    const settled = await settleWrite(writing.target, { change: begun, kind, present, error });
    return "done" in settled ? settled.done : write(begun, writing, kind, settled.open);
  }
}

async function write(
  change: ObjectChange,
  { target, secretsFor, given }: Writing,
  kind: Kind,
  present: PresentObject | undefined,
): Promise<string> {
  const exists = present !== undefined;
  const verb = change.action === "delete" ? "delete" : exists ? "update" : "create";
  const touched = touchedBy(change, change.after ?? {}, exists);
  const shown = { wanted: change.after ?? {}, current: present?.object };
  const { wanted, current } = await withSecretsShown(
    target,
    { kind, coordinate: change.coordinate, present, touched, given },
    shown,
  );
  const job = defined({
    kind,
    coordinate: change.coordinate,
    verb,
    id: present?.id ?? "",
    wanted,
    current,
    entity: present?.entity,
    touched,
    resolve: (coordinate: Coordinate) => resolveId(target, coordinate, change.coordinate),
    begun: change.begun,
    secrets: verb === "delete" ? new Map<string, string>() : await secretsFor(change.coordinate),
  });
  return runWrites(target.api, kind.name, writeObject(job));
}

/** Top-level properties that a write concerns. */
function touchedBy(change: ObjectChange, wanted: Obj, exists: boolean): ReadonlySet<string> {
  const edited = change.edits.map((edit) => edit.path.split("/")[1] ?? "");
  return new Set(exists && change.action !== "create" ? edited : [...Object.keys(wanted), ...edited]);
}

function resolveId(target: Target, coordinate: Coordinate, from: Coordinate): string {
  const id = target.ids.get(coordinate);
  if (id !== undefined) return id;
  throw new LockstepError(
    "unresolved-reference",
    `${from} refers to ${coordinate}, which is not there`,
    `Create ${coordinate} in the organisation, or override the field in lockstep.yaml.`,
    { coordinate: from },
  );
}
