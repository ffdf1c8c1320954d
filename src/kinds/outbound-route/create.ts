import type { Steps } from "../../model/api.ts";
import { textOf, type Obj } from "../../model/json.ts";
import type { Change, List } from "../../model/kind.ts";
import { readList } from "../../model/read-list.ts";
import { createdId } from "../../model/unclear-write.ts";

const ROUTES = "/api/v2/telephony/providers/edges/sites/{siteId}/outboundroutes";
const OF_SITE: List = { op: `GET ${ROUTES}`, paging: "page", size: 100 };

/**
 * Creates a route, or adopts the one of that name: the platform makes a route with every new site (genesys-api §5.5), and
 * the site may be newer than the plan.
 */
export function* createRoute({ body, wanted, resolve }: Change): Steps<string> {
  const siteId = resolve(textOf(wanted["site"]));
  const present = yield* readList(OF_SITE, { siteId });
  const twin = present.find((route) => route["name"] === body["name"] && route["state"] !== "deleted");
  if (twin !== undefined) return yield* adopt(siteId, twin, body);
  return yield* createdId({ op: `POST ${ROUTES}`, path: { siteId }, body });
}

function* adopt(siteId: string, twin: Obj, body: Obj): Steps<string> {
  const id = textOf(twin["id"]);
  const version = twin["version"] === undefined ? {} : { version: twin["version"] };
  yield { op: `PUT ${ROUTES}/{id}`, path: { siteId, id }, body: { ...body, ...version } };
  return id;
}
