import type { Resource } from "../resource.ts";
import { audit } from "./audit.ts";
import { credential } from "./credential.ts";
import { dataAction, dataActionDraft } from "./data-action.ts";
import { dataTableJobs } from "./data-table-jobs.ts";
import { dataTableRow } from "./data-table-row.ts";
import { dataTable } from "./data-table.ts";
import { dependencies } from "./dependencies.ts";
import { directorySearch } from "./directory-search.ts";
import { didPool } from "./did-pool.ts";
import { division } from "./division.ts";
import { edgeGroup } from "./edge-group.ts";
import { emailDomain } from "./email-domain.ts";
import { emailRoute } from "./email-route.ts";
import { emergencyGroup } from "./emergency-group.ts";
import { flow, flowVersion } from "./flow.ts";
import { group } from "./group.ts";
import { organization } from "./identity.ts";
import { integration, integrationConfig } from "./integration.ts";
import { ivr } from "./ivr.ts";
import { extensionPool } from "./extension-pool.ts";
import { language } from "./language.ts";
import { location } from "./location.ts";
import { messageRecipient } from "./message-recipient.ts";
import { milestone } from "./milestone.ts";
import * as named from "./named-kinds.ts";
import { notificationChannel } from "./notification-channel.ts";
import { numberPlan } from "./number-plan.ts";
import { oauthClient } from "./oauth-client.ts";
import { outboundRoute } from "./outbound-route.ts";
import { outcome } from "./outcome.ts";
import { platform } from "./platform.ts";
import { promptResource } from "./prompt-resource.ts";
import { prompt } from "./prompt.ts";
import { queueMember, queueWrapupCode } from "./queue-parts.ts";
import { queue } from "./queue.ts";
import { responseLibrary } from "./response-library.ts";
import { role } from "./role.ts";
import { scheduleGroup } from "./schedule-group.ts";
import { schedule } from "./schedule.ts";
import { siteWithParts } from "./site-parts.ts";
import { skillGroup } from "./skill-group.ts";
import { skill } from "./skill.ts";
import { team } from "./team.ts";
import { trunkBase } from "./trunk-base.ts";
import { trunk } from "./trunk.ts";
import { userDetails } from "./user-details.ts";
import { userKind } from "./user.ts";
import { webConfiguration, webConfigurationVersion } from "./web-configuration.ts";
import { webDeployment } from "./web-deployment.ts";
import { wrapupCode } from "./wrapup-code.ts";

const people: readonly Resource[] = [userKind, userDetails, group, team, skillGroup, directorySearch];
const routing: readonly Resource[] = [skill, language, wrapupCode, queue, queueMember, queueWrapupCode];
const email: readonly Resource[] = [emailDomain, emailRoute, messageRecipient];
const telephony: readonly Resource[] = [
  trunkBase,
  trunk,
  edgeGroup,
  siteWithParts,
  numberPlan,
  outboundRoute,
  didPool,
  extensionPool,
];
const web: readonly Resource[] = [webConfiguration, webConfigurationVersion, webDeployment];
const hours: readonly Resource[] = [schedule, scheduleGroup, ivr, emergencyGroup];
const tables: readonly Resource[] = [dataTable, dataTableRow, dataTableJobs];
const integrations: readonly Resource[] = [credential, integration, integrationConfig, dataAction, dataActionDraft];

/** Every kind that the simulator serves, in the order in which a new organisation gets its objects. */
export const resources: readonly Resource[] = [
  organization,
  platform,
  division,
  role,
  oauthClient,
  location,
  ...telephony,
  ...people,
  ...routing,
  ...email,
  ...web,
  ...hours,
  ...tables,
  ...integrations,
  prompt,
  promptResource,
  milestone,
  outcome,
  responseLibrary,
  named.utilizationLabel,
  named.script,
  named.knowledgeBase,
  named.worktype,
  named.contactList,
  flow,
  flowVersion,
  dependencies,
  audit,
  notificationChannel,
];
