import { rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

// A file in the place of a directory stops every account, also one that permission bits do not stop.
describe("a directory that cannot be written", () => {
  it.each([
    ["snapshot", ["snapshot", "primary", "-o", "taken/primary"]],
    ["plan", ["plan", "-o", "taken/plan.json"]],
    ["diff with a report", ["diff", "--report", "markdown=taken/drift.md"]],
  ])("is found out by %s before anything is read", async (_, args) => {
    const workspace = await stage.workspace();
    await writeFile(workspace.path("taken"), "a file");
    const mark = await stage.control.mark();
    const error = await refused(stage, workspace, ...args);
    expect(error).toMatchObject({ exit: 1, code: "file-unwritable" });
    expect(error.file).toContain(workspace.path("taken"));
    expect(await stage.control.log(mark)).toEqual([]);
  });

  it("is found out by apply before anything is written", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "plan", "-o", "plan.json");
    await rm(workspace.path(".lockstep"), { recursive: true });
    await writeFile(workspace.path(".lockstep"), "a file");
    const error = await refused(stage, workspace, "apply", "plan.json");
    // The state of earlier work is looked for first.
    expect(error).toMatchObject({ exit: 1, code: "file-unreadable" });
    expect(error.file).toContain(workspace.path(".lockstep"));
  });
});
