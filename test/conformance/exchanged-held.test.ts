import { beforeEach, describe, expect, it } from "vitest";
import { CANARY, openOffice, type Body, type Office } from "./office.ts";

const MINUTES = 120_000;
const TABLES = "/api/v2/flows/datatables";
const CREDENTIALS = "/api/v2/integrations/credentials";
const CODE = "names-exchanged";

type Side = "primary" | "standby";

let office: Office;

async function planned(prune = true): Promise<ReturnType<Office["plan"]>> {
  return office.plan(await office.drift(await office.snapshot("primary"), await office.snapshot("standby")), prune);
}

async function named(side: Side, path: string, name: string): Promise<Body> {
  const query = path === TABLES ? "&expand=schema" : "";
  const { entities } = (await office.admin[side]("GET", `${path}?pageSize=100${query}`)) as { entities: Body[] };
  const found = entities.find((entity) => entity["name"] === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function table(name: string, column: string): object {
  const columns = {
    key: { type: "string", title: "key", displayOrder: 0 },
    [column]: { type: "string", title: column, displayOrder: 1 },
  };
  const properties = Object.fromEntries(
    Object.entries(columns).map(([id, field]) => [id, { $id: `/properties/${id}`, ...field }]),
  );
  const $schema = "http://json-schema.org/draft-04/schema#";
  return { name, schema: { $schema, type: "object", required: ["key"], additionalProperties: false, properties } };
}

function credential(name: string): object {
  return { name, type: { name: "basicAuth" }, credentialFields: { userName: name, password: CANARY } };
}

/** Exchanges two names, as an administrator does it: by way of a third one. */
async function exchange(side: Side, path: string, body: (entity: Body) => object): Promise<void> {
  const [alpha, beta] = [await named(side, path, "Alpha"), await named(side, path, "Beta")];
  const rename = (entity: Body, name: string): Promise<Body> =>
    office.admin[side]("PUT", `${path}/${String(entity["id"])}`, { ...body(entity), name });
  await rename(alpha, "Between");
  await rename(beta, "Alpha");
  await rename(alpha, "Beta");
}

/** No answer tells the values of a credential, and a write takes no dates. */
const withValues = ({ name, type }: Body): object => ({
  type,
  credentialFields: { userName: name, password: CANARY },
});

const asRead = (entity: Body): object => entity;

beforeEach(async () => {
  const secret = (name: string, field: string): object => ({
    kind: "credential",
    name: `basicAuth:${name}`,
    path: `/credentialFields/${field}`,
    value: "env:CANARY",
  });
  const secrets = ["Alpha", "Beta"].flatMap((name) => [secret(name, "userName"), secret(name, "password")]);
  office = await openOffice({ secrets });
  await office.admin.primary("POST", TABLES, table("Alpha", "first"));
  await office.admin.primary("POST", TABLES, table("Beta", "second"));
  await office.admin.primary("POST", TABLES, table("Gamma", "third"));
  for (const name of ["Alpha", "Beta"]) await office.admin.primary("POST", CREDENTIALS, credential(name));
  expect(await office.apply(await planned())).toMatchObject({ verified: true });
}, MINUTES);

describe.each([
  ["data tables with other columns", TABLES, "data-table/", "columns", asRead],
  ["credentials, whose values nobody can read", CREDENTIALS, "credential/basicAuth:", "values", withValues],
] as const)("two %s that exchange their names in the primary", (_, path, prefix, reason, body) => {
  it("stay unchanged, run after run, and the plan says what to do", { timeout: MINUTES }, async () => {
    await exchange("primary", path, body);
    for (const _run of [1, 2]) {
      const plan = await planned();
      expect(plan.operations).toEqual([]);
      expect(plan.blocked).toMatchObject([
        { coordinate: `${prefix}Alpha`, code: CODE },
        { coordinate: `${prefix}Beta`, code: CODE },
      ]);
      expect(plan.blocked[0]?.message).toContain(`${prefix}Beta`);
      expect(plan.blocked[0]?.message).toContain(reason);
      expect(await office.apply(plan)).toMatchObject({ failures: [], verified: false, writes: 0 });
    }
  });

  it("are reported by a comparison too", { timeout: MINUTES }, async () => {
    await exchange("primary", path, body);
    const { report } = await office.drift(await office.snapshot("primary"), await office.snapshot("standby"));
    expect(report.findings.filter(({ code }) => code === CODE).map(({ coordinate }) => coordinate)).toEqual([
      `${prefix}Alpha`,
      `${prefix}Beta`,
    ]);
  });

  it("are in step once they have exchanged names in the standby as well", { timeout: MINUTES }, async () => {
    await exchange("primary", path, body);
    await exchange("standby", path, body);
    const plan = await planned();
    expect(plan).toMatchObject({ operations: [], blocked: [] });
    expect(await office.apply(plan)).toMatchObject({ verified: true });
  });
});

describe("a data table that gets the name of another one which is gone in the primary", () => {
  it("is not confused with it, and neither is deleted", { timeout: MINUTES }, async () => {
    const [alpha, beta] = [await named("primary", TABLES, "Alpha"), await named("primary", TABLES, "Beta")];
    await office.admin.standby("PUT", `${TABLES}/${String((await named("standby", TABLES, "Beta"))["id"])}`, {
      ...(await named("standby", TABLES, "Beta")),
      name: "Aside",
    });
    await office.admin.standby("POST", TABLES, table("Beta", "foreign"));
    await office.admin.primary("DELETE", `${TABLES}/${String(beta["id"])}`);
    await office.admin.primary("PUT", `${TABLES}/${String(alpha["id"])}`, { ...alpha, name: "Beta" });
    const plan = await planned();
    expect(plan.blocked.map(({ coordinate, code }) => [coordinate, code])).toEqual([
      ["data-table/Alpha", CODE],
      ["data-table/Beta", CODE],
    ]);
    expect(plan.operations.map(({ action, coordinate }) => `${action} ${coordinate}`)).toEqual([
      "delete data-table/Aside",
    ]);
  });
});
