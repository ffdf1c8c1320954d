import { isObj, textOf, type Obj } from "../../model/json.ts";
import type { Settled } from "../../model/until-settled.ts";

/** Has Architect ended what it does to an object, as its `currentOperation` tells (genesys-api §4.3)? */
export function hasEnded({ currentOperation }: Obj): Settled {
  if (!isObj(currentOperation)) return true;
  const { complete, actionStatus, errorMessage } = currentOperation;
  if (actionStatus === "FAILURE") return { failed: textOf(errorMessage, "no reason given") };
  return complete !== false;
}
