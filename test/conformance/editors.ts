import type { Admin, Body } from "./office.ts";

/** How an administrator changes objects of a kind, or a piece of them, by hand. */
export interface Editor {
  readonly kind: string;
  /** Path of the piece in a dump of the organisation; its first group is the id of the object that it belongs to. */
  readonly path: RegExp;
  /** What the address of the piece needs besides its path. */
  readonly more?: string;
  /** Where the object holds the piece; `$2` is the second group of the path. */
  readonly at?: string;
  /** Properties of which the natural key is made, and what repeats it. */
  readonly key: readonly string[];
  /** Writes the piece back after one top-level property changed. */
  readonly write: (admin: Admin, path: string, body: Body, changed: string) => Promise<unknown>;
}

const edges = "/api/v2/telephony/providers/edges";
const actions = "/api/v2/integrations/actions";

function dumped(path: string): RegExp {
  return new RegExp(`^${path.replaceAll("{}", "([^/]+)")}$`);
}

/** Moves an object to another division, where an update does not (genesys-api §4.2). */
function moving(type: string, write: Editor["write"]): Editor["write"] {
  return async (admin, path, body, changed) => {
    if (changed !== "division") return write(admin, path, body, changed);
    const division = (body["division"] as { readonly id: string }).id;
    const id = path.split("/").at(-1);
    return admin("POST", `/api/v2/authorization/divisions/${division}/objects/${type}`, [id]);
  };
}

const put: Editor["write"] = (admin, path, body) => admin("PUT", path, body);

/** Sends back what changed, with the version that some kinds ask for. */
const patch: Editor["write"] = (admin, path, body, changed) =>
  admin("PATCH", path, {
    [changed]: body[changed],
    ...(body["version"] === undefined ? {} : { version: body["version"] }),
  });

/** A location's change repeats its name and names the contact by id alone (definition LocationUpdateDefinition). */
const changeLocation: Editor["write"] = (admin, path, body, changed) => {
  const { name, version, contactUser } = body;
  const value = changed === "contactUser" ? (contactUser as { readonly id: string }).id : body[changed];
  return admin("PATCH", path, { name, version, [changed]: value });
};

/** A contract changes in a draft, everything else in place (genesys-api §4.4). */
const changeAction: Editor["write"] = async (admin, path, body, changed) => {
  if (changed !== "contract") return patch(admin, path, body, changed);
  const draft = await admin("POST", `${path}/draft`);
  const { contract } = body;
  const edited = await admin("PATCH", `${path}/draft`, { contract, version: draft["version"] });
  return admin("POST", `${path}/draft/publish`, { version: edited["version"] });
};

/** Everything that an administrator can reach with an update, kind by kind. Languages cannot be changed at all. */
export const EDITORS: readonly Editor[] = [
  { kind: "division", path: dumped("/api/v2/authorization/divisions/{}"), key: ["name"], write: put },
  { kind: "skill", path: dumped("/api/v2/routing/skills/{}"), key: ["name"], write: patch },
  {
    kind: "wrap-up-code",
    path: dumped("/api/v2/routing/wrapupcodes/{}"),
    key: ["name"],
    write: put,
  },
  { kind: "queue", path: dumped("/api/v2/routing/queues/{}"), key: ["name"], write: moving("QUEUE", put) },
  { kind: "location", path: dumped("/api/v2/locations/{}"), key: ["name"], write: changeLocation },
  {
    kind: "schedule",
    path: dumped("/api/v2/architect/schedules/{}"),
    key: ["name"],
    write: moving("ROUTINGSCHEDULES", put),
  },
  {
    kind: "schedule-group",
    path: dumped("/api/v2/architect/schedulegroups/{}"),
    key: ["name"],
    write: moving("ROUTINGSCHEDULEGROUPS", put),
  },
  { kind: "ivr", path: dumped("/api/v2/architect/ivrs/{}"), key: ["name"], write: moving("CALLROUTE", put) },
  { kind: "flow", path: dumped("/api/v2/flows/{}"), key: ["name", "type"], write: moving("FLOW", put) },
  {
    kind: "data-table",
    path: dumped("/api/v2/flows/datatables/{}"),
    more: "?expand=schema",
    key: ["name"],
    write: moving("DATATABLES", put),
  },
  {
    kind: "data-table",
    path: dumped("/api/v2/flows/datatables/{}/rows/{}"),
    more: "?showbrief=false",
    at: "/rows/$2",
    key: ["key"],
    write: put,
  },
  { kind: "trunk", path: dumped(`${edges}/trunkbasesettings/{}`), key: ["name"], write: put },
  { kind: "site", path: dumped(`${edges}/sites/{}`), key: ["name"], write: put },
  {
    kind: "site",
    path: dumped(`${edges}/sites/{}`),
    more: "/numberplans",
    at: "/numberPlans",
    key: [],
    write: (admin, path, body) => admin("PUT", `${path}/numberplans`, body),
  },
  {
    kind: "outbound-route",
    path: dumped(`${edges}/sites/(?:[^/]+)/outboundroutes/{}`),
    key: ["name"],
    write: put,
  },
  { kind: "did-pool", path: dumped(`${edges}/didpools/{}`), key: ["startPhoneNumber", "endPhoneNumber"], write: put },
  { kind: "integration", path: dumped("/api/v2/integrations/{}"), key: ["name", "integrationType"], write: patch },
  {
    kind: "integration",
    path: dumped("/api/v2/integrations/{}/config/current"),
    at: "/configuration",
    key: ["name"],
    write: put,
  },
  { kind: "credential", path: dumped("/api/v2/integrations/credentials/{}"), key: ["name", "type"], write: put },
  {
    kind: "data-action",
    path: dumped(`${actions}/{}`),
    more: "?expand=contract&includeConfig=true",
    key: ["name", "category", "integrationId"],
    write: changeAction,
  },
];
