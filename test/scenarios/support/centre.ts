import type { Admin } from "./admin.ts";

/** What a small contact centre has: an object of most kinds, each referring to others. */
export const CENTRE = {
  objects: [
    "division/Sales",
    "skill/Spanish",
    "wrap-up-code/Resolved",
    "wrap-up-code/Callback",
    "queue/Billing",
    "queue/Support",
    "schedule/Working days",
    "schedule-group/Office hours",
    "did-pool/+13175550100..+13175550109",
    "flow/inboundcall:Main",
    "ivr/Main line",
  ],
  number: "+13175550100",
} as const;

/** YAML of a call flow that transfers to a queue. `division`: name of the Home division, which differs from org to org. */
export function callFlow(name: string, queue: string, division = "Home"): string {
  return `inboundCall:
  name: ${JSON.stringify(name)}
  division: ${JSON.stringify(division)}
  startUpRef: "/inboundCall/tasks/task[Start_1]"
  defaultLanguage: en-us
  supportedLanguages:
    en-us:
      defaultLanguageSkill:
        noValue: true
  tasks:
    - task:
        name: Start
        refId: Start_1
        actions:
          - transferToAcd:
              name: To the queue
              targetQueue:
                lit:
                  name: ${JSON.stringify(queue)}
          - disconnect:
              name: Disconnect
`;
}

/** Builds a small contact centre by the requests that an administrator would send. */
export async function buildCentre(admin: Admin): Promise<void> {
  const sales = await admin.create("/api/v2/authorization/divisions", { name: "Sales", description: "Sells" });
  await admin.create("/api/v2/routing/skills", { name: "Spanish" });
  const codes: string[] = [];
  for (const name of ["Resolved", "Callback"]) {
    codes.push(await admin.create("/api/v2/routing/wrapupcodes", { name, division: { id: sales } }));
  }
  for (const name of ["Billing", "Support"]) {
    const queue = await admin.create("/api/v2/routing/queues", { name, description: `Calls about ${name}` });
    await admin.send(
      "POST",
      `/api/v2/routing/queues/${queue}/wrapupcodes`,
      codes.map((id) => ({ id })),
    );
  }
  const schedule = await admin.create("/api/v2/architect/schedules", {
    name: "Working days",
    start: "2026-01-05T08:00:00.000",
    end: "2026-01-05T18:00:00.000",
    rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  });
  const hours = await admin.create("/api/v2/architect/schedulegroups", {
    name: "Office hours",
    timeZone: "America/New_York",
    openSchedules: [{ id: schedule }],
  });
  await admin.create("/api/v2/telephony/providers/edges/didpools", {
    name: "Numbers",
    startPhoneNumber: CENTRE.number,
    endPhoneNumber: "+13175550109",
    provider: "PURE_CLOUD",
  });
  const { name: home } = await admin.send("GET", "/api/v2/authorization/divisions/home");
  const flow = await admin.publish(callFlow("Main", "Billing", String(home)));
  await admin.create("/api/v2/architect/ivrs", {
    name: "Main line",
    dnis: [CENTRE.number],
    openHoursFlow: { id: flow },
    closedHoursFlow: { id: flow },
    scheduleGroup: { id: hours },
  });
}

/** Creates the trunk `Carrier` with these properties. */
export async function createTrunk(admin: Admin, properties: { readonly [name: string]: unknown }): Promise<string> {
  const edges = "/api/v2/telephony/providers/edges";
  const { entities } = (await admin.send("GET", `${edges}/sites?managed=true`)) as { entities: { id: string }[] };
  return admin.create(`${edges}/trunkbasesettings`, {
    name: "Carrier",
    trunkType: "EXTERNAL",
    trunkMetabase: { id: "external_sip_pcv_byoc_carrier.json" },
    inboundSite: { id: entities[0]?.id },
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, instance]) => [name, { value: { instance } }]),
    ),
  });
}
