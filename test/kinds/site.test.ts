import { describe, expect, it } from "vitest";
import { site } from "../../src/kinds/site.ts";
import { isObj, objectsOf, type Json, type Obj } from "../../src/model/json.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { firstPass } from "../../src/canonical/phases.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { drive, job, writesOf } from "./drive.ts";
import { fixtureOf, lookupOf } from "./fixture.ts";

const fixture = fixtureOf("site");
const coordinate = "site/London";
const { object } = normalise(site, coordinate, fixture.entity, lookupOf(fixture).coordinateOfId);
const SITES = "/api/v2/telephony/providers/edges/sites";

function names(plans: Json | undefined): (Json | undefined)[] {
  return objectsOf(plans).map((plan) => plan["name"]);
}

describe("site", () => {
  it("keeps number plans in the order of their priority, which is not compared itself", () => {
    expect(names(object["numberPlans"])).toEqual(["Extension", "National", "Service"]);
    expect(objectsOf(object["numberPlans"]).filter((plan) => "priority" in plan)).toEqual([]);
  });

  it("knows managed sites without keeping them", () => {
    expect(site.keep?.({ ...fixture.entity, managed: true })).toBe("managed by the platform");
  });

  it("adopts the number plans that the platform gives a new site", () => {
    const wanted = firstPass(site, object);
    const answers = {
      [`POST ${SITES}`]: { id: "new-id" },
      "GET /api/v2/locations/{id}": {
        id: "id of location/Office",
        emergencyNumber: { number: "+49301234", type: "default" },
      },
      [`GET ${SITES}/{id}/numberplans`]: [{ id: "plan-1", version: 1, name: "National", priority: 4 }],
    };
    const { requests, result } = drive(
      writeObject({ kind: site, coordinate, ...job({ verb: "create", wanted }) }),
      answers,
    );
    const [create, plans, ...others] = writesOf(requests);
    expect([result, others]).toEqual(["new-id", []]);
    expect(create).toMatchObject({
      op: `POST ${SITES}`,
      body: { location: { id: "id of location/Office", emergencyNumber: { number: "+49301234", type: "default" } } },
    });
    expect(isObj(create?.body) && Object.keys(create.body)).not.toEqual(
      expect.arrayContaining(["numberPlans", "primarySites", "edges"]),
    );
    expect(plans).toMatchObject({ op: `PUT ${SITES}/{id}/numberplans`, path: { id: "new-id" } });
    expect(names(plans?.body)).toEqual(["Extension", "National", "Service"]);
    expect(objectsOf(plans?.body)).toMatchObject([{ priority: 1 }, { id: "plan-1", version: 1, priority: 2 }, {}]);
  });

  it("writes only the number plans when only they differ, and reads nothing for it", () => {
    const wanted: Obj = { ...object, numberPlans: objectsOf(object["numberPlans"]).slice(1) };
    const change = { wanted, current: object, entity: fixture.entity, touched: ["numberPlans"] };
    const { requests } = drive(writeObject({ kind: site, coordinate, ...job({ verb: "update", ...change }) }));
    expect(requests).toHaveLength(1);
    expect(requests).toMatchObject([{ op: `PUT ${SITES}/{id}/numberplans`, body: [{ priority: 1 }, { priority: 2 }] }]);
    const [plan] = objectsOf(writesOf(requests)[0]?.body);
    expect(plan).toMatchObject({ id: objectsOf(fixture.entity["numberPlans"])[0]?.["id"], version: 3 });
  });

  it("writes only the site when its plans are the same, without what a PUT may not carry", () => {
    const wanted: Obj = { ...object, callerName: "Other" };
    const change = { wanted, current: object, entity: fixture.entity, touched: ["callerName"] };
    const entity = { ...fixture.entity, location: { id: "id of location/Office", emergencyNumber: { number: "+1" } } };
    const { requests } = drive(writeObject({ kind: site, coordinate, ...job({ verb: "update", ...change, entity }) }));
    expect(requests).toHaveLength(1);
    const [put] = writesOf(requests);
    expect(put).toMatchObject({ op: `PUT ${SITES}/{id}`, body: { callerName: "Other", version: 3 } });
    expect(put?.body).toMatchObject({ location: entity.location });
    for (const name of ["edges", "primaryEdges", "addresses", "numberPlans"])
      expect(put?.body).not.toHaveProperty(name);
  });
});
