import { visible } from "../audit/log.ts";
import { demandExpansion, found, queryFrom, serviceMapping, wholeFrom } from "../audit/query.ts";
import { objectBody } from "../engine.ts";
import { queryValues } from "../listing.ts";
import type { Call, Resource, Route } from "../resource.ts";
import { allOf } from "../resource.ts";
import type { Reply } from "../world.ts";

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
  const messages = found(visible(call.org, call.world), query);
  const entities = messages.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  const pageCount = Math.ceil(messages.length / pageSize);
  return { status: 200, json: { entities, pageSize, pageNumber, total: messages.length, pageCount } };
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
    route("GET", "/realtime/servicemapping", mapping),
    route("GET", "/servicemapping", mapping),
  ],
};
