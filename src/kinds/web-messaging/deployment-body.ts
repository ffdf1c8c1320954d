import { isObj, type Obj } from "../../model/json.ts";

/** What the platform says about a deployment and no write takes (definition WebDeployment). */
const SERVER: ReadonlySet<string> = new Set([
  "id",
  "selfUri",
  "snippet",
  "dateCreated",
  "dateModified",
  "lastModifiedUser",
]);

/** The body that leaves a deployment as it is, with another version of its configuration. */
export function deploymentBody(deployment: Obj, configuration: Obj): Obj {
  const { flow, ...own } = Object.fromEntries(Object.entries(deployment).filter(([name]) => !SERVER.has(name)));
  return { ...own, ...(isObj(flow) ? { flow: { id: flow["id"] ?? null } } : {}), configuration };
}
