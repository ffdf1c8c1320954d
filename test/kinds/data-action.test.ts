import { describe, expect, it } from "vitest";
import { dataAction } from "../../src/kinds/data-action.ts";
import { isObj, type Obj } from "../../src/model/json.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { readParts } from "../../src/canonical/read-object.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { drive, job, writesOf } from "./drive.ts";
import { fixtureOf, lookupOf } from "./fixture.ts";

const fixture = fixtureOf("data-action");
const { coordinateOfId } = lookupOf(fixture);
const owner = "custom-rest-actions:Tickets";
const coordinate = `data-action/${owner}/Tickets/Get Ticket`;
const { object } = normalise(dataAction, coordinate, fixture.entity, coordinateOfId);
const ACTION = "/api/v2/integrations/actions/{id}";
const withContract: Obj = { ...object, contract: { input: { inputSchema: { type: "object" } } } };

function update(wanted: Obj, touched: string): ReturnType<typeof job> {
  return job({ verb: "update", wanted, current: object, entity: fixture.entity, touched: [touched] });
}

describe("data-action", () => {
  it("is known by integration, category and name, the login of an integration by that alone", () => {
    expect(dataAction.key(fixture.entity, owner)).toBe(`${owner}/Tickets/Get Ticket`);
    expect(dataAction.key({ ...fixture.entity, id: "customAuth_-_i1" }, owner)).toBe(`${owner}/@auth`);
  });

  it.each([
    ["built-in actions", { id: "static_-_1" }],
    ["the default login", { id: "customAuth_-_i1", version: 1 }],
  ])("leaves out %s with a reason", (_, fields) => {
    expect(dataAction.keep?.({ ...fixture.entity, ...fields })).toEqual(expect.any(String));
    expect(dataAction.keep?.(fixture.entity)).toBe(true);
  });

  it("keeps empty defaults and headers, which mean something", () => {
    expect(object["config"]).toMatchObject({
      request: { headers: { "X-Empty": "" } },
      response: { translationMapDefaults: { status: "" } },
    });
  });

  it("reads contract and those templates that the list gives as an address only", () => {
    const config: Obj = {
      request: { requestType: "POST", requestTemplateUri: `/api/v2/integrations/actions/a1/templates/x.vm` },
      response: { successTemplate: "${rawResult}", successTemplateUri: "/api/v2/y" },
    };
    const { requests, result } = drive(readParts(dataAction, { id: "a1", version: 3, config }), {
      [`GET ${ACTION}`]: { id: "a1", contract: { input: {} } },
      [`GET ${ACTION}/templates/{fileName}`]: "body of the template",
    });
    expect(requests).toEqual([
      { op: `GET ${ACTION}`, path: { id: "a1" }, query: { expand: "contract" } },
      { op: `GET ${ACTION}/templates/{fileName}`, path: { id: "a1", fileName: "requesttemplate.vm" } },
    ]);
    expect(result).toMatchObject({
      contract: { input: {} },
      config: { request: { requestTemplate: "body of the template" }, response: { successTemplate: "${rawResult}" } },
    });
  });

  it("is read again only when its version changed", () => {
    const [contract, config] = dataAction.read?.parts ?? [];
    expect([contract?.revision?.(fixture.entity), config?.revision?.(fixture.entity)]).toEqual(["2", "2"]);
  });

  it("is created with its contract, published at once", () => {
    const { requests, result } = drive(
      writeObject({ kind: dataAction, coordinate, ...job({ verb: "create", wanted: object }) }),
      { "POST /api/v2/integrations/actions": { id: "new-id" } },
    );
    const [create, ...others] = writesOf(requests);
    expect([result, others]).toEqual(["new-id", []]);
    expect(create).toMatchObject({
      op: "POST /api/v2/integrations/actions",
      body: { integrationId: `id of integration/${owner}`, category: "Tickets", secure: true },
    });
    expect(isObj(create?.body) && Object.keys(create.body).sort()).toEqual(
      ["category", "config", "contract", "integrationId", "name", "secure"].sort(),
    );
  });

  it("is not created when it is a function", () => {
    const wanted: Obj = { ...object, integrationId: "integration/function-data-actions:Code" };
    const steps = () => drive(writeObject({ kind: dataAction, coordinate, ...job({ verb: "create", wanted }) }));
    expect(steps).toThrow(expect.objectContaining({ code: "function-code", place: { coordinate } }));
  });

  it("changes the login that a new integration comes with", () => {
    const auth = { kind: dataAction, coordinate: `data-action/${owner}/@auth` };
    const id = `customAuth_-_id of integration/${owner}`;
    const { requests, result } = drive(writeObject({ ...auth, ...job({ verb: "create", wanted: object }) }), {
      [`GET ${ACTION}`]: { id, version: 1 },
    });
    expect(result).toBe(id);
    expect(writesOf(requests)).toMatchObject([{ op: `PATCH ${ACTION}`, path: { id }, body: { version: 1 } }]);
  });

  it("changes in place when its contract stays, emptying what is gone", () => {
    const wanted: Obj = { ...object, config: { timeoutSeconds: 5, request: { requestType: "PUT" } } };
    const { requests } = drive(writeObject({ kind: dataAction, coordinate, ...update(wanted, "config") }));
    expect(requests).toEqual([
      {
        op: `PATCH ${ACTION}`,
        path: { id: "own-id" },
        body: {
          name: "Get Ticket",
          category: "Tickets",
          version: 2,
          config: {
            timeoutSeconds: 5,
            request: { headers: {}, requestTemplate: "", requestType: "PUT" },
            response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "" },
          },
        },
      },
    ]);
  });

  it("takes another contract through a draft", () => {
    const { requests } = drive(writeObject({ kind: dataAction, coordinate, ...update(withContract, "contract") }), {
      [`POST ${ACTION}/draft`]: { version: 7 },
      [`PATCH ${ACTION}/draft`]: { version: 8 },
      [`GET ${ACTION}/draft/validation`]: { valid: true },
    });
    expect(requests).toMatchObject([
      { op: `POST ${ACTION}/draft` },
      { op: `PATCH ${ACTION}/draft`, body: { version: 7, contract: withContract["contract"], category: "Tickets" } },
      { op: `GET ${ACTION}/draft/validation` },
      { op: `POST ${ACTION}/draft/publish`, body: { version: 8 } },
    ]);
  });

  it("gives up a draft that Genesys Cloud refuses, with its reasons", () => {
    const { requests, error } = refused();
    expect(error).toMatchObject({ code: "data-action-invalid" });
    expect(String(error)).toContain("input must be flat");
    expect(requests.at(-1)).toBe(`DELETE ${ACTION}/draft`);
  });
});

function refused(): { requests: string[]; error: unknown } {
  const steps = writeObject({ kind: dataAction, coordinate, ...update(withContract, "contract") });
  const requests: string[] = [];
  try {
    for (let turn = steps.next(); turn.done !== true;) {
      const op = "op" in turn.value ? turn.value.op : "";
      requests.push(op);
      const invalid = { valid: false, errors: [{ message: "input must be flat" }] };
      turn = steps.next({ status: 200, body: op.endsWith("/validation") ? invalid : { version: 1 } });
    }
    return { requests, error: undefined };
  } catch (error) {
    return { requests, error };
  }
}
