import { post } from "../foundations.ts";
import type { SeedObject } from "../types.ts";
import { ref } from "../types.ts";
import type { Crowd } from "./crowds.ts";
import { crowd, crowdName, digits, inChunks, numbers } from "./crowds.ts";

const emergency: SeedObject = {
  emergencyNumber: { e164: "+442079460999", number: "+442079460999", type: "default" },
};

const mailDomain = (n: number): string => `crowd-${digits(n)}.example.com`;

/** A list below the first member of another crowd that takes ids of a third one, some at once. */
interface Joined {
  readonly kind: string;
  readonly path: string;
  readonly owner: string;
  readonly of: string;
  readonly atOnce: number;
  readonly body: (ids: readonly SeedObject[]) => SeedObject | readonly SeedObject[];
}

const joined = ({ kind, path, owner, of, atOnce, body }: Joined): Crowd => ({
  kind,
  cap: 100,
  needs: (count) => ({ [owner]: 1, [of]: count }),
  steps: (count) =>
    inChunks(numbers(count), atOnce).map((some) =>
      post(kind, crowdName(some[0] ?? 1), path, body(some.map((n) => ref(of, crowdName(n)))), [[owner, crowdName(1)]]),
    ),
});

const asReferences = (ids: readonly SeedObject[]): readonly SeedObject[] => ids.map((id) => ({ id }));

/** Divisions, users and what they are grouped by. */
export const peopleCrowds: readonly Crowd[] = [
  crowd("division", "/api/v2/authorization/divisions", 100, (n) => ({ name: crowdName(n), description: "" })),
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
  joined({
    kind: "group-members",
    path: "/api/v2/groups/{0}/members",
    owner: "group",
    of: "user",
    atOnce: 50,
    body: (memberIds) => ({ memberIds }),
  }),
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
  joined({
    kind: "queue-wrap-up-codes",
    path: "/api/v2/routing/queues/{0}/wrapupcodes",
    owner: "queue",
    of: "wrap-up-code",
    atOnce: 100,
    body: asReferences,
  }),
  joined({
    kind: "queue-members",
    path: "/api/v2/routing/queues/{0}/members",
    owner: "queue",
    of: "user",
    atOnce: 100,
    body: asReferences,
  }),
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
