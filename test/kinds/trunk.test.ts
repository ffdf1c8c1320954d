import { describe, expect, it } from "vitest";
import { trunk } from "../../src/kinds/trunk.ts";
import type { Obj } from "../../src/model/json.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { drive, job, writesOf } from "./drive.ts";
import { fixtureOf, lookupOf } from "./fixture.ts";

const fixture = fixtureOf("trunk");
const coordinate = "trunk/Carrier One";
const { object, state } = normalise(trunk, coordinate, fixture.entity, lookupOf(fixture).coordinateOfId);
const PASSWORD = "/properties/trunk_sip_authentication_credentials_password";
const COLLECTION = "POST /api/v2/telephony/providers/edges/trunkbasesettings";

function sent(body: unknown): Obj {
  const properties = (body as Obj)["properties"] as { [name: string]: { value: Obj } };
  return Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value["instance"] ?? null]));
}

describe("trunk", () => {
  it("compares settings as plain values: the instance, or the default where none is set", () => {
    expect(object["properties"]).toEqual({
      trunk_access_acl_allowList: ["198.51.100.7", "203.0.113.0/24"],
      trunk_access_acl_denyList: ["192.0.2.1"],
      trunk_label: "Carrier One",
      trunk_maxDialTimeout: "2m",
      trunk_media_codec: [],
      trunk_sip_authentication_credentials_username: "trunk-one",
      trunk_sip_uuiEnabled: false,
      trunk_transport_serverProxyList: ["sbc-b.example.com", "sbc-a.example.com"],
    });
    expect(state).toEqual({ "/properties/trunk_enabled": true, "/properties/trunk_sip_termination_uri": "acme-1" });
  });

  it("reports settings that its type does not have or does not take", () => {
    const properties: Obj = {
      trunk_max_dial_timeout: { value: { instance: "2m" } },
      trunk_transport_serverProxyList: { type: "array", required: true, value: { default: null } },
      trunk_protocol: { type: "string", enum: ["SIP"], value: { instance: "IAX" } },
      trunk_sip_uuiPd: { type: "string", pattern: "^[0-9]{2}$", value: { instance: "000" } },
      trunk_media_dscpValue: { type: "integer", value: { instance: "46" } },
      trunk_media_codec: { type: "array", enum: ["audio/opus"], value: { instance: ["audio/opus"] } },
      trunk_enabled: { type: "boolean", value: { instance: true } },
      trunk_label: { type: "string", pattern: "(", value: { instance: "any" } },
    };
    const found = normalise(trunk, coordinate, { ...fixture.entity, properties }, lookupOf(fixture).coordinateOfId);
    expect(found.findings.map(({ code, path, message }) => [code, path, message])).toEqual([
      ["trunk-setting-unknown", "/properties/trunk_max_dial_timeout", "Is not a setting of this type of trunk"],
      ["trunk-setting-invalid", "/properties/trunk_transport_serverProxyList", "Is required and has no value"],
      ["trunk-setting-invalid", "/properties/trunk_protocol", 'Is none of "SIP"'],
      ["trunk-setting-invalid", "/properties/trunk_sip_uuiPd", "Does not match ^[0-9]{2}$"],
      ["trunk-setting-invalid", "/properties/trunk_media_dscpValue", "Is not of type integer"],
    ]);
  });

  it("says nothing about settings that come without a description", () => {
    const properties: Obj = { trunk_anything: { value: { instance: 1 } } };
    const found = normalise(trunk, coordinate, { ...fixture.entity, properties }, lookupOf(fixture).coordinateOfId);
    expect(found.findings).toEqual([]);
  });

  it.each([
    ["EDGE", { trunkType: "EDGE", name: "Tie TrunkBase for EdgeGroup 1" }],
    ["managed", { managed: true }],
    ["platform phone", { name: "Genesys Cloud - CDM SIP Phone Trunk", trunkType: "PHONE" }],
    ["deleted", { state: "deleted" }],
  ])("leaves out %s trunks with a reason", (_, fields) => {
    expect(trunk.keep?.({ ...fixture.entity, ...fields })).toEqual(expect.any(String));
    expect(trunk.keep?.(fixture.entity)).toBe(true);
  });

  it("puts a new trunk in service, with the password that is given for the standby", () => {
    const created = job({ verb: "create", wanted: object, secrets: { [PASSWORD]: "s3cret" } });
    const { requests, result } = drive(writeObject({ kind: trunk, coordinate, ...created }), {
      [COLLECTION]: { id: "new-id" },
    });
    const [write] = writesOf(requests);
    expect([requests.length, write?.op, result]).toEqual([1, COLLECTION, "new-id"]);
    expect(write?.body).toMatchObject({
      inboundSite: { id: "id of site/London" },
      trunkMetabase: { id: "external_sip_pcv_byoc_carrier.json" },
    });
    expect(sent(write?.body)).toMatchObject({
      trunk_enabled: true,
      trunk_sip_authentication_credentials_password: "s3cret",
    });
    expect(sent(write?.body)).not.toHaveProperty("trunk_sip_termination_uri");
  });

  it("does not create a trunk that logs in without a password", () => {
    const create = () => drive(writeObject({ kind: trunk, coordinate, ...job({ verb: "create", wanted: object }) }));
    expect(create).toThrow(expect.objectContaining({ code: "secret-missing", place: { coordinate, path: PASSWORD } }));
  });

  it("tells a plan that a new trunk that logs in needs its password, and no other write of a trunk", () => {
    expect(trunk.write?.needsSecrets?.("create", object)).toEqual([PASSWORD]);
    expect(trunk.write?.needsSecrets?.("update", object)).toEqual([]);
    expect(trunk.write?.needsSecrets?.("create", { ...object, properties: {} })).toEqual([]);
  });

  it("keeps what the organisation owns when it updates", () => {
    const wanted: Obj = { ...object, properties: { ...(object["properties"] as Obj), trunk_maxDialTimeout: "3m" } };
    const enabled = { trunk_enabled: { value: { instance: false, default: true } } };
    const entity: Obj = { ...fixture.entity, properties: { ...(fixture.entity["properties"] as Obj), ...enabled } };
    const updated = job({ verb: "update", wanted, current: object, entity, touched: ["properties"] });
    const [write] = writesOf(drive(writeObject({ kind: trunk, coordinate, ...updated })).requests);
    expect(write).toMatchObject({
      op: "PUT /api/v2/telephony/providers/edges/trunkbasesettings/{id}",
      body: { version: 3, site: { id: "id of site/Berlin" } },
    });
    expect(sent(write?.body)).toMatchObject({
      trunk_enabled: false,
      trunk_maxDialTimeout: "3m",
      trunk_sip_termination_uri: "acme-1",
    });
  });
});
