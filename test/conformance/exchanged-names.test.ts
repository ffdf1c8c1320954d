import { beforeAll, describe, expect, it } from "vitest";
import { openOffice, type Body, type Office } from "./office.ts";

const MINUTES = 120_000;

/** Kinds, where they are, how they change, and what an object has beside its name and description. */
const KINDS: readonly (readonly [kind: string, path: string, verb: "PUT" | "PATCH", more?: object])[] = [
  ["queue", "/api/v2/routing/queues", "PUT"],
  ["wrap-up-code", "/api/v2/routing/wrapupcodes", "PUT"],
  ["division", "/api/v2/authorization/divisions", "PUT"],
  ["skill-group", "/api/v2/routing/skillgroups", "PATCH"],
  ["milestone", "/api/v2/flows/milestones", "PUT"],
  ["outcome", "/api/v2/flows/outcomes", "PUT"],
  ["prompt", "/api/v2/architect/prompts", "PUT"],
  ["ivr", "/api/v2/architect/ivrs", "PUT"],
  ["emergency-group", "/api/v2/architect/emergencygroups", "PUT"],
  [
    "schedule",
    "/api/v2/architect/schedules",
    "PUT",
    { start: "2026-01-01T08:00:00.000", end: "2026-01-01T17:00:00.000" },
  ],
  ["schedule-group", "/api/v2/architect/schedulegroups", "PUT", { timeZone: "Europe/London" }],
];

let office: Office;

async function planned(): Promise<ReturnType<Office["plan"]>> {
  return office.plan(await office.drift(await office.snapshot("primary"), await office.snapshot("standby")));
}

async function named(path: string, name: string): Promise<Body> {
  const { entities } = (await office.admin.primary("GET", `${path}?pageSize=100`)) as { entities: Body[] };
  const found = entities.find((entity) => entity["name"] === name);
  return office.admin.primary("GET", `${path}/${String(found?.["id"])}`);
}

beforeAll(async () => {
  office = await openOffice();
  for (const [, path, , more] of KINDS)
    for (const name of ["Alpha", "Beta"])
      await office.admin.primary("POST", path, { name, description: `was ${name}`, ...more });
  await office.apply(await planned());
  for (const [, path, verb] of KINDS) {
    const [alpha, beta] = [await named(path, "Alpha"), await named(path, "Beta")];
    const rename = async (entity: Body, name: string): Promise<void> => {
      const now = await office.admin.primary("GET", `${path}/${String(entity["id"])}`);
      await office.admin.primary(verb, `${path}/${String(entity["id"])}`, { ...now, name });
    };
    await rename(alpha, "Between");
    await rename(beta, "Alpha");
    await rename(alpha, "Beta");
  }
}, MINUTES);

describe("two objects that exchange their names in the primary", () => {
  it("exchange their content in the standby, in one run, whatever their kind", { timeout: MINUTES }, async () => {
    const plan = await planned();
    expect(plan.operations.map(({ coordinate }) => coordinate).sort()).toEqual(
      KINDS.flatMap(([kind]) => [`${kind}/Alpha`, `${kind}/Beta`]).sort(),
    );
    expect(new Set(plan.operations.map(({ action }) => action))).toEqual(new Set(["update"]));
    expect(await office.apply(plan)).toMatchObject({ failures: [], unequal: [], blocked: [], verified: true });
    expect((await planned()).operations).toEqual([]);
    const { objects } = await office.snapshot("standby");
    for (const [kind] of KINDS) expect(objects.get(`${kind}/Alpha`)).toMatchObject({ description: "was Beta" });
  });
});
