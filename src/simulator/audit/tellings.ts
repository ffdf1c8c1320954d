import type { Org } from "../world.ts";
import { entryOf } from "../store.ts";
import { flowTold } from "./flow-told.ts";
import { grantsTold, groupMembersTold, queueMemberTold, queueWrapupCodeTold } from "./members-told.ts";
import type { Told } from "./told.ts";
import { differences, entityNamed, isHiddenChange, property, verb } from "./told.ts";
import type { Change } from "./watch.ts";

/** What the audit log says of one change. */
type Telling = (change: Change, org: Org) => readonly Told[];

/** A thing that is audited under its own id. */
function own(service: string, entityType: string): Telling {
  return (change) => {
    const { id, before, after } = change;
    const propertyChanges = differences(before, after);
    if (propertyChanges.length === 0 && !isHiddenChange(change)) return [];
    return [{ service, entityType, action: verb(change), entity: entityNamed(id, after ?? before), propertyChanges }];
  };
}

/** A part that is audited under the id of what it belongs to, as something that happened to the part. */
function under(service: string, entityType: string, parentKind: string): Telling {
  return (change, org) => {
    const parent = entryOf(org, parentKind, change.parentId);
    const entity = entityNamed(change.parentId, parent?.data);
    return own(service, entityType)(change, org).map((told) => ({ ...told, entity }));
  };
}

/** A part whose change is an update of what it belongs to; parts that go with it are not told. */
function within(service: string, entityType: string, parentKind: string): Telling {
  const telling = under(service, entityType, parentKind);
  return (change, org) =>
    entryOf(org, parentKind, change.parentId) === undefined
      ? []
      : telling(change, org).map((told) => ({ ...told, action: "Update" }));
}

/** A member that is nothing but an id: an update of what it belongs to. */
function member(service: string, entityType: string, parentKind: string): Telling {
  return ({ parentId, id, before, after }, org) => {
    if (entryOf(org, parentKind, parentId) === undefined) return [];
    const propertyChanges = [property("members", before && id, after && id)];
    return [{ service, entityType, action: "Update", entity: { id: parentId }, propertyChanges }];
  };
}

const promptResource: Telling = (change, org) => {
  if (verb(change) !== "Update" || !isHiddenChange(change)) return own("Architect", "PromptResource")(change, org);
  const entity = entityNamed(change.id, change.after);
  return [{ service: "Architect", entityType: "PromptResource", action: "Upload", entity, propertyChanges: [] }];
};

/**
 * How the changes of each kind are told, by the simulator's own names of kinds. Which names are seen, which are inferred
 * and which are guessed is in README.md beside this file.
 */
export const tellings: Readonly<Record<string, Telling>> = {
  "contact-list": own("Outbound", "ContactList"),
  credential: own("Integrations", "Credential"),
  "data-action": own("Integrations", "Action"),
  "data-action-draft": own("Integrations", "ActionDraft"),
  "data-table": own("Datatables", "Schema"),
  "data-table-row": under("Datatables", "Row", "data-table"),
  "did-pool": own("Telephony", "DIDPool"),
  "edge-group": own("Telephony", "EdgeGroup"),
  "email-domain": own("Emails", "InboundDomain"),
  "email-route": own("Emails", "InboundRoute"),
  "emergency-group": own("Telephony", "EmergencyGroup"),
  "extension-pool": own("Telephony", "ExtensionPool"),
  flow: flowTold,
  // Their entities come without a name: seen at groups, taken to be so for all of the service.
  group: unnamed(own("Groups", "DirectoryGroup")),
  "group-member": groupMembersTold,
  integration: own("Integrations", "Integration"),
  "integration-config": within("Integrations", "Integration", "integration"),
  ivr: own("Telephony", "IVR"),
  "knowledge-base": own("Knowledge", "KnowledgeBase"),
  location: own("Directory", "Location"),
  "message-recipient": own("Messaging", "ConversationRecipient"),
  milestone: own("Architect", "FlowMilestone"),
  "number-plan": own("Telephony", "NumberPlan"),
  "oauth-client": grantsTold(own("PeoplePermissions", "OAuthClient")),
  organization: own("Directory", "Organization"),
  "outbound-route": own("Telephony", "OutboundRoute"),
  outcome: own("Architect", "FlowOutcome"),
  prompt: own("Architect", "Prompt"),
  "prompt-resource": promptResource,
  queue: own("ContactCenter", "Queue"),
  "queue-member": queueMemberTold,
  "queue-wrapup-code": queueWrapupCodeTold,
  role: own("PeoplePermissions", "Role"),
  schedule: own("Telephony", "Schedule"),
  "schedule-group": own("Telephony", "ScheduleGroup"),
  script: own("Scripter", "ComposerScript"),
  site: own("Telephony", "Site"),
  "skill-group": unnamed(own("Groups", "SkillGroup")),
  team: unnamed(own("Groups", "Team")),
  "team-member": member("Groups", "Team", "team"),
  trunk: own("Telephony", "Trunk"),
  "trunk-base": own("Telephony", "TrunkBase"),
  user: unnamed(own("Directory", "User")),
  "user-language": unnamed(under("Directory", "UserLanguage", "user")),
  "user-skill": unnamed(under("Directory", "UserSkill", "user")),
  "utilization-label": own("ContactCenter", "RoutingUtilizationTag"),
  "web-configuration": own("WebDeployments", "Configuration"),
  "web-configuration-version": under("WebDeployments", "ConfigurationVersion", "web-configuration"),
  "web-deployment": own("WebDeployments", "Deployment"),
  worktype: own("TaskManagement", "Worktype"),
  "wrapup-code": own("ContactCenter", "WrapupCode"),
};

function unnamed(telling: Telling): Telling {
  return (change, org) => telling(change, org).map((told) => ({ ...told, entity: { id: told.entity.id ?? "" } }));
}
