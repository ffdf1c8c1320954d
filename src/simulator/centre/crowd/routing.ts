import { post } from "../foundations.ts";
import type { SeedObject, Target } from "../types.ts";
import { ref } from "../types.ts";
import type { Crowd } from "./crowds.ts";
import { crowd, crowdName, digits, inChunks, numbers } from "./crowds.ts";

const emergency: SeedObject = {
  emergencyNumber: { e164: "+442079460999", number: "+442079460999", type: "default" },
};

const mailDomain = (n: number): string => `crowd-${digits(n)}.example.com`;

/** A part of the first member of another crowd that takes ids of a third one, up to a hundred at once. */
const joined = (
  kind: string,
  path: string,
  owner: Target,
  of: string,
  body: (ids: readonly SeedObject[]) => SeedObject | readonly SeedObject[],
): Crowd => ({
  kind,
  cap: 100,
  needs: (count) => ({ [owner[0]]: 1, [of]: count }),
  steps: (count) =>
    inChunks(numbers(count), 100).map((some) =>
      post(kind, crowdName(some[0] ?? 1), path, body(some.map((n) => ref(of, crowdName(n)))), [owner]),
    ),
});

/** Divisions, users and what they are grouped by. */
export const peopleCrowds: readonly Crowd[] = [
  crowd("division", "/api/v2/authorization/divisions", 100),
  crowd("location", "/api/v2/locations", 100, (n) => ({ name: crowdName(n), ...emergency })),
  crowd("user", "/api/v2/users", 500, (n) => ({
    name: crowdName(n),
    email: `crowd.${digits(n)}@example.com`,
    divisionId: ref("division", "@home"),
  })),
  crowd("group", "/api/v2/groups", 500, (n) => ({
    name: crowdName(n),
    type: "official",
    rulesVisible: true,
    visibility: "public",
  })),
  joined("group-members", "/api/v2/groups/{0}/members", ["group", crowdName(1)], "user", (memberIds) => ({
    memberIds,
    version: 1,
  })),
  crowd("team", "/api/v2/teams", 100),
];

/** Queues, e-mail and everything that interactions are routed by. */
export const routingCrowds: readonly Crowd[] = [
  crowd("skill", "/api/v2/routing/skills", 500),
  crowd("language", "/api/v2/routing/languages", 100),
  crowd("skill-group", "/api/v2/routing/skillgroups", 200, (n) => ({ name: crowdName(n), skillConditions: [] })),
  crowd("utilization-label", "/api/v2/routing/utilization/labels", 100),
  crowd("wrap-up-code", "/api/v2/routing/wrapupcodes", 100),
  crowd("queue", "/api/v2/routing/queues", 500),
  joined(
    "queue-wrap-up-codes",
    "/api/v2/routing/queues/{0}/wrapupcodes",
    ["queue", crowdName(1)],
    "wrap-up-code",
    (ids) => ids.map((id) => ({ id })),
  ),
  joined("queue-members", "/api/v2/routing/queues/{0}/members", ["queue", crowdName(1)], "user", (ids) =>
    ids.map((id) => ({ id })),
  ),
  crowd("email-domain", "/api/v2/routing/email/domains", 100, (n) => ({ id: mailDomain(n), subDomain: false })),
  crowd(
    "email-route",
    "/api/v2/routing/email/domains/{0}/routes",
    100,
    (n) => ({ pattern: `crowd-${digits(n)}`, fromName: crowdName(n) }),
    { needs: () => ({ "email-domain": 1 }), at: [["email-domain", crowdName(1)]] },
  ),
  crowd("response-library", "/api/v2/responsemanagement/libraries", 100),
];
