import type { JsonObject } from "./json.ts";

/** What a client needs to read every kind, export jobs and its own identity included (genesys-api §2). */
const reading: readonly string[] = [
  "architect:datatable:view",
  "architect:datatableRow:view",
  "architect:dependencyTracking:view",
  "architect:flow:view",
  "architect:flowMilestone:view",
  "architect:flowOutcome:view",
  "architect:jobExport:create",
  "architect:jobExport:view",
  "architect:userPrompt:view",
  "audits:audit:view",
  "authorization:grant:view",
  "authorization:role:view",
  "groups:team:view",
  "integrations:action:view",
  "integrations:integration:view",
  "oauth:client:view",
  "responses:library:view",
  "routing:callRoute:view",
  "routing:email:manage",
  "routing:email:view",
  "routing:emergencyGroup:view",
  "routing:message:manage",
  "routing:queue:view",
  "routing:schedule:view",
  "routing:scheduleGroup:view",
  "routing:skill:view",
  "routing:skillGroup:view",
  "routing:utilization:view",
  "routing:wrapupCode:view",
  "scripter:script:view",
  "telephony:extensionPool:view",
  "telephony:plugin:all",
  "webDeployments:configuration:view",
  "webDeployments:deployment:view",
];

/** What writing adds, for every kind that is written. */
const writing: readonly string[] = [
  "architect:datatable:add,edit,delete",
  "architect:datatableRow:add,edit,delete",
  "architect:flow:add,edit,delete,publish,unlock",
  "architect:flowMilestone:add,edit,delete",
  "architect:flowOutcome:add,edit",
  "architect:job:create,view",
  "architect:userPrompt:add,edit,delete",
  "authorization:division:add,edit,delete",
  "authorization:grant:add",
  "directory:group:add,edit,delete",
  "directory:location:add,edit,delete",
  "integrations:action:add,edit,delete",
  "integrations:integration:add,edit,delete",
  "responses:library:add,edit,delete",
  "routing:callRoute:add,edit,delete",
  "routing:emergencyGroup:add,edit,delete",
  "routing:queue:add,edit,delete",
  "routing:queueMember:manage",
  "routing:schedule:add,edit,delete",
  "routing:scheduleGroup:add,edit,delete",
  "routing:skill:create,delete,manage,update",
  "routing:skillGroup:add,edit,delete",
  "routing:wrapupCode:add,edit,delete",
  "telephony:extensionPool:add,edit,delete",
  "webDeployments:configuration:add,edit,delete",
  "webDeployments:deployment:add,edit,delete",
];

function policies(permissions: readonly string[]): JsonObject[] {
  return permissions.map((permission) => {
    const [domain = "", entityName = "", actions = ""] = permission.split(":");
    return { domain, entityName, actionSet: actions.split(","), allowConditions: false };
  });
}

/** The policies of the least role for one kind of use. */
export function clientPolicies(access: "read" | "write"): JsonObject[] {
  return policies(access === "read" ? reading : [...reading, ...writing]);
}

/** The policies of a role that may do everything. */
export function adminPolicies(): JsonObject[] {
  return policies(["*:*:*"]);
}
