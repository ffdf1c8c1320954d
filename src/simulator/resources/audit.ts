import { visible } from "../audit/log.ts";
import { idOf, messageOf } from "../audit/message.ts";
import { demandExpansion, found, isAscending, queryFrom, serviceMapping, wholeFrom } from "../audit/query.ts";
import { objectBody } from "../engine.ts";
import { badRequest, notFound } from "../errors.ts";
import { textAt } from "../json.ts";
import { queryValues } from "../listing.ts";
import type { Call, Resource, Route } from "../resource.ts";
import { allOf } from "../resource.ts";
import type { Reply } from "../world.ts";
import { queryResults, queryState, startQuery } from "./audit-jobs.ts";

const path = "/api/v2/audits/query";
/** The page of the other queries is at most this; the definition says nothing of this one. */
const mostOnPage = 500;

function realtime(call: Call): Reply {
  const body = objectBody(call);
  demandExpansion(queryValues(call, "expand"));
  const query = queryFrom(body, call.world);
  const pageSize = wholeFrom(body, "pageSize", 25, mostOnPage);
  const pageNumber = wholeFrom(body, "pageNumber", 1);
  // What is older than the log is silently not there: seen with a public client, not documented.
  const records = found(visible(call.org, call.world), query);
  const page = records.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  const entities = page.map((record) => messageOf(record, call.org));
  const total = records.length;
  return { status: 200, json: { entities, pageSize, pageNumber, total, pageCount: Math.ceil(total / pageSize) } };
}

/** All messages of the request that one message is of, that one among them. */
function related(call: Call): Reply {
  const body = objectBody(call);
  demandExpansion(queryValues(call, "expand"));
  if (textAt(body.auditId) === "") throw badRequest("auditId is required", "constraint.validation");
  const records = visible(call.org, call.world);
  const one = records.find((record) => idOf(record, call.org) === body.auditId);
  if (!one) throw notFound("The audit");
  const same = records.filter(({ transaction }) => transaction === one.transaction);
  const inOrder = isAscending(body) ? same : same.reverse();
  return { status: 200, json: { entities: inOrder.map((record) => messageOf(record, call.org)) } };
}

function route(method: string, below: string, handle: (call: Call) => Reply): Route {
  return { method, path: `${path}${below}`, needs: allOf("audits:audit:view"), handle };
}

const mapping = (call: Call): Reply => ({ status: 200, json: serviceMapping(call.world) });

/** The audit log: what was changed through the API, by whom and when (genesys-api §14.2). */
export const audit: Resource = {
  kind: "audit",
  path,
  fields: {},
  needs: {},
  routes: [
    route("POST", "/realtime", realtime),
    route("POST", "/realtime/related", related),
    route("GET", "/realtime/servicemapping", mapping),
    route("GET", "/servicemapping", mapping),
    route("POST", "", startQuery),
    route("GET", "/{id}", queryState),
    route("GET", "/{id}/results", queryResults),
  ],
};
