import { describe, expect, it } from "vitest";
import { lockTable } from "../../src/kinds/data-table/lock-table.ts";
import { openOffice, type Office } from "./office.ts";

const MINUTES = 120_000;
const TABLES = "/api/v2/flows/datatables";
const COORDINATE = "data-table/lockstep";

async function planned(office: Office): Promise<ReturnType<Office["plan"]>> {
  return office.plan(await office.drift(await office.snapshot("primary"), await office.snapshot("standby")));
}

/** A primary with a table of the customer's that has the name of the lock's. */
async function officeWith(settings: object): Promise<Office> {
  const office = await openOffice(settings);
  const properties = { key: { $id: "/properties/key", type: "string", title: "colour", displayOrder: 0 } };
  const schema = { $schema: "http://json-schema.org/draft-04/schema#", type: "object", required: ["key"], properties };
  await office.admin.primary("POST", TABLES, {
    name: "lockstep",
    schema: { ...schema, additionalProperties: false },
  });
  return office;
}

describe("a data table of the customer's that is called as the one of the lock", () => {
  it("is not created beside it, and the plan says what to do", { timeout: MINUTES }, async () => {
    const office = await officeWith({});
    await office.admin.primary("POST", "/api/v2/routing/skills", { name: "French" });
    for (const operations of [["skill/French"], []]) {
      const plan = await planned(office);
      expect(plan.operations.map(({ coordinate }) => coordinate)).toEqual(operations);
      expect(plan.blocked).toMatchObject([{ coordinate: COORDINATE, code: "lock-table-name" }]);
      expect(plan.blocked[0]?.message).toContain("renames");
      expect(await office.apply(plan)).toMatchObject({ failures: [], verified: false, unequal: [] });
    }
  });

  it("is created under the name that a rule gives it", { timeout: MINUTES }, async () => {
    const office = await officeWith({ renames: [{ kind: "data-table", from: "lockstep", to: "Colours" }] });
    expect(await office.apply(await planned(office))).toMatchObject({ failures: [], blocked: [], verified: true });
    expect(await planned(office)).toMatchObject({ operations: [], blocked: [] });
  });

  it(
    "is not created beside one that an earlier run made, though nothing is locked now",
    { timeout: MINUTES },
    async () => {
      const office = await officeWith({ lock: { use: "off" } });
      await office.admin.standby("POST", TABLES, lockTable());
      expect(await planned(office)).toMatchObject({ operations: [], blocked: [{ coordinate: COORDINATE }] });
    },
  );

  it("is created where nothing is locked", { timeout: MINUTES }, async () => {
    const office = await officeWith({ lock: { use: "off" } });
    expect(await office.apply(await planned(office))).toMatchObject({ failures: [], blocked: [], verified: true });
    expect(await planned(office)).toMatchObject({ operations: [], blocked: [] });
  });
});
