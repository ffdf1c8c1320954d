import type { Resource } from "../resource.ts";
import { credential } from "./credential.ts";
import { dataAction, dataActionDraft } from "./data-action.ts";
import { dataTableJobs } from "./data-table-jobs.ts";
import { dataTableRow } from "./data-table-row.ts";
import { dataTable } from "./data-table.ts";
import { dependencies } from "./dependencies.ts";
import { didPool } from "./did-pool.ts";
import { division } from "./division.ts";
import { edgeGroup } from "./edge-group.ts";
import { emailDomain, emailRoute } from "./email.ts";
import { emergencyGroup } from "./emergency-group.ts";
import { flow, flowVersion } from "./flow.ts";
import { group } from "./group.ts";
import { organization } from "./identity.ts";
import { integration, integrationConfig } from "./integration.ts";
import { ivr } from "./ivr.ts";
import { language } from "./language.ts";
import { location } from "./location.ts";
import * as named from "./named-kinds.ts";
import { numberPlan } from "./number-plan.ts";
import { oauthClient } from "./oauth-client.ts";
import { outboundRoute } from "./outbound-route.ts";
import { prompt, promptResource } from "./prompt.ts";
import { queueMember, queueWrapupCode } from "./queue-parts.ts";
import { queue } from "./queue.ts";
import { role } from "./role.ts";
import { scheduleGroup } from "./schedule-group.ts";
import { schedule } from "./schedule.ts";
import { siteWithParts } from "./site-parts.ts";
import { skillGroup } from "./skill-group.ts";
import { skill } from "./skill.ts";
import { trunkBase } from "./trunk-base.ts";
import { trunk } from "./trunk.ts";
import { userKind } from "./user.ts";
import { wrapupCode } from "./wrapup-code.ts";

const people: readonly Resource[] = [userKind, group, named.team, skillGroup];
const routing: readonly Resource[] = [skill, language, wrapupCode, queue, queueMember, queueWrapupCode];
const email: readonly Resource[] = [emailDomain, emailRoute];
const telephony: readonly Resource[] = [trunkBase, trunk, edgeGroup, siteWithParts, numberPlan, outboundRoute, didPool];
const hours: readonly Resource[] = [schedule, scheduleGroup, ivr, emergencyGroup];
const tables: readonly Resource[] = [dataTable, dataTableRow, dataTableJobs];
const integrations: readonly Resource[] = [credential, integration, integrationConfig, dataAction, dataActionDraft];

/** Every kind that the simulator serves, in the order in which a new organisation gets its objects. */
export const resources: readonly Resource[] = [
  organization,
  division,
  role,
  oauthClient,
  location,
  ...telephony,
  ...people,
  ...routing,
  ...email,
  ...hours,
  ...tables,
  ...integrations,
  prompt,
  promptResource,
  named.milestone,
  named.outcome,
  named.responseLibrary,
  named.utilizationLabel,
  named.script,
  named.knowledgeBase,
  named.worktype,
  named.contactList,
  flow,
  flowVersion,
  dependencies,
];
