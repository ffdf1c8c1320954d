import { describe, expect, it } from "vitest";
import { queue } from "../../src/kinds/queue.ts";
import type { Obj } from "../../src/model/json.ts";
import { relinkObject } from "../../src/canonical/relink.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { drive, job, writesOf } from "./drive.ts";

const codes = queue.read?.parts?.find(({ at }) => at === "wrapUpCodes");
const ids: { readonly [coordinate: string]: string } = {
  "wrap-up-code/Done": "done",
  "wrap-up-code/Done (new name)": "done",
  "wrap-up-code/Later": "later",
  "wrap-up-code/Never": "never",
};

describe("a queue's members", () => {
  const change = (rings: number, ringNumber: number): Obj => ({
    name: "Billing",
    bullseye: { rings: Array.from({ length: rings }, () => ({})) },
    members: { "a@x.test": { ringNumber } },
  });
  const write = (current: Obj, wanted: Obj): string[] => {
    const update = job({ verb: "update", wanted, current, entity: current, touched: ["bullseye", "members"] });
    return writesOf(drive(writeObject({ kind: queue, coordinate: "queue/Billing", ...update })).requests).map(
      ({ op }) => op,
    );
  };
  const [ITSELF, MEMBER] = ["PUT /api/v2/routing/queues/{id}", "PATCH /api/v2/routing/queues/{id}/members/{memberId}"];

  it("leave a ring before it is removed, and come to a new one after it is there", () => {
    expect(write(change(3, 3), change(2, 2))).toEqual([MEMBER, ITSELF]);
    expect(write(change(2, 2), change(3, 3))).toEqual([ITSELF, MEMBER]);
  });
});

describe("a queue's rules", () => {
  it("go with the last group that they lead to, and stay with any other", () => {
    const rules = [
      { conditionValue: 1, groups: ["group/A"] },
      { conditionValue: 2, groups: ["group/A", "group/B"] },
    ];
    const object: Obj = { name: "Billing", conditionalGroupRouting: { rules }, memberGroups: ["group/A"] };
    const relinked = relinkObject(queue, object, (at) => (at === "group/A" ? undefined : at));
    expect(relinked).toEqual({
      name: "Billing",
      conditionalGroupRouting: { rules: [{ conditionValue: 2, groups: ["group/B"] }] },
    });
  });
});

describe("a queue's wrap-up codes", () => {
  it("come and go by id, so that a code that was renamed stays", () => {
    const before = ["wrap-up-code/Done", "wrap-up-code/Never"];
    const after = ["wrap-up-code/Done (new name)", "wrap-up-code/Later"];
    const steps = codes?.write?.({ id: "q", before, after, resolve: (coordinate) => ids[coordinate] ?? "" });
    expect(steps === undefined ? [] : writesOf(drive(steps).requests)).toEqual([
      { op: "POST /api/v2/routing/queues/{id}/wrapupcodes", path: { id: "q" }, body: [{ id: "later" }] },
      { op: "DELETE /api/v2/routing/queues/{id}/wrapupcodes/{codeId}", path: { id: "q", codeId: "never" } },
    ]);
  });
});
