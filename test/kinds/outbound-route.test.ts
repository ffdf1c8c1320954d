import { describe, expect, it } from "vitest";
import { isDefaultOfNewSite as before } from "../../src/kinds/outbound-route/order.ts";
import { outboundRoute } from "../../src/kinds/outbound-route.ts";
import { isObj, textOf, type Obj } from "../../src/model/json.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { readObject } from "../../src/canonical/read-object.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { drive, job, writesOf } from "./drive.ts";
import { fixtureOf, lookupOf } from "./fixture.ts";

const fixture = fixtureOf("outbound-route");
const { coordinateOfId } = lookupOf(fixture);
const coordinate = "outbound-route/London/Default Outbound Route";
const { object, state } = normalise(outboundRoute, coordinate, fixture.entity, coordinateOfId);
const ROUTES = "/api/v2/telephony/providers/edges/sites/{siteId}/outboundroutes";

function route(name: string, classificationTypes: string[]): Obj {
  return { name, site: "site/London", classificationTypes };
}

describe("outbound-route", () => {
  it("keeps the order of trunks only where it is the order of failover", () => {
    expect(object["externalTrunkBases"]).toEqual(["trunk/Carrier Two", "trunk/Carrier One"]);
    const random = { ...fixture.entity, distribution: "RANDOM" };
    expect(normalise(outboundRoute, coordinate, random, coordinateOfId).object["externalTrunkBases"]).toEqual([
      "trunk/Carrier One",
      "trunk/Carrier Two",
    ]);
    expect(state).toEqual({ "/enabled": true });
  });

  it("is read below its site, whose id the answer does not carry", () => {
    const { site, managed: _, ...alone } = fixture.entity;
    const siteId = isObj(site) ? textOf(site["id"]) : "";
    const { requests, result } = drive(readObject(outboundRoute, "r1", new Set(), siteId), {
      [`GET ${ROUTES}/{id}`]: { ...alone, id: "r1" },
    });
    expect(requests).toMatchObject([{ path: { id: "r1", siteId } }]);
    expect(normalise(outboundRoute, coordinate, result ?? {}, coordinateOfId).object).toEqual(object);
  });

  it("creates a route in its site", () => {
    const created = job({ verb: "create", wanted: object });
    const { requests, result } = drive(writeObject({ kind: outboundRoute, coordinate, ...created }), {
      [`GET ${ROUTES}`]: { entities: [{ id: "other", name: "Partners" }], total: 1 },
      [`POST ${ROUTES}`]: { id: "new-id" },
    });
    expect(result).toBe("new-id");
    expect(writesOf(requests)).toEqual([
      {
        op: `POST ${ROUTES}`,
        path: { siteId: "id of site/London" },
        body: {
          name: "Default Outbound Route",
          description: "First carrier first",
          division: { id: "id of division/Claims" },
          classificationTypes: ["International", "National"],
          distribution: "SEQUENTIAL",
          externalTrunkBases: [{ id: "id of trunk/Carrier Two" }, { id: "id of trunk/Carrier One" }],
          enabled: true,
        },
      },
    ]);
  });

  it("adopts the route that the platform made with the site", () => {
    const created = job({ verb: "create", wanted: object });
    const { requests, result } = drive(writeObject({ kind: outboundRoute, coordinate, ...created }), {
      [`GET ${ROUTES}`]: { entities: [{ id: "default", name: "Default Outbound Route", version: 7 }], total: 1 },
    });
    expect(result).toBe("default");
    expect(writesOf(requests)).toMatchObject([
      { op: `PUT ${ROUTES}/{id}`, path: { siteId: "id of site/London", id: "default" }, body: { version: 7 } },
    ]);
  });

  it("leaves a route that is switched off as it is, and deletes below its site", () => {
    const entity = { ...fixture.entity, enabled: false };
    const change = { wanted: { ...object, description: "New" }, current: object, entity, touched: ["description"] };
    const update = drive(writeObject({ kind: outboundRoute, coordinate, ...job({ verb: "update", ...change }) }));
    expect(writesOf(update.requests)).toMatchObject([
      { op: `PUT ${ROUTES}/{id}`, path: { siteId: "id of site/London" }, body: { enabled: false, version: 3 } },
    ]);
    const removal = job({ verb: "delete", wanted: {}, current: object });
    expect(drive(writeObject({ kind: outboundRoute, coordinate, ...removal })).requests).toMatchObject([
      { op: `DELETE ${ROUTES}/{id}`, path: { siteId: "id of site/London", id: "own-id" } },
    ]);
  });

  it("writes the default route of a new site before its other routes", () => {
    const standard = { coordinate, after: route("Default Outbound Route", ["National"]) };
    const other = { coordinate: "outbound-route/London/Partners", after: route("Partners", ["Partner"]) };
    expect([before(standard, other), before(other, standard)]).toEqual([true, false]);
  });
});
