import type { Answer, Steps } from "../model/api.ts";
import { isObj, listOf, textOf, type Json, type Obj } from "../model/json.ts";
import type { Change, Kind } from "../model/kind.ts";
import { batches, setChanges } from "../model/part-changes.ts";
import { createdEntity } from "../model/unclear-write.ts";
import { schema } from "./generated/ivr.ts";

/** Numbers that one request may add (genesys-api §4.3). */
const NUMBERS_AT_ONCE = 50;

/** IVR call routes: which numbers lead to which flow at which hours. They are entry points. */
export const ivr: Kind = {
  name: "ivr",
  title: "IVR call route",
  mode: "write",
  schema,
  callers: "enter",
  numbers: ["dnis"],
  unique: [{ at: "dnis", per: "organisation" }],
  within: [{ at: "dnis", kind: "did-pool" }],
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/architect/ivrs", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/architect/ivrs/{id}" },
  },
  write: {
    create: createIvr,
    update: updateIvr,
    remove: "DELETE /api/v2/architect/ivrs/{id}",
    style: "full",
    version: "body",
    moveAs: "CALLROUTE",
    rename: "update",
    protect: true,
  },
  permissions: {
    read: ["routing:callRoute:view"],
    write: ["routing:callRoute:add", "routing:callRoute:edit", "routing:callRoute:delete"],
  },
};

function* createIvr({ body }: Change): Steps<string> {
  const [first = [], ...later] = batches(listOf(body["dnis"]), NUMBERS_AT_ONCE);
  const created = yield* createdEntity({ op: "POST /api/v2/architect/ivrs", body: { ...body, dnis: first } });
  yield* putInTurn(created.id, body, { version: created["version"] ?? null, numbers: first }, later);
  return created.id;
}

/**
 * Numbers are given up before others are taken, by a request of its own: two IVRs that exchange numbers have no order, and
 * each has to let go before the other one can take. Where they do not meet, the next run ends it.
 */
function* updateIvr({ id, body, entity }: Change): Steps<string> {
  const { added, removed } = setChanges(listOf(entity?.["dnis"]), listOf(body["dnis"]));
  const gone = new Set(removed);
  const kept = listOf(entity?.["dnis"]).filter((number) => !gone.has(number));
  const [first = [], ...later] = [...(removed.length > 0 ? [[]] : []), ...batches(added, NUMBERS_AT_ONCE)];
  const numbers = [...kept, ...first];
  const answer = yield { op: "PUT /api/v2/architect/ivrs/{id}", path: { id }, body: { ...body, dnis: numbers } };
  yield* putInTurn(id, body, { version: versionOf(answer), numbers }, later);
  return id;
}

function* putInTurn(
  id: string,
  body: Obj,
  first: { readonly version: Json; readonly numbers: readonly Json[] },
  later: readonly Json[][],
): Steps<void> {
  let current = first;
  for (const batch of later) {
    const dnis = [...current.numbers, ...batch];
    const answer: Answer = yield {
      op: "PUT /api/v2/architect/ivrs/{id}",
      path: { id },
      body: { ...body, version: current.version, dnis },
    };
    current = { version: versionOf(answer), numbers: dnis };
  }
}

/** Each change gives the version that the next one has to carry (genesys-api §1.4). */
function versionOf(answer: Answer): Json {
  return (isObj(answer.body) ? answer.body["version"] : undefined) ?? null;
}
