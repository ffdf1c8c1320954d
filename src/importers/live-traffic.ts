import type { GuardCode } from "../model/catalogue/codes.ts";
import { ask, bodyInWords, type Shaped } from "../model/answer.ts";
import type { Answer, Api, Steps } from "../model/api.ts";
import { GuardError, LockstepError } from "../model/error.ts";
import { isList, isObj, textOf, type Json, type Obj } from "../model/json.ts";
import { guardHint } from "../model/guard.ts";
import { batches } from "../model/part-changes.ts";
import { readList } from "../model/read-list.ts";
import { runSteps } from "../canonical/run-steps.ts";

const TRUNKS = {
  op: "GET /api/v2/telephony/providers/edges/trunks",
  paging: "page",
  size: 100,
  query: { trunkType: "EXTERNAL" },
} as const;

const TRUNK_BASES = {
  op: "GET /api/v2/telephony/providers/edges/trunkbasesettings",
  paging: "page",
  size: 100,
} as const;

/** Trunks per metrics request: ids travel in the URL. */
const BATCH = 50;

/**
 * Refuses to change a standby that carries calls right now (genesys-api §5.4: trunk metrics), and one of which that cannot be
 * told: an answer without a count is no count of zero.
 * @throws GuardError `live-traffic`
 */
export async function assertStandbyIdle(api: Api, allow: ReadonlySet<GuardCode>): Promise<void> {
  if (allow.has("live-traffic")) return;
  const calls = await countCalls(api);
  if (calls === 0) return;
  throw busy(`The standby carries ${calls} calls right now`);
}

async function countCalls(api: Api): Promise<number> {
  try {
    return await runSteps(api, "trunk", callsInProgress());
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code !== "unusable-answer") throw error;
    throw busy(`Whether the standby carries calls cannot be told: ${error.message}`);
  }
}

function busy(message: string): GuardError {
  return new GuardError("live-traffic", message, guardHint("live-traffic"));
}

function* callsInProgress(): Steps<number> {
  const ids = (yield* readList(TRUNKS)).map((trunk) => textOf(trunk["id"]));
  if (ids.length === 0) yield* assertNoExternalTrunks();
  let calls = 0;
  for (const batch of batches(ids, BATCH)) {
    const query = { trunkIds: batch.join(",") };
    const counts = yield* ask({ op: `${TRUNKS.op}/metrics`, query }, (answer) => countsOf(answer, batch));
    calls += counts.reduce((sum, count) => sum + count, 0);
  }
  return calls;
}

/** An organisation without trunks carries no calls over them; one that is set up with some and lists none gives no answer. */
function* assertNoExternalTrunks(): Steps<void> {
  const bases = (yield* readList(TRUNK_BASES)).filter((base) => base["trunkType"] === "EXTERNAL");
  if (bases.length === 0) return;
  const names = bases.slice(0, 3).map((base) => textOf(base["name"]));
  const message = `Whether the standby carries calls cannot be told: it has external trunks (${names.join(", ")}) and lists none`;
  throw busy(message);
}

/** How many calls each of these trunks carries. @returns a fault where the answer does not say so of every one of them */
function countsOf(answer: Answer, ids: readonly string[]): Shaped<readonly number[]> {
  const { body } = answer;
  if (!isList(body)) return { fault: `${bodyInWords(answer)} instead of a list of metrics` };
  const metrics = new Map(body.flatMap((one): [string, Obj][] => (isObj(one) ? [[idOf(one["trunk"]), one]] : [])));
  const silent = ids.find((id) => !metrics.has(id));
  if (silent !== undefined) return { fault: `no metrics of the trunk ${silent}` };
  const counts = ids.flatMap((id) => countsIn(metrics.get(id)?.["calls"]));
  if (counts.every((count) => count !== undefined)) return { value: counts };
  return { fault: "metrics without the number of calls" };
}

function idOf(trunk: Json | undefined): string {
  return isObj(trunk) ? textOf(trunk["id"]) : "";
}

/** Unverified: that the platform gives both counts for a trunk that is out of service as well. */
function countsIn(calls: Json | undefined): (number | undefined)[] {
  const counts = isObj(calls) ? calls : {};
  return [counts["inboundCallCount"], counts["outboundCallCount"]].map((count) =>
    typeof count === "number" && Number.isInteger(count) && count >= 0 ? count : undefined,
  );
}
