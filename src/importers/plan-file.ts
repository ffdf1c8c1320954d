import { GuardError, LockstepError } from "../model/error.ts";
import { canonicalJson, isList, isObj, type Json, objectsOf, textOf } from "../model/json.ts";
import { isGuard } from "../model/guard.ts";
import type { Plan } from "../model/plan.ts";
import { digestJson } from "../canonical/digest.ts";

/** A plan with its checksum. */
export function sealPlan(content: Omit<Plan, "sha256">): Plan {
  return { ...content, sha256: digestJson(content) };
}

/** The text of a plan file. */
export function planText(plan: Plan): string {
  return canonicalJson(plan);
}

/**
 * Reads a plan file.
 * @throws LockstepError `plan-malformed` when it is not a plan of this version; GuardError `plan-edited` when it was changed
 */
export function parsePlan(text: string, file: string): Plan {
  const value = parseJson(text, file);
  if (!isObj(value) || value["schemaVersion"] !== 1 || !isList(value["operations"])) {
    throw new LockstepError(
      "plan-malformed",
      `${file} is not a plan of this version of lockstep`,
      "Make a plan with `lockstep plan -o FILE`.",
      { file },
    );
  }
  const { sha256, ...content } = value;
  if (sha256 !== digestJson(content)) {
    throw new GuardError(
      "plan-edited",
      `${file} does not match its checksum: it was changed after it was made`,
      "Make a new plan; change what it should do in lockstep.yaml, not in the file.",
      { file },
    );
  }
  const unknown = objectsOf(value["guards"]).find(({ guard }) => !isGuard(textOf(guard)));
  if (unknown !== undefined) {
    throw new LockstepError(
      "plan-malformed",
      `${file} runs into the guard ${JSON.stringify(unknown["guard"])}, which this version of lockstep does not know`,
      "Make a new plan with this version.",
      { file },
    );
  }
  return value as Plan;
}

function parseJson(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new LockstepError("plan-malformed", `${file} is not JSON: ${reason}`, "Make a new plan.", { file });
  }
}
