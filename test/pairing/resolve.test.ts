import { describe, expect, it } from "vitest";
import { targetWith } from "./fake-kinds.ts";
import { paired } from "./helpers.ts";

describe("references that the standby cannot follow", () => {
  it("are left out where they lead to what lockstep does not write, and reported", () => {
    const objects = {
      "queue/q": {
        name: "q",
        prompt: "prompt/Hello",
        manager: "user/bob@example.com",
        members: { "ann@example.com": {}, "bob@example.com": { ring: 2 } },
        groups: ["group/Known", "team/Unknown"],
        rings: [{ queue: "queue/q", group: "group/Unknown", waitSeconds: 1 }],
      },
    };
    const result = paired(objects, {}, targetWith("user/ann@example.com", "group/Known"));
    expect(result.desired.get("queue/q")).toEqual({
      name: "q",
      members: { "ann@example.com": {} },
      groups: ["group/Known"],
      rings: [{ queue: "queue/q", waitSeconds: 1 }],
    });
    expect(result.findings.map(({ code, path }) => [code, path])).toEqual([
      ["missing-in-standby", "/prompt"],
      ["missing-in-standby", "/manager"],
      ["missing-in-standby", "/members/bob@example.com"],
      ["missing-in-standby", "/groups/1"],
      ["missing-in-standby", "/rings/0/group"],
    ]);
    expect(result.findings[0]).toMatchObject({
      coordinate: "queue/q",
      message: "Refers to prompt/Hello, which the standby does not have; the reference is left out",
    });
  });

  it("take a list or map with them when nothing is left of it", () => {
    const objects = { "queue/q": { name: "q", members: { "bob@example.com": {} }, groups: ["team/T"] } };
    expect(paired(objects).desired.get("queue/q")).toEqual({ name: "q" });
  });

  it("stay where they lead to what lockstep writes, so that the gap is seen", () => {
    const objects = {
      "queue/q": {
        name: "q",
        skills: ["skill/Excluded", "skill/Gone", "skill/There"],
        rings: [{ queue: "queue/Gone" }],
      },
      "skill/Excluded": { name: "Excluded" },
    };
    const include = { kinds: ["queue"], exclude: [], members: "emails", secrets: "values" } as const;
    const result = paired(objects, { include }, targetWith("skill/There"));
    expect(result.desired.get("queue/q")).toEqual(objects["queue/q"]);
    expect(result.findings).toEqual([
      {
        code: "missing-in-standby",
        coordinate: "queue/q",
        path: "/skills/0",
        message: "Refers to skill/Excluded, which the standby does not have",
      },
      {
        code: "missing-reference",
        coordinate: "queue/q",
        path: "/skills/1",
        message: "Refers to skill/Gone, which neither the source nor the standby has",
      },
      expect.objectContaining({ code: "missing-reference", path: "/rings/0/queue" }),
    ]);
  });

  it("are not missed where the standby could not be read, or lockstep does not know the kind", () => {
    const objects = {
      "queue/q": { name: "q", manager: "user/ann@example.com" },
      "outbound-route/S/r": { name: "r", trunks: ["mystery/x", "*"] },
      "flow/bot:f": { name: "f", type: "bot", yaml: "user: ann@example.com" },
    };
    const result = paired(objects, {}, { ...targetWith(), unread: new Set(["user"]) });
    expect(Object.fromEntries(result.desired)).toEqual(objects);
    expect(result.findings).toEqual([]);
  });

  it("are looked up for texts as well, by the end of the key where a text tells no more", () => {
    const yaml = "name: f\nqueue: q\nqueue: none\nflow: Bot\nflow: Nothing\nuser: ann@example.com";
    const objects = {
      "queue/q": { name: "q" },
      "flow/voice:f": { name: "f", type: "voice", yaml },
      "flow/bot:Bot": { name: "Bot", type: "bot", yaml: "" },
    };
    const { desired, findings } = paired(objects);
    expect(desired.get("flow/voice:f")?.["yaml"]).toBe(yaml);
    expect(findings.map(({ code, path, message }) => [code, path, message.split(",")[0]])).toEqual([
      ["missing-reference", "/yaml/2", "Refers to queue/none"],
      ["missing-reference", "/yaml/4", "Refers to flow/Nothing"],
      ["missing-in-standby", "/yaml/5", "Refers to user/ann@example.com"],
    ]);
  });
});

it("announces what a text names of kinds that lockstep does not know, but not engines, which are no objects", () => {
  const objects = {
    "flow/bot:F": { name: "F", type: "bot", yaml: "knowledge-base: FAQ\ntts-engine: Genesys Enhanced TTS" },
  };
  expect(paired(objects).findings).toEqual([
    {
      code: "unknown-reference-type",
      coordinate: "flow/bot:F",
      path: "/yaml/0",
      message:
        "Refers to knowledge-base/FAQ, of a kind that lockstep does not know; without it the text cannot be published",
    },
  ]);
});
