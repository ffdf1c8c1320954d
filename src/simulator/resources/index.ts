import type { Resource } from "../resource.ts";
import { division } from "./division.ts";
import { flow, flowVersion } from "./flow.ts";
import { organization } from "./identity.ts";
import { language } from "./language.ts";
import { oauthClient } from "./oauth-client.ts";
import { queueMember, queueWrapupCode } from "./queue-parts.ts";
import { queue } from "./queue.ts";
import { role } from "./role.ts";
import { skill } from "./skill.ts";
import { userKind } from "./user.ts";
import { wrapupCode } from "./wrapup-code.ts";

/** Every kind that the simulator serves, in the order in which a new organisation gets its objects. */
export const resources: readonly Resource[] = [
  organization,
  division,
  role,
  oauthClient,
  userKind,
  skill,
  language,
  wrapupCode,
  queue,
  queueMember,
  queueWrapupCode,
  flow,
  flowVersion,
];
