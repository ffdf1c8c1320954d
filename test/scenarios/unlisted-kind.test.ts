import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { documentOf } from "./support/cli.ts";
import { stageFor } from "./support/stage.ts";
import type { DriftReport } from "../../src/model/report.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

/** A list of a kind that other objects of the centre refer to. */
const LISTS = [
  ["schedule", "/architect/schedules$"],
  ["schedule-group", "/architect/schedulegroups$"],
  ["wrap-up-code", "/routing/wrapupcodes$"],
] as const;

describe.each(LISTS)("a primary that lists no %s all at once", (kind, path) => {
  it("is not in step, and nothing is planned by it", async () => {
    const workspace = await stage.workspace();
    expect(documentOf(await workspace.hurried("sync", "--yes"))).toMatchObject({ verified: true });
    const body = { entities: [], total: 0, pageNumber: 1, pageSize: 100, pageCount: 0 };
    const read = { org: "primary", method: "GET", times: 1000 };
    await stage.control.faults(
      { ...read, path, action: "answer", body },
      // By their ids they are not there either, as to a role that lost sight of them.
      { ...read, path: path.replace("$", "/"), action: "status:404" },
    );
    const diff = await workspace.hurried("diff", "--fresh");
    expect(diff.exit).toBe(2);
    const { findings } = documentOf<DriftReport>(diff);
    expect(findings.filter(({ code }) => code === "unlisted-kind")).toEqual([
      expect.objectContaining({ message: expect.stringContaining(`lists no objects of kind ${kind}`) as unknown }),
    ]);
    const text = await workspace.run(["diff"]);
    expect(text.stdout).not.toMatch(/^in step/m);
    const sync = await workspace.hurried("sync", "--yes");
    expect(sync.exit).toBe(3);
    expect(sync.stdout + sync.stderr).toContain("shrunken-kind");
  });
});
