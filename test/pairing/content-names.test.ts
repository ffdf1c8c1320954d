import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import { contentNames } from "../../src/pairing/content-names.ts";
import { renameAll } from "../../src/pairing/renames.ts";
import { renameRules } from "../../src/pairing/rename-rules.ts";
import { KINDS } from "./fake-kinds.ts";

const action = KINDS.get("outbound-route");
const kinds = new Map([
  ...KINDS,
  ...(action === undefined
    ? []
    : [["action", { ...action, name: "action", parent: { kind: "site", id: () => "" } }] as const]),
]);

function namesFor(
  objects: { readonly [coordinate: string]: Obj },
  renames: Parameters<typeof renameRules>[0],
  home = { source: "Home", target: "Home" },
) {
  const rules = renameRules(renames);
  const source = {
    coordinates: Object.keys(objects),
    objects: new Map(Object.entries(objects)),
    kinds,
    rekeyed: new Map(),
  };
  return contentNames(renameAll(source, rules), rules, home);
}

describe("names in texts", () => {
  const objects = {
    "site/Rest": { name: "Rest" },
    "action/Rest/Orders/Get ~1 put": { name: "Get / put" },
    "action/Rest/Orders/List": { name: "List" },
  };

  it("answer in the form of the question: key, end of the key, or own name", () => {
    const { nameFor } = namesFor(objects, [
      { kind: "action", from: "Get / put", to: "Fetch" },
      { kind: "site", from: "Rest", to: "Rest DR" },
    ]);
    expect(nameFor?.("action", "Rest/Orders/Get ~1 put")).toBe("Rest DR/Orders/Fetch");
    expect(nameFor?.("action", "Orders/Get ~1 put")).toBe("Orders/Fetch");
    expect(nameFor?.("action", "Get / put")).toBe("Fetch");
    expect(nameFor?.("action", "Rest/Orders/List")).toBe("Rest DR/Orders/List");
    expect(nameFor?.("action", "Orders/List")).toBeUndefined();
    expect(nameFor?.("site", "Rest")).toBe("Rest DR");
    expect(nameFor?.("skill", "Rest")).toBeUndefined();
  });

  it("follow the rules where the source has no such object", () => {
    const { nameFor } = namesFor({}, [
      { kind: "mystery", pattern: "(.*)-PROD", replace: "$1-DR" },
      { kind: "mystery", from: "A-PROD", to: "never" },
    ]);
    expect(nameFor?.("mystery", "A-PROD")).toBe("A-DR");
    expect(nameFor?.("mystery", "A")).toBeUndefined();
  });

  it("stay where several objects of one name become different ones", () => {
    const twins = { "flow/bot:Main": { name: "Main" }, "flow/voice:Main": { name: "Main" } };
    const { nameFor, findings } = namesFor(twins, [{ kind: "flow", from: "bot:Main", to: "Other" }]);
    expect(nameFor?.("flow", "Main")).toBeUndefined();
    expect(nameFor?.("flow", "bot:Main")).toBe("bot:Other");
    expect(findings).toEqual([
      {
        code: "ambiguous-rename",
        coordinate: "flow/Main",
        message:
          "Several objects have this name and become Other and Main; where a text names one of them without more, the name stays",
      },
    ]);
  });

  it("need not be looked at when every name stays", () => {
    expect(namesFor(objects, []).nameFor).toBeUndefined();
    expect(namesFor(objects, [], { source: "Home", target: "Home 2" }).nameFor?.("division", "Home")).toBe("Home 2");
  });

  it("do not change divisions when the source's Home has no known name", () => {
    const { nameFor } = namesFor(objects, [], { source: "", target: "Home 2" });
    expect(nameFor?.("division", "")).toBeUndefined();
  });
});
