import type { GuardCode } from "../model/catalogue/codes.ts";
import type { Answer, Api, Steps } from "../model/api.ts";
import { GuardError } from "../model/error.ts";
import { isList, isObj, objectsOf, textOf } from "../model/json.ts";
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

/** Trunks per metrics request: ids travel in the URL. */
const BATCH = 50;

/**
 * Refuses to change a standby that carries calls right now (genesys-api §5.4: trunk metrics).
 * @throws GuardError `live-traffic`
 */
export async function assertStandbyIdle(api: Api, allow: ReadonlySet<GuardCode>): Promise<void> {
  if (allow.has("live-traffic")) return;
  const calls = await runSteps(api, "trunk", callsInProgress());
  if (calls === 0) return;
  throw new GuardError("live-traffic", `The standby carries ${calls} calls right now`, guardHint("live-traffic"));
}

function* callsInProgress(): Steps<number> {
  const trunks = yield* readList(TRUNKS);
  const ids = trunks.map((trunk) => textOf(trunk["id"])).filter((id) => id !== "");
  let calls = 0;
  for (const batch of batches(ids, BATCH)) {
    const answer: Answer = yield {
      op: "GET /api/v2/telephony/providers/edges/trunks/metrics",
      query: { trunkIds: batch.join(",") },
    };
    for (const metrics of objectsOf(isList(answer.body) ? answer.body : [])) {
      const counts = isObj(metrics["calls"]) ? metrics["calls"] : {};
      calls += numberOf(counts["inboundCallCount"]) + numberOf(counts["outboundCallCount"]);
    }
  }
  return calls;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
