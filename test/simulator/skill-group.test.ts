import { describe, expect, it } from "vitest";
import { created, lab } from "./lab.ts";

const groups = "/api/v2/routing/skillgroups";
const leaf = (skill: string, proficiency = 2) => ({
  routingSkill: skill,
  comparator: "GreaterThan",
  proficiency,
  childConditions: [],
});
const conditions = (...routingSkillConditions: object[]) => [
  { operation: "And", routingSkillConditions, languageSkillConditions: [] },
];

describe("skill groups (genesys-api §3, §4.2)", () => {
  it("name skills that exist, inside nested conditions too, with a proficiency from 0 to 5", async () => {
    const admin = await lab().login("standby", "admin");
    await created(admin, "/api/v2/routing/skills", { name: "German" });
    const nested = { ...leaf("German"), childConditions: conditions(leaf("Klingon")) };
    for (const wrong of [
      conditions(leaf("Klingon")),
      conditions(nested),
      conditions(leaf("German", 6)),
      [{ operation: "Nor" }],
    ])
      expect((await admin("POST", groups, { name: "A", skillConditions: wrong })).status).toBe(400);
    const id = await created(admin, groups, { name: "A", skillConditions: conditions(leaf("German")) });
    expect((await admin("GET", `${groups}/${id}`)).body.skillConditions).toEqual(conditions(leaf("German")));
    const twin = await admin("POST", groups, { name: "A", skillConditions: [] });
    expect(twin.body.code).toBe("group.name.in.use");
  });

  it("have member divisions as a list of their own, in which their own division always is", async () => {
    const { login, clock } = lab({ jobMs: 1000 });
    const admin = await login("standby", "admin");
    const [north, south] = [
      await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" }),
      await created(admin, "/api/v2/authorization/divisions", { name: "South", description: "" }),
    ];
    const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    const id = await created(admin, groups, { name: "A", skillConditions: [], memberDivisions: [north] });
    const divisions = `${groups}/${id}/members/divisions`;
    const held = async () => (await admin("GET", divisions)).body.entities.map(({ name }) => name).sort();
    expect(await held()).toEqual(["Home standby", "North"]);
    const change = { addDivisionIds: [south], removeDivisionIds: [north, home] };
    expect((await admin("POST", divisions, change)).status).toBe(204);
    expect(await held()).toEqual(["Home standby", "South"]);
    expect((await admin("GET", `${groups}/${id}`)).body).toMatchObject({ status: "InProgress" });
    clock.pass(1000);
    const one = (await admin("GET", `${groups}/${id}`)).body;
    expect(one).toMatchObject({ status: "Complete" });
    expect(one).not.toHaveProperty("memberDivisions");
    expect((await admin("POST", divisions, { addDivisionIds: ["none"] })).status).toBe(400);
  });
});
