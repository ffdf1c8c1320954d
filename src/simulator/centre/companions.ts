import { divisionAt, post } from "./foundations.ts";
import type { Plan } from "./plan.ts";
import { cycle } from "./random.ts";
import { recording } from "./tone.ts";
import type { SeedStep } from "./types.ts";
import { ref, to } from "./types.ts";

/** Path by which the simulator's control interface takes objects that no API operation creates. */
export const objectsPath = "/_sim/orgs/{org}/objects";

/** Domain of the contact centre's e-mail addresses. */
export const mailDomain = (plan: Plan): string => `service.${plan.slug}.example.com`;

/** The address that outbound e-mails of the fully set queue come from. */
export const mailRoute = "service-desk";

/** Addresses that the fully set queue writes messages from, by their kind; they come with integrations, no request makes one. */
export const serviceAddresses = { sms: "Service SMS", open: "Service App", whatsapp: "Service WhatsApp" } as const;

const bare = (kind: string, name: string): SeedStep => post(kind, name, objectsPath, { kind, name });

/** Names of the scripts that flows pop and queues default to. */
export const scriptNames = (plan: Plan): readonly string[] => plan.lines.map((line) => `${line} Desktop`);

/** Group-like objects that queues hold as members. A group hears its description in an update only. */
export function groupSteps(plan: Plan): readonly SeedStep[] {
  const groups = plan.groups.flatMap((name): SeedStep[] => {
    const body = { name, rulesVisible: true, visibility: "public" };
    return [
      post("group", name, "/api/v2/groups", { ...body, type: "official" }),
      {
        kind: "group-settings",
        name,
        method: "PUT",
        path: "/api/v2/groups/{0}",
        at: [["group", name]],
        versioned: true,
        body: { ...body, description: `${name}, by hand` },
      },
    ];
  });
  const teams = plan.groups.map((name, index) =>
    post("team", `${name} Team`, "/api/v2/teams", {
      name: `${name} Team`,
      division: divisionAt(plan, index),
      description: "",
    }),
  );
  const skillGroups = plan.groups.map((name, index) =>
    post("skill-group", `${name} by Skill`, "/api/v2/routing/skillgroups", {
      name: `${name} by Skill`,
      division: divisionAt(plan, index),
      description: "Filled by proficiency",
      memberDivisions: [ref("division", "@home")],
      skillConditions: [
        {
          operation: "And",
          routingSkillConditions: [
            { routingSkill: cycle(plan.skills, index), comparator: "GreaterThan", proficiency: 2, childConditions: [] },
          ],
          languageSkillConditions: [
            {
              languageSkill: cycle(plan.languages.slice(0, 3), index),
              comparator: "GreaterThan",
              proficiency: 3,
              childConditions: [],
            },
          ],
        },
      ],
    }),
  );
  return [...groups, ...teams, ...skillGroups];
}

/** Some people of each group, one by one. */
export const groupMemberSteps = (plan: Plan): readonly SeedStep[] =>
  plan.groups.map((name, index) => {
    const memberIds = [0, 1, 2].map((offset) => ref("user", cycle(plan.people, index * 3 + offset).email));
    return post("group-members", name, "/api/v2/groups/{0}/members", { memberIds }, [["group", name]]);
  });

/** Every other prompt is recorded; the others are spoken by the platform. */
const isRecorded = (index: number): boolean => index % 2 === 0;

const audioStep = (name: string, audio: string): SeedStep => ({
  ...post("prompt-audio", `${name}/en-us`, "/api/v2/architect/prompts/{0}/resources/en-us/uploads", undefined, [
    ["prompt", name],
  ]),
  audio,
});

/** Audio and text that flows and queues name: prompts with texts and recordings, response libraries, scripts. */
export function contentSteps(plan: Plan): readonly SeedStep[] {
  const prompts = plan.prompts.flatMap((name, index) => [
    post("prompt", name, "/api/v2/architect/prompts", { name, description: `${name.replaceAll("_", " ")}, recorded` }),
    post(
      "prompt-resource",
      `${name}/en-us`,
      "/api/v2/architect/prompts/{0}/resources",
      { language: "en-us", ttsString: name.replaceAll("_", " "), text: name, tags: {} },
      [["prompt", name]],
    ),
    ...(isRecorded(index) ? [audioStep(name, recording(index))] : []),
  ]);
  const libraries = ["Standard Replies", "Retail Replies"].map((name) =>
    post("response-library", name, "/api/v2/responsemanagement/libraries", { name }),
  );
  const addresses = Object.entries(serviceAddresses).map(([messengerType, name]) => {
    const kind = "message-recipient";
    return post(kind, name, objectsPath, { kind, name, messengerType });
  });
  return [...prompts, ...libraries, ...scriptNames(plan).map((name) => bare("script", name)), ...addresses];
}

/** The e-mail domain and the route that the fully set queue writes from. */
export function mailSteps(plan: Plan): readonly SeedStep[] {
  const domain = mailDomain(plan);
  return [
    post("email-domain", domain, "/api/v2/routing/email/domains", { id: domain, subDomain: false }),
    post(
      "email-route",
      mailRoute,
      "/api/v2/routing/email/domains/{0}/routes",
      {
        pattern: mailRoute,
        fromName: `${plan.company} Service`,
        queue: to("queue", "Priority Service Desk"),
        priority: 1,
      },
      [["email-domain", domain]],
    ),
  ];
}

/** Emergency groups as flows and schedules name them; whether one is on is a matter of operation, not of configuration. */
export const emergencyGroupSteps = (plan: Plan): readonly SeedStep[] =>
  plan.emergencyGroups.map((name, index) =>
    post("emergency-group", name, "/api/v2/architect/emergencygroups", {
      name,
      division: divisionAt(plan, index),
      description: "Switched by the duty manager",
      enabled: false,
    }),
  );

/** Which call routes an emergency group sends to the emergency flow, once these exist (genesys-api §4.3). */
export const emergencyFlowSteps = (plan: Plan): readonly SeedStep[] =>
  plan.emergencyGroups.map((name, index): SeedStep => {
    const flow = plan.flows.find(({ recipe }) => recipe === "inboundcall-emergency")?.name ?? "";
    return {
      kind: "emergency-group-flows",
      name,
      method: "PUT",
      path: "/api/v2/architect/emergencygroups/{0}",
      at: [["emergency-group", name]],
      versioned: true,
      body: {
        name,
        description: "Switched by the duty manager",
        enabled: false,
        emergencyCallFlows: [
          { emergencyFlow: to("flow", `inboundcall:${flow}`), ivrs: [to("ivr", cycle(plan.ivrs, index))] },
        ],
      },
    };
  });
