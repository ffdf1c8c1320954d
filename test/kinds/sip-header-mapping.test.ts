import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { sipHeaderMapping } from "../../src/kinds/sip-header-mapping.ts";
import type { Json, Obj } from "../../src/model/json.ts";

function derived(trunks: { [key: string]: Obj }, flows: { [key: string]: string } = {}): { [key: string]: Obj } {
  const objects = new Map<string, Map<string, Obj>>([
    ["trunk", new Map(Object.entries(trunks).map(([key, properties]) => [key, { name: key, properties }]))],
    ["flow", new Map(Object.entries(flows).map(([key, yaml]) => [key, { name: key, yaml }]))],
  ]);
  return Object.fromEntries(sipHeaderMapping.derive?.((kind) => objects.get(kind) ?? new Map<string, Obj>()) ?? []);
}

function flowReading(action: string): string {
  return [
    "inboundCall:",
    "  name: Main",
    '  startUpRef: "/inboundCall/tasks/task[Start_10]"',
    "  tasks:",
    "    - task:",
    "        name: Start",
    "        refId: Start_10",
    "        actions:",
    ...action.split("\n").map((line) => `          ${line}`),
    "",
  ].join("\n");
}

const NAMED = "- getSIPHeaders:\n    name: Read\n    headers:\n      - lit: X-Account\n      - lit: x-tier";
const RAW = "- getRawSIPHeaders:\n    name: Read all";

describe("sip-header-mapping", () => {
  it("has one object per header, with the trunks that send it and the flows that read it", () => {
    const uui = { trunk_sip_uuiEnabled: true, trunk_sip_uuiHeader: "X-ACCOUNT", trunk_sip_uuiEncoding: "Hex" };
    const found = derived({ One: uui, Two: uui }, { "inboundcall:Main": flowReading(NAMED) });
    expect(found).toEqual({
      "x-account": {
        header: "x-account",
        outbound: { One: { uui: { encoding: "Hex" } }, Two: { uui: { encoding: "Hex" } } },
        inbound: { "inboundcall:Main": { actions: ["getSIPHeaders"] } },
      },
      "x-tier": { header: "x-tier", inbound: { "inboundcall:Main": { actions: ["getSIPHeaders"] } } },
    });
  });

  it("tells what is read without being named, and passes over flows that read nothing or cannot be read", () => {
    const found = derived({}, { "inboundcall:Raw": flowReading(RAW), "inboundcall:Bad": "getSIPHeaders: [", x: "" });
    expect(found).toEqual({
      "@all": { header: "@all", inbound: { "inboundcall:Raw": { actions: ["getRawSIPHeaders"] } } },
    });
  });

  it.each<[string, Json]>([
    ["a list of lines", ["X-Site: London:1"]],
    ["a list of pairs", [{ name: "X-Site", value: "London:1" }]],
    ["a map", { "X-Site": "London:1" }],
  ])("reads custom headers from %s, whatever the property is called", (_, value) => {
    expect(derived({ One: { trunk_outbound_customSIPHeaders: value } })).toEqual({
      "x-site": { header: "x-site", outbound: { One: { custom: "London:1" } } },
    });
  });

  it("keeps apart what only sounds like a custom header", () => {
    const properties = { trunk_sip_uuiHeader: "User-to-User", trunk_sip_conversationHeader: false };
    expect(derived({ One: properties })).toEqual({});
  });

  it("has objects for the conversation id and the caller's identity, which the schema accepts", () => {
    const found = derived({
      One: {
        trunk_sip_conversationHeader: true,
        trunk_sip_uuiEnabled: true,
        trunk_calling_id_priority: ["Source", "Trunk"],
        trunk_outboundIdentity_callingName: "Acme",
      },
    });
    expect(Object.keys(found)).toEqual(["@conversation", "@identity", "user-to-user"]);
    const identity = { trunk_calling_id_priority: ["Source", "Trunk"], trunk_outboundIdentity_callingName: "Acme" };
    expect(found["@identity"]).toEqual({ header: "@identity", outbound: { One: { identity } } });
    const schema = JSON.parse(readFileSync("schemas/kinds/sip-header-mapping.json", "utf8")) as Obj;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    for (const object of Object.values(found)) expect([validate(object), validate.errors]).toEqual([true, null]);
  });
});
