import { GuardError, LockstepError } from "../model/error.ts";
import { canonicalJson, isList, isObj, type Json, type Obj } from "../model/json.ts";
import type { Plan } from "../model/plan.ts";
import { digestJson } from "../canonical/digest.ts";
import { parseJson } from "../snapshot/json-text.ts";
import { shapeCheck } from "../snapshot/validate-shape.ts";
import { schema } from "./generated/plan.ts";
import { planProblems, type PlanProblem } from "./plan-problems.ts";

/** A plan with its checksum. */
export function sealPlan(content: Omit<Plan, "sha256">): Plan {
  return { ...content, sha256: digestJson(content) };
}

/** The text of a plan file. */
export function planText(plan: Plan): string {
  return canonicalJson(plan);
}

/**
 * Reads a plan file. What it gives holds to the shipped schema, and its operations can be carried out in their order.
 * @throws LockstepError `plan-malformed` with the place, when it is not a plan of this version; GuardError `plan-edited` when
 *   it was changed
 */
export function parsePlan(text: string, file: string): Plan {
  const value = valueIn(text, file);
  if (!isPlan(value)) {
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
  const [shape] = CHECK(file, value);
  if (shape !== undefined) throw malformed(file, shape);
  const plan = value as Plan;
  const [problem] = planProblems(plan);
  if (problem !== undefined) throw malformed(file, problem);
  return plan;
}

const CHECK = shapeCheck(schema);

function isPlan(value: Json): value is Obj {
  return isObj(value) && value["schemaVersion"] === 1 && isList(value["operations"]);
}

function malformed(file: string, { path, expected, found }: PlanProblem): LockstepError {
  const message = `${file}${path === "" ? "" : ` at ${path}`}: expected ${expected}, found ${found}`;
  return new LockstepError("plan-malformed", message, "Make a new plan with this version of lockstep.", { file, path });
}

function valueIn(text: string, file: string): Json {
  const parsed = parseJson(text);
  if ("value" in parsed) return parsed.value;
  const path = `line ${parsed.error.line}, column ${parsed.error.column}`;
  const message = `${file} is not JSON that lockstep reads: found ${parsed.found} at ${path}`;
  throw new LockstepError("plan-malformed", message, "Make a new plan.", { file, path });
}
