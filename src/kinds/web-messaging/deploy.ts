import type { Steps } from "../../model/api.ts";
import { LockstepError } from "../../model/error.ts";
import { isObj, textOf, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { createdId } from "../../model/unclear-write.ts";
import { newestVersion } from "./versions.ts";

const DEPLOYMENTS = "/api/v2/webdeployments/deployments";

export function* createDeployment(change: Change): Steps<string> {
  return yield* createdId({ op: `POST ${DEPLOYMENTS}`, body: yield* withNewest(change) });
}

export function* updateDeployment(change: Change): Steps<string> {
  yield { op: `PUT ${DEPLOYMENTS}/{id}`, path: { id: change.id }, body: yield* withNewest(change) };
  return change.id;
}

/** A deployment uses one published version of its configuration: the newest, as with the official provider (genesys-api §4.5). */
function* withNewest({ coordinate, body }: Change): Steps<Obj> {
  const { configuration } = body;
  const id = isObj(configuration) ? textOf(configuration["id"]) : "";
  const newest = yield* newestVersion(id);
  if (isObj(newest)) return { ...body, configuration: { id, version: newest["version"] ?? null } };
  throw new LockstepError(
    "not-published",
    `The configuration of ${coordinate} was never published in the standby`,
    "Publish it there, or apply a plan that includes the configuration.",
    { coordinate },
  );
}
