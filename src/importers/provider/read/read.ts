import { defined } from "../../../model/defined.ts";
import { splitCoordinate } from "../../../model/coordinate.ts";
import { type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { withStateOf } from "../../target.ts";
import { objectIn } from "./inputs.ts";
import { earlierReading, outputsOf } from "./live.ts";
import { readSwept } from "./read-live.ts";
import type { Session } from "../rpc/session.ts";

/** A resource as it is: outputs, and the inputs that would make it so. */
export interface ReadResource {
  readonly outputs: Obj;
  readonly inputs: Obj;
}

/**
 * Reads an object for a refresh or an import.
 * @param state outputs and inputs in the engine's state; empty for an import
 * @returns undefined when it is gone
 */
export async function read(
  session: Session,
  kind: Kind,
  id: string,
  { olds, oldInputs }: { readonly olds: Obj; readonly oldInputs: Obj },
): Promise<ReadResource | undefined> {
  const live = await readSwept(session, kind, id, earlierReading(olds));
  if (live === undefined) return undefined;
  const { key } = splitCoordinate(live.coordinate);
  const lockstep = oldInputs["lockstep"] ?? olds["lockstep"];
  return {
    outputs: outputsOf(live, key, lockstep),
    inputs: { ...withStateOf(live, objectIn(oldInputs)), key, ...defined({ lockstep }) },
  };
}
