import type { Steps } from "../../model/api.ts";
import { splitCoordinate, splitKey } from "../../model/coordinate.ts";
import { isObj, textOf, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { createdId } from "../../model/unclear-write.ts";

const ROUTES = "/api/v2/routing/email/domains/{domainName}/routes";

export function* createEmailRoute(change: Change): Steps<string> {
  const path = { domainName: domainOf(change) };
  return yield* createdId({ op: `POST ${ROUTES}`, path, body: withPattern(change) });
}

export function* updateEmailRoute(change: Change): Steps<string> {
  const path = { domainName: domainOf(change), id: change.id };
  yield { op: `PUT ${ROUTES}/{id}`, path, body: withPattern(change) };
  return change.id;
}

function domainOf({ coordinate, resolve }: Change): string {
  const [domain = ""] = splitKey(splitCoordinate(coordinate).key);
  return resolve(`email-domain/${domain}`);
}

/** The route that replies come from is named by its pattern too (definition InboundRoute; official provider). */
function withPattern({ body, wanted }: Change): Obj {
  const reply = body["replyEmailAddress"];
  const named = wanted["replyEmailAddress"];
  if (!isObj(reply) || !isObj(reply["route"]) || !isObj(named)) return body;
  const pattern = splitKey(splitCoordinate(textOf(named["route"])).key).at(-1) ?? "";
  return { ...body, replyEmailAddress: { ...reply, route: { ...reply["route"], pattern } } };
}
