import type { Answer, Steps } from "../../model/api.ts";
import { isObj, textOf, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { readList } from "../../model/read-list.ts";
import { createdId } from "../../model/unclear-write.ts";
import { deploymentBody } from "./deployment-body.ts";
import { untilActive } from "./until-active.ts";

const CONFIGURATIONS = "/api/v2/webdeployments/configurations";
const DRAFT = `${CONFIGURATIONS}/{id}/versions/draft`;
const DEPLOYMENTS = "/api/v2/webdeployments/deployments";

/** A configuration begins as a draft, and only what is published is used (genesys-api §4.5). */
export function* createConfiguration({ body }: Change): Steps<string> {
  const id = yield* createdId({ op: `POST ${CONFIGURATIONS}`, body });
  yield* publish(id);
  return id;
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
