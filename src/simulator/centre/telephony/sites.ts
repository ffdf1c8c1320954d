import { post } from "../foundations.ts";
import type { Plan } from "../plan.ts";
import { cycle } from "../random.ts";
import type { SeedObject, SeedStep } from "../types.ts";
import { to } from "../types.ts";

const edges = "/api/v2/telephony/providers/edges";

/** The site that the platform itself owns in every organisation (genesys-api §5.5). */
const managedSite = "PureCloud Voice - AWS";

const emergencyNumber: SeedObject = { emergencyNumber: { number: "+442079460999", type: "default" } };

/** Sites; the first one has every writable property of a cloud site. */
export const siteSteps = (plan: Plan): readonly SeedStep[] =>
  plan.sites.map((name, index) => ({
    ...post("site", name, `${edges}/sites`, {
      name,
      description: index === 0 ? "Head office" : "",
      location: { ...to("location", cycle(plan.locations, index)), ...emergencyNumber },
      mediaModel: "Cloud",
      mediaRegions: index % 2 === 0 ? ["eu-west-2", "eu-west-1"] : ["eu-central-1"],
      mediaRegionsUseLatencyBased: index % 2 === 0,
      callerId: `+4420794609${String(80 + (index % 10))}`,
      callerName: plan.company.slice(0, 20),
      primarySites: [to("site", managedSite)],
      secondarySites: index > 0 ? [to("site", cycle(plan.sites, 0))] : [],
      ...(index === 0 ? headOffice : {}),
    }),
  }));

const headOffice: SeedObject = {
  edgeAutoUpdateConfig: {
    timeZone: "Europe/London",
    rrule: "FREQ=WEEKLY;BYDAY=SU",
    start: "2025-01-05T02:00:00.000",
    end: "2025-01-05T04:00:00.000",
  },
  ntpSettings: { servers: ["ntp1.example.com", "ntp2.example.com"] },
  cloudProxyForceTurn: false,
};

/** Plans that a new site has, in the platform's order; a PUT replaces the whole list, so they are repeated. */
const ownPlans = (index: number): readonly SeedObject[] => [
  { name: "Extension", matchType: "digitLength", digitLength: { start: "3", end: "6" }, classification: "Extension" },
  {
    name: "Service Numbers",
    matchType: "numberList",
    numbers: [
      { start: "116", end: "118" },
      { start: String(1470 + index), end: String(1471 + index) },
    ],
    classification: "Service",
  },
  {
    name: "Branch Codes",
    matchType: "regex",
    match: "^8([1-9]\\d{3})$",
    normalizedFormat: "+442079460$1",
    classification: "Network",
  },
  {
    name: "Freephone",
    matchType: "intraCountryCode",
    numbers: [{ start: "44", end: "44" }],
    classification: "National",
  },
  {
    name: "Partners",
    matchType: "interCountryCode",
    numbers: [
      { start: "1", end: "1" },
      { start: "43", end: "43" },
    ],
    classification: "Partner",
  },
  {
    name: "Fixed List",
    matchType: "e164NumberList",
    numbers: [{ start: "+442079460900", end: "+442079460910" }],
    classification: "Partner",
  },
];

/** The number plans that the seed adds to those that a new site already has (the loader keeps the latter). */
export const numberPlanSteps = (plan: Plan): readonly SeedStep[] =>
  plan.sites.map((site, index) => ({
    kind: "number-plans",
    name: site,
    method: "PUT",
    path: `${edges}/sites/{0}/numberplans`,
    at: [["site", site]],
    body: ownPlans(index).map((entry, priority) => ({ priority: priority + 1, ...entry })),
  }));

/** The route that the platform made is adopted; the others are created. Trunk order is the failover order. */
export function routeSteps(plan: Plan): readonly SeedStep[] {
  return plan.sites.flatMap((site, index) => {
    const trunk = (position: number): SeedObject => to("trunk", cycle(plan.trunks, index + position).name);
    const standard = `${site}/Default Outbound Route`;
    const at = [["site", site]] as const;
    const route = (name: string, body: SeedObject): SeedStep =>
      post("outbound-route", `${site}/${name}`, `${edges}/sites/{0}/outboundroutes`, { name, ...body }, at);
    return [
      {
        kind: "outbound-route",
        name: standard,
        method: "PUT",
        path: `${edges}/sites/{0}/outboundroutes/{1}`,
        at: [
          ["site", site],
          ["outbound-route", standard],
        ],
        versioned: true,
        body: {
          name: "Default Outbound Route",
          description: "National calls, first carrier first",
          classificationTypes: ["National", "International"],
          enabled: true,
          distribution: "SEQUENTIAL",
          externalTrunkBases: [trunk(0), trunk(1)],
        },
      },
      route("Partners", {
        description: "Either carrier",
        classificationTypes: ["Partner"],
        enabled: true,
        distribution: "RANDOM",
        externalTrunkBases: [trunk(1), trunk(2)],
      }),
      route("Service Numbers", {
        classificationTypes: ["Service"],
        enabled: index % 2 === 0,
        distribution: "SEQUENTIAL",
        externalTrunkBases: [trunk(1)],
      }),
    ];
  });
}
