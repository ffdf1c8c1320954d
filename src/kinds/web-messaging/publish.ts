import { asEntity, ask } from "../../model/answer.ts";
import type { Answer, Steps } from "../../model/api.ts";
import { isObj, sameJson, textOf, type Json, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { readList } from "../../model/read-list.ts";
import { createdId } from "../../model/unclear-write.ts";
import { deploymentBody } from "./deployment-body.ts";
import { untilActive } from "./until-active.ts";
import { newestVersion } from "./versions.ts";

const CONFIGURATIONS = "/api/v2/webdeployments/configurations";
const DRAFT = `${CONFIGURATIONS}/{id}/versions/draft`;
const DEPLOYMENTS = "/api/v2/webdeployments/deployments";

/**
 * A configuration begins as a draft, and only what is published is used (genesys-api §4.5). A draft that a run of ours left
 * behind is taken over: the list of what is published does not show it.
 */
export function* createConfiguration(change: Change): Steps<string> {
  const { body } = change;
  const left = yield* draftLeftBehind(change);
  if (left !== undefined) yield { op: `PUT ${DRAFT}`, path: { id: left }, body };
  const id = left ?? (yield* createdId({ op: `POST ${CONFIGURATIONS}`, body }));
  yield* publish(id);
  return id;
}

/** A configuration of that name that was never published: ours where we began one, or where it says what ours would. */
function* draftLeftBehind({ body, begun }: Change): Steps<string | undefined> {
  const all = yield* readList({ op: `GET ${CONFIGURATIONS}`, paging: "cursor", size: 300 });
  for (const { id: own, name } of all) {
    const id = textOf(own);
    if (name !== body["name"] || (yield* newestVersion(id)) !== null) continue;
    const draft = yield* ask({ op: `GET ${DRAFT}`, path: { id } }, (answer) => asEntity(answer, id));
    if (begun === true || says(draft, body)) return id;
  }
  return undefined;
}

/** Does an object say what is in another one? It may say more. */
function says(object: Json | undefined, wanted: Json): boolean {
  if (!isObj(object) || !isObj(wanted)) return sameJson(object ?? null, wanted);
  return Object.entries(wanted).every(([name, value]) => says(object[name], value));
}

/** A deployment goes on with the version that it was given, so those that use the configuration follow it. */
export function* updateConfiguration({ id, body }: Change): Steps<string> {
  yield { op: `PUT ${DRAFT}`, path: { id }, body };
  const version = yield* publish(id);
  for (const deployment of yield* readList({ op: `GET ${DEPLOYMENTS}`, paging: "cursor", size: 300 })) {
    const { configuration } = deployment;
    if (!isObj(configuration) || configuration["id"] !== id || configuration["version"] === version) continue;
    yield* usePublished(deployment, { id, version });
  }
  return id;
}

function* publish(id: string): Steps<string> {
  yield* untilActive(`GET ${DRAFT}`, { id });
  const published: Answer = yield { op: `POST ${DRAFT}/publish`, path: { id } };
  const version = isObj(published.body) ? textOf(published.body["version"]) : "";
  yield* untilActive(`GET ${CONFIGURATIONS}/{id}/versions/{version}`, { id, version });
  return version;
}

function* usePublished(deployment: Obj, configuration: Obj): Steps<void> {
  const path = { id: textOf(deployment["id"]) };
  yield { op: `PUT ${DEPLOYMENTS}/{id}`, path, body: deploymentBody(deployment, configuration) };
  yield* untilActive(`GET ${DEPLOYMENTS}/{id}`, path);
}
