import { describe, expect, it } from "vitest";
import { queue } from "../../src/kinds/queue.ts";
import { drive, writesOf } from "./drive.ts";

const codes = queue.read?.parts?.find(({ at }) => at === "wrapUpCodes");
const ids: { readonly [coordinate: string]: string } = {
  "wrap-up-code/Done": "done",
  "wrap-up-code/Done (new name)": "done",
  "wrap-up-code/Later": "later",
  "wrap-up-code/Never": "never",
};

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
