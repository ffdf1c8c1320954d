import type { Send } from "./lab.ts";
import { created, publish } from "./lab.ts";

/** Ids of the objects that full bodies refer to. */
export interface Companions {
  readonly user: string;
  readonly other: string;
  readonly skill: string;
  readonly language: string;
  readonly queue: string;
  readonly division: string;
  readonly role: string;
  readonly trunkBase: string;
  readonly integration: string;
  readonly team: string;
  readonly mailFlow: string;
  readonly mailRoute: string;
  readonly callFlow: string;
  readonly ivr: string;
}

/** The life of one object: created and changed with everything that its body may hold, read in between, deleted. */
export interface Life {
  readonly path: string;
  readonly body: object;
  /** Absent where there is no such operation. */
  readonly change?: { readonly method: "PUT" | "PATCH"; readonly body: object; readonly versioned?: true };
  readonly removable?: false;
  /** Properties of the bodies that answers show in another form, or never. */
  readonly unread?: readonly string[];
  /** Properties that only an update takes. */
  readonly unheard?: readonly string[];
  /** Properties that only the answer about one object has. */
  readonly unlisted?: readonly string[];
}

const address = {
  address: "+18005550100",
  mediaType: "PHONE",
  type: "WORK",
  extension: "12",
  countryCode: "US",
  integration: "directory",
};
const groupPhone = { address: "+18005550101", extension: "7", type: "GROUPRING", mediaType: "PHONE" };
const images = [{ resolution: "x48", imageUri: "https://images.example.com/a.png" }];

/** What full bodies refer to, created. */
export async function companions(admin: Send): Promise<Companions> {
  const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
  const person = (email: string): Promise<string> =>
    created(admin, "/api/v2/users", { name: email, email, divisionId: home });
  const policy = { domain: "routing", entityName: "queue", actionSet: ["view"] };
  const rest = { name: "CRM", integrationType: { id: "custom-rest-actions" } };
  const trunk = {
    name: "Trunk",
    trunkType: "PHONE",
    trunkMetabase: { id: "phone_connections_webrtc.json" },
    properties: {},
  };
  const flow = async (yaml: string): Promise<string> => ((await publish(admin, yaml)).flow as { id: string }).id;
  await created(admin, "/api/v2/routing/email/domains", { id: "first.example.com" });
  const reply = { pattern: "reply", fromName: "Reply" };
  return {
    user: await person("ana@example.com"),
    other: await person("bo@example.com"),
    skill: await created(admin, "/api/v2/routing/skills", { name: "German" }),
    language: await created(admin, "/api/v2/routing/languages", { name: "German" }),
    queue: await created(admin, "/api/v2/routing/queues", { name: "Mail" }),
    division: await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" }),
    role: await created(admin, "/api/v2/authorization/roles", { name: "Viewer", permissionPolicies: [policy] }),
    trunkBase: await created(admin, "/api/v2/telephony/providers/edges/trunkbasesettings", trunk),
    integration: await created(admin, "/api/v2/integrations", rest),
    team: await created(admin, "/api/v2/teams", { name: "Red" }),
    mailFlow: await flow("inboundEmail:\n  name: Mail\n"),
    mailRoute: await created(admin, "/api/v2/routing/email/domains/first.example.com/routes", reply),
    callFlow: await flow("inboundCall:\n  name: Calls\n"),
    ivr: await created(admin, "/api/v2/architect/ivrs", { name: "Line", dnis: [] }),
  };
}

function accounts({ division, role, user, queue, team }: Companions): Life[] {
  const permissionPolicies = [
    {
      domain: "routing",
      entityName: "queue",
      policyName: "Queues",
      policyDescription: "May see queues",
      actionSet: ["view"],
      namedResources: ["Mail"],
      allowConditions: true,
      resourceConditionNode: {
        variableName: "queue.id",
        operator: "EQ",
        operands: [
          { type: "SCALAR", value: "1" },
          { type: "USER", user: { id: user } },
          { type: "QUEUE", queue: { id: queue } },
          { type: "TEAM", team: { id: team } },
        ],
        conjunction: "AND",
        terms: [],
      },
    },
  ];
  const roleBody = { name: "Agent", description: "Sees queues", permissionPolicies };
  const clientBody = {
    name: "Bot",
    description: "Reads",
    accessTokenValiditySeconds: 3600,
    authorizedGrantType: "CODE",
    registeredRedirectUri: ["https://bot.example.com/back"],
    scope: ["routing:readonly"],
    roleDivisions: [{ roleId: role, divisionId: division }],
    state: "active",
    dateToDelete: "2027-01-01T00:00:00.000Z",
  };
  return [
    {
      path: "/api/v2/authorization/roles",
      body: { ...roleBody, defaultRoleId: "employee" },
      change: { method: "PUT", body: { ...roleBody, description: "Sees more" } },
    },
    {
      path: "/api/v2/oauth/clients",
      body: clientBody,
      change: { method: "PUT", body: { ...clientBody, description: "Writes", state: "inactive" } },
    },
  ];
}

function people({ user, other, division, skill, language }: Companions): Life[] {
  const groupBody = {
    name: "Night",
    description: "After hours",
    images,
    addresses: [groupPhone],
    rulesVisible: true,
    visibility: "members",
    rolesEnabled: true,
    includeOwners: true,
    callsEnabled: true,
    ownerIds: [user],
  };
  const condition = {
    routingSkillConditions: [{ routingSkill: skill, comparator: "GreaterThan", proficiency: 2, childConditions: [] }],
    languageSkillConditions: [{ languageSkill: language, comparator: "EqualTo", proficiency: 3, childConditions: [] }],
    operation: "And",
  };
  const skills = { name: "Fluent", description: "Speaks well", skillConditions: [condition] };
  return [
    {
      path: "/api/v2/users",
      body: {
        name: "Cy",
        email: "cy@example.com",
        department: "Sales",
        title: "Agent",
        addresses: [address],
        divisionId: division,
        state: "active",
      },
      change: {
        method: "PATCH",
        versioned: true,
        body: {
          name: "Cy D.",
          chat: { jabberId: "cy" },
          department: "Service",
          addresses: [address],
          title: "Lead",
          username: "cy@example.com",
          preferredName: "Cy",
          manager: other,
          images,
          acdAutoAnswer: true,
          certifications: ["ISO"],
          biography: {
            biography: "Likes phones",
            interests: ["Maps"],
            hobbies: ["Chess"],
            spouse: "Di",
            education: [
              { school: "Town", fieldOfStudy: "Art", notes: "", dateStart: "2010-09-01", dateEnd: "2014-06-30" },
            ],
          },
          employerInfo: { officialName: "Cy D.", employeeId: "7", employeeType: "Full-time", dateHire: "2020-01-01" },
        },
      },
      unread: ["divisionId", "manager"],
      unlisted: ["biography", "certifications", "employerInfo"],
    },
    {
      path: "/api/v2/groups",
      body: { ...groupBody, type: "official" },
      change: { method: "PUT", versioned: true, body: { ...groupBody, description: "Never" } },
      unread: ["ownerIds"],
      unheard: ["description"],
    },
    {
      path: "/api/v2/teams",
      body: { name: "Blue", description: "Days", division: { id: division } },
      change: { method: "PATCH", body: { name: "Blue", description: "Nights" } },
    },
    {
      path: "/api/v2/routing/skillgroups",
      body: { ...skills, division: { id: division } },
      change: { method: "PATCH", body: { ...skills, description: "Speaks" } },
      unlisted: ["skillConditions"],
    },
  ];
}

function routing({ user, division, queue, skill, language, integration, mailFlow, mailRoute }: Companions): Life[] {
  const mailFromSettings = {
    status: "VERIFIED",
    mailFromDomain: "bounce.example.com",
    records: [{ name: "bounce", type: "MX", value: "10 mail.example.com" }],
  };
  const domain = {
    mailFromSettings,
    customSMTPServer: { id: integration },
    imapSettings: { integration: { id: integration } },
    graphApiSettings: { integration: { id: integration } },
    emailSetting: { id: "setting" },
  };
  const route = {
    name: "Information",
    pattern: "info",
    queue: { id: queue },
    priority: 3,
    skills: [{ id: skill }],
    language: { id: language },
    fromName: "Info",
    fromEmail: "info@first.example.com",
    flow: { id: mailFlow },
    spamFlow: { id: mailFlow },
    replyEmailAddress: { domain: { id: "first.example.com" }, route: { id: mailRoute } },
    autoBcc: [{ email: "archive@example.com", name: "Archive" }],
    signature: { enabled: true, cannedResponseId: "1", alwaysIncluded: true, inclusionType: "Draft" },
    historyInclusion: "Optional",
    allowMultipleActions: true,
    mailboxFolders: ["INBOX"],
  };
  const place = {
    name: "Hall",
    notes: "Second floor",
    contactUser: user,
    emergencyNumber: { e164: "+13175550100", number: "+13175550100", type: "default" },
    address: {
      city: "Town",
      country: "US",
      countryName: "United States",
      state: "IN",
      street1: "1 First Street",
      street2: "Suite 2",
      zipcode: "46000",
    },
    state: "active",
  };
  return [
    {
      path: "/api/v2/routing/email/domains",
      body: { id: "second.example.com", subDomain: false, ...domain },
      change: { method: "PATCH", body: domain },
    },
    {
      path: "/api/v2/routing/email/domains/first.example.com/routes",
      body: route,
      change: { method: "PUT", body: { ...route, priority: 4 } },
    },
    {
      path: "/api/v2/routing/wrapupcodes",
      body: { name: "Done", description: "Solved", division: { id: division } },
      change: { method: "PUT", body: { name: "Done", description: "Closed", division: { id: division } } },
    },
    {
      path: "/api/v2/routing/utilization/labels",
      body: { name: "VIP" },
      change: { method: "PUT", body: { name: "VIP 2" } },
    },
    {
      path: "/api/v2/locations",
      body: { ...place, path: ["campus"] },
      change: { method: "PATCH", versioned: true, body: { ...place, notes: "Third floor" } },
      unread: ["contactUser"],
    },
  ];
}

function architect({ division, trunkBase, callFlow, ivr }: Companions): Life[] {
  const described = { name: "Paid", description: "Has paid", division: { id: division } };
  const library = { name: "Answers", version: 1, responseType: "Footer", division: { id: division } };
  const emergencyCallFlows = [{ emergencyFlow: { id: callFlow }, ivrs: [{ id: ivr }] }];
  const group = {
    name: "Storm",
    description: "Bad weather",
    division: { id: division },
    enabled: true,
    emergencyCallFlows,
  };
  const edges = {
    name: "Edges",
    description: "On site",
    division: { id: division },
    hybrid: false,
    edgeTrunkBaseAssignment: { family: 2, trunkBase: { id: trunkBase } },
    phoneTrunkBases: [{ id: trunkBase }],
  };
  return [
    {
      path: "/api/v2/flows/milestones",
      body: described,
      change: { method: "PUT", body: { ...described, description: "Paid up" } },
    },
    {
      path: "/api/v2/flows/outcomes",
      body: described,
      change: { method: "PUT", body: { ...described, description: "Paid up" } },
      removable: false,
    },
    {
      path: "/api/v2/responsemanagement/libraries",
      body: library,
      change: { method: "PUT", versioned: true, body: library },
      unread: ["version"],
    },
    {
      path: "/api/v2/architect/prompts",
      body: { name: "welcome", description: "Greets" },
      change: { method: "PUT", body: { name: "welcome", description: "Says hello" } },
    },
    {
      path: "/api/v2/architect/emergencygroups",
      body: group,
      change: { method: "PUT", versioned: true, body: { ...group, enabled: false } },
    },
    {
      path: "/api/v2/telephony/providers/edges/edgegroups",
      body: edges,
      change: { method: "PUT", versioned: true, body: { ...edges, description: "In the cellar" } },
    },
  ];
}

/** One full life for each kind that has no tests of its own. */
export function fullLives(ids: Companions): Life[] {
  return [accounts, people, routing, architect].flatMap((lives) => lives(ids));
}
