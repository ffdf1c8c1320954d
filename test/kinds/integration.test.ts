import { describe, expect, it } from "vitest";
import { integration } from "../../src/kinds/integration.ts";
import type { Obj } from "../../src/model/json.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { readParts } from "../../src/canonical/read-object.ts";
import { references } from "../../src/canonical/references.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { drive, job, writesOf } from "./drive.ts";
import { fixtureOf, lookupOf } from "./fixture.ts";

const fixture = fixtureOf("integration");
const { coordinateOfId } = lookupOf(fixture);
const coordinate = "integration/custom-rest-actions:Tickets";
const { object, state } = normalise(integration, coordinate, fixture.entity, coordinateOfId);
const INTEGRATION = "/api/v2/integrations/{id}";
const CURRENT = `${INTEGRATION}/config/current`;
const CONFIGURED = {
  name: "Tickets",
  notes: "Owned by Claims",
  properties: {
    url: "https://example.com/app",
    groups: ["id of group/Agents"],
    queue: { id: "id of queue/Billing" },
    limits: [],
    label: "",
  },
  advanced: { retries: 2 },
  credentials: { basicAuth: { id: "id of credential/userDefinedOAuth:Ticket API" } },
};

describe("integration", () => {
  it("links credentials, and the ids of other objects inside its settings", () => {
    expect(object["configuration"]).toMatchObject({
      credentials: { basicAuth: "credential/userDefinedOAuth:Ticket API" },
      properties: { groups: ["lockstep:group/Agents"], queue: { id: "lockstep:queue/Billing" } },
    });
    expect(references(integration, object).map((found) => found.coordinate)).toEqual([
      "credential/userDefinedOAuth:Ticket API",
      "group/Agents",
      "queue/Billing",
    ]);
    expect(state).toEqual({ "/intendedState": "ENABLED" });
  });

  it("reports an id that belongs to nothing lockstep knows", () => {
    const { findings } = normalise(integration, coordinate, fixture.entity, (kind, id) =>
      kind === "queue" ? undefined : coordinateOfId(kind, id),
    );
    expect(findings).toMatchObject([{ code: "unknown-id", path: "/configuration/properties/queue/id" }]);
  });

  it("takes empty settings for none", () => {
    const empty = { name: "Tickets", version: 1, notes: "", properties: {}, advanced: {}, credentials: {} };
    const { result } = drive(readParts(integration, { id: "i1", name: "Tickets" }), { [`GET ${CURRENT}`]: empty });
    expect(normalise(integration, coordinate, result, coordinateOfId).object).toEqual({ name: "Tickets" });
  });

  it("is configured as its list says, and read alone where the list says nothing or only a part", () => {
    const current = { name: "Tickets", version: 3, notes: "Mine", properties: {}, advanced: {}, credentials: {} };
    const listed = (config: Obj) =>
      drive(readParts(integration, { id: "i1", config }), { [`GET ${CURRENT}`]: current });
    for (const [config, requests] of [
      [{ current }, 0],
      [{}, 1],
      [{ current: { version: 3 } }, 1],
      [{ current: { ...current, properties: null } }, 1],
    ] as const) {
      const read = listed(config);
      expect(read.requests).toHaveLength(requests);
      expect(read.result["configuration"]).toEqual({ name: "Tickets", version: 3, notes: "Mine" });
    }
  });

  it("is created, configured and then switched on", () => {
    const created = job({ verb: "create", wanted: object });
    const { requests, result } = drive(writeObject({ kind: integration, coordinate, ...created }), {
      "POST /api/v2/integrations": { id: "new-id" },
      [`GET ${CURRENT}`]: { version: 1 },
    });
    expect(result).toBe("new-id");
    expect(writesOf(requests)).toEqual([
      {
        op: "POST /api/v2/integrations",
        body: { name: "Tickets", integrationType: { id: "custom-rest-actions" } },
      },
      { op: `PUT ${CURRENT}`, path: { id: "new-id" }, body: { ...CONFIGURED, version: 1 } },
      { op: `PATCH ${INTEGRATION}`, path: { id: "new-id" }, body: { intendedState: "ENABLED" } },
    ]);
  });

  it("is changed with one request that has every field, without touching whether it is on", () => {
    const wanted: Obj = { ...object, configuration: { notes: "Moved" } };
    const updated = job({
      verb: "update",
      wanted,
      current: object,
      entity: { ...fixture.entity, intendedState: "DISABLED" },
      touched: ["configuration"],
    });
    expect(drive(writeObject({ kind: integration, coordinate, ...updated })).requests).toEqual([
      {
        op: `PUT ${CURRENT}`,
        path: { id: "own-id" },
        body: { name: "Tickets", notes: "Moved", properties: {}, advanced: {}, credentials: {}, version: 4 },
      },
    ]);
  });

  it("is switched on or off where the configuration asks for it", () => {
    const wanted: Obj = { ...object, intendedState: "DISABLED" };
    const change = { wanted, current: object, entity: fixture.entity, touched: ["intendedState"] };
    expect(
      drive(writeObject({ kind: integration, coordinate, ...job({ verb: "update", ...change }) })).requests,
    ).toEqual([{ op: `PATCH ${INTEGRATION}`, path: { id: "own-id" }, body: { intendedState: "DISABLED" } }]);
  });
});
