import { asEntity, ask } from "../../model/answer.ts";
import type { Steps } from "../../model/api.ts";
import { isObj, objectsOf, textOf, type Obj } from "../../model/json.ts";
import type { Change, List } from "../../model/kind.ts";
import { readList } from "../../model/read-list.ts";
import { createdId } from "../../model/unclear-write.ts";
import { planList } from "./plain.ts";

const SITE = "/api/v2/telephony/providers/edges/sites";

/** Creates a site, then replaces the number plans that the platform gave it (genesys-api §5.5). */
export function* createSite({ body, wanted }: Change): Steps<string> {
  const { numberPlans: _, ...own } = body;
  const id = yield* createdId({ op: `POST ${SITE}`, body: yield* withEmergencyNumber(own) });
  if (wanted["numberPlans"] !== undefined) yield* replacePlans(id, body, yield* readPlans(id));
  return id;
}

/** Updates what differs: the site, its number plans, or both. */
export function* updateSite({ id, body, entity, touched }: Change): Steps<string> {
  const { numberPlans: _, ...own } = body;
  if ([...touched].some((property) => property !== "numberPlans")) {
    yield { op: `PUT ${SITE}/{id}`, path: { id }, body: yield* withEmergencyNumber(own, entity?.["location"]) };
  }
  if (touched.has("numberPlans")) yield* replacePlans(id, body, objectsOf(entity?.["numberPlans"]));
  return id;
}

/** All in one answer, at most 200 (genesys-api §1.2). */
const PLANS: List = { op: `GET ${SITE}/{id}/numberplans`, paging: "none" };

/** Number plans of a site. */
export function* readPlans(id: string): Steps<Obj[]> {
  return yield* readList(PLANS, { id });
}

function* replacePlans(id: string, body: Obj, present: Obj[]): Steps<void> {
  yield { op: `PUT ${SITE}/{id}/numberplans`, path: { id }, body: planList(body, present) };
}

/** A site is written with its location's emergency number, not only with the id (genesys-api §5.5). */
function* withEmergencyNumber(body: Obj, known?: Obj[string]): Steps<Obj> {
  const location = body["location"];
  if (!isObj(location)) return body;
  const id = textOf(location["id"]);
  const current = isObj(known) && known["id"] === id ? known["emergencyNumber"] : undefined;
  const emergencyNumber = current ?? (yield* readEmergencyNumber(id));
  return emergencyNumber === undefined ? body : { ...body, location: { ...location, emergencyNumber } };
}

function* readEmergencyNumber(id: string): Steps<Obj | undefined> {
  const call = { op: "GET /api/v2/locations/{id}", path: { id } } as const;
  const location = yield* ask(call, (answer) => asEntity(answer, id));
  const found = location["emergencyNumber"];
  return isObj(found) ? { type: "default", ...found } : undefined;
}
