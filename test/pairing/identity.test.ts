import { describe, expect, it } from "vitest";
import { identityOf, isNamed, keyWith, namesOf, namesOfKey } from "../../src/pairing/identity.ts";
import { KINDS } from "./fake-kinds.ts";

const queue = KINDS.get("queue");
const route = KINDS.get("outbound-route");

describe("the name in a key", () => {
  it.each([
    ["the key itself", "Billing", "Billing", { prefix: "", name: "Billing", escaped: false, at: "name" }],
    ["behind a type", "voice:Main", "Main", { prefix: "voice:", name: "Main", escaped: false, at: "name" }],
    ["behind a parent", "A~1B/c~1d", "c/d", { prefix: "A~1B/", name: "c/d", escaped: true, at: "name" }],
    ["not in it", "+1-+2", "Pool", { prefix: "", name: "+1-+2", escaped: false, at: undefined }],
    ["not in it, as it ends in another name", "voice:Main 2", "Main", { prefix: "", name: "voice:Main 2" }],
    ["that of the organisation", "@home", "Head office", { prefix: "", name: "@home", at: undefined }],
    [
      "that of the organisation, even if it looks equal",
      "@home",
      "@home",
      { prefix: "", name: "@home", at: undefined },
    ],
    ["empty", "voice:", "", { prefix: "", name: "voice:", at: undefined }],
  ])("is %s: %s, %s", (_, key, name, identity) => {
    expect(identityOf(queue, key, { name })).toMatchObject({ key, ...identity });
  });

  it("of an object that is not available is the last part where it has a parent, and the whole key elsewhere", () => {
    expect(identityOf(route, "Site A/De~1fault", undefined)).toEqual({
      key: "Site A/De~1fault",
      prefix: "Site A/",
      name: "De/fault",
      escaped: true,
      at: undefined,
    });
    expect(identityOf(route, "A/B/c", undefined)).toMatchObject({ prefix: "A/B/", name: "c" });
    expect(identityOf(route, "Default", undefined)).toMatchObject({ prefix: "", name: "Default", escaped: false });
    expect(identityOf(queue, "a/b", undefined)).toMatchObject({ prefix: "", name: "a/b", escaped: false });
    expect(identityOf(undefined, "a/b", undefined)).toMatchObject({ prefix: "", name: "a/b" });
  });

  it("can change, but for that of the organisation", () => {
    expect(isNamed(identityOf(queue, "Billing", { name: "Billing" }))).toBe(true);
    expect(isNamed(identityOf(queue, "@home", { name: "Home" }))).toBe(false);
  });

  it("is one of those that rules know, beside the key", () => {
    expect(namesOf(identityOf(queue, "Billing", { name: "Billing" }))).toEqual(["Billing"]);
    expect(namesOf(identityOf(queue, "voice:Main", { name: "Main" }))).toEqual(["voice:Main", "Main"]);
  });
});

describe("a key", () => {
  it("is rebuilt with another name, another parent, or both", () => {
    const identity = identityOf(route, "A~1B/Default", { name: "Default" });
    expect(keyWith(identity, "De/fault")).toBe("A~1B/De~1fault");
    expect(keyWith(identity, "Default", { from: "A/B", to: "C/D" })).toBe("C~1D/Default");
    expect(keyWith(identity, "Other", { from: "A/B", to: "C" })).toBe("C/Other");
    expect(keyWith(identity, "Default", { from: "Elsewhere", to: "C" })).toBe("A~1B/Default");
    expect(keyWith(identityOf(queue, "voice:Main", { name: "Main" }), "a/b")).toBe("voice:a/b");
  });

  it("alone tells what rules may call the object", () => {
    expect(namesOfKey("Billing")).toEqual(["Billing"]);
    expect(namesOfKey("voice:Main")).toEqual(["voice:Main", "Main"]);
    expect(namesOfKey("A/B/c")).toEqual(["A/B/c", "c"]);
    expect(namesOfKey("Site A/De~1fault")).toEqual(["Site A/De~1fault", "De/fault"]);
  });
});
