import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import type { LogLine } from "./support/control.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  await buildCentre(await set.admin("primary"));
  await buildCentre(await set.admin("standby"));
});

const commands: [string, string[]][] = [
  ["diff", ["diff"]],
  ["plan", ["plan", "-o", "plan.json"]],
  ["sync", ["sync", "--yes"]],
];

describe("a command that needs both organisations", () => {
  it.each(commands)("reads them at the same time: %s", async (_name, args) => {
    const workspace = await stage.workspace();
    const mark = await stage.control.mark();
    await works(workspace, 0, ...args);
    const log = await apiLog(mark);
    const orgs = log.map(({ org }) => org);
    expect(orgs.indexOf("standby")).toBeLessThan(orgs.lastIndexOf("primary"));
    expect(orgs.indexOf("primary")).toBeLessThan(orgs.lastIndexOf("standby"));
  });

  it.each(commands)("stops reading one when the other cannot be read: %s", async (_name, args) => {
    const workspace = await stage.workspace();
    // The primary cannot be read to its end before the standby has failed.
    await stage.control.faults(
      { org: "standby", path: "/routing/skills$", times: 99, action: "status:403" },
      { org: "primary", path: "/routing/languages$", times: 99, action: "hang" },
    );
    const mark = await stage.control.mark();
    expect(await refused(stage, workspace, ...args)).toMatchObject({ exit: 1, code: "permission-missing" });
    const sent = await apiLog(mark);
    // Flows are exported while the lists are read; what needs all lists was not begun.
    expect(sent.filter(({ org, path }) => org === "primary" && path.endsWith("/members"))).toEqual([]);
    const after = await stage.control.mark();
    expect(await apiLog(after)).toEqual([]);
  });
});

async function apiLog(since: number): Promise<LogLine[]> {
  return (await stage.control.log(since)).filter(({ path }) => path.startsWith("/api/"));
}
