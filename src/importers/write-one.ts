import type { Coordinate } from "../model/coordinate.ts";
import { ApiError, LockstepError } from "../model/error.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { digestJson } from "../canonical/digest.ts";
import { runSteps } from "../canonical/run-steps.ts";
import { writeObject } from "../canonical/write-object.ts";
import { readTarget, type Target, type TargetObject } from "./target.ts";

/** Secrets for one object: pointer → value. Called only right before a write. */
export type SecretsFor = (coordinate: Coordinate) => Promise<ReadonlyMap<string, string>>;

/** What writing takes, whoever asks for it. */
export interface Writing {
  readonly target: Target;
  readonly secretsFor: SecretsFor;
}

/** One change of one object: `before` is what it was decided on. */
export type ObjectChange = Pick<Operation, "coordinate" | "action" | "edits" | "before" | "after">;

/**
 * Writes one object. When only its version moved meanwhile (as when a write of ours touched it), it is written again with the
 * version that is there now.
 * @param id its id; empty where it does not exist
 * @param present the object as it is; undefined where it does not exist
 * @returns its id
 * @throws ApiError when refused; LockstepError `unresolved-reference`
 */
export async function writeOne(
  change: ObjectChange,
  writing: Writing,
  kind: Kind,
  id: string,
  present: TargetObject | undefined,
): Promise<string> {
  try {
    return await write(change, writing, kind, id, present);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "version-conflict") throw error;
    return write(change, writing, kind, id, await unmoved(change, writing.target, kind, id, error));
  }
}

async function write(
  change: ObjectChange,
  { target, secretsFor }: Writing,
  kind: Kind,
  id: string,
  present: TargetObject | undefined,
): Promise<string> {
  const exists = present !== undefined;
  const verb = change.action === "delete" ? "delete" : exists ? "update" : "create";
  const wanted = change.after ?? {};
  const job = {
    kind,
    coordinate: change.coordinate,
    verb,
    id: exists ? id : "",
    wanted,
    ...(present === undefined ? {} : { current: present.object, entity: present.entity }),
    touched: touchedBy(change, wanted, exists),
    resolve: (coordinate: Coordinate) => resolveId(target, coordinate, change.coordinate),
    secrets: verb === "delete" ? new Map<string, string>() : await secretsFor(change.coordinate),
  } as const;
  return runSteps(target.api, kind.name, writeObject(job));
}

/** After a version conflict: the object again, if only its version moved (as when a write of ours touched it). */
async function unmoved(
  change: ObjectChange,
  target: Target,
  kind: Kind,
  id: string,
  conflict: ApiError,
): Promise<TargetObject> {
  const again = await readTarget(target, kind, change.coordinate, id, change.after);
  const planned = change.before === undefined ? undefined : digestJson(change.before);
  if (again === undefined || digestJson(again.object) !== planned) throw conflict;
  return again;
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
