import { describe, expect, it } from "vitest";
import { buildCentre, callFlow, CENTRE } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { digests } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface SnapshotDocument {
  readonly org: { readonly id: string; readonly name: string };
  readonly complete: boolean;
  readonly kinds: {
    readonly [kind: string]: { readonly listed: number; readonly read: number; readonly kept: number };
  };
  readonly requests: { readonly total: number; readonly byKind: { readonly [kind: string]: number } };
}

async function requests(since: number): Promise<string[]> {
  const log = await stage.control.log(since);
  return log.filter(({ path }) => path.startsWith("/api/")).map(({ method, path }) => `${method} ${path}`);
}

describe("a second snapshot", () => {
  it("has the same bytes when nothing changed, and costs fewer requests", async () => {
    const workspace = await stage.workspace();
    // What was made a moment ago is read again whatever the audit log says, so that its queries come on top.
    await workspace.configure({ read: { audit: "off" } });
    const start = await stage.control.mark();
    const first = (await works(workspace, 0, "snapshot", "primary")) as SnapshotDocument;
    const full = await requests(start);
    expect(first).toMatchObject({ org: { id: stage.line.orgs["primary"]?.id }, complete: true });
    expect(first.requests.total).toBe(full.length);
    const byKind = Object.values(first.requests.byKind).reduce((sum, count) => sum + count, 0);
    expect(byKind).toBe(first.requests.total);
    for (const coordinate of CENTRE.objects) {
      const kind = coordinate.slice(0, coordinate.indexOf("/"));
      expect(first.kinds[kind]?.kept, kind).toBeGreaterThan(0);
    }
    for (const [kind, { listed, read }] of Object.entries(first.kinds)) expect([kind, read]).toEqual([kind, listed]);

    await stage.control.set({ shuffleSeed: 99 });
    const before = await digests(workspace.path("snapshots/primary"));
    const mark = await stage.control.mark();
    await works(workspace, 0, "snapshot", "primary");
    const again = await requests(mark);
    const { "run.json": _, ...same } = await digests(workspace.path("snapshots/primary"));
    expect({ ...same, "run.json": before["run.json"] }).toEqual(before);
    expect(again.filter((request) => request.includes("/flows/export/jobs"))).toEqual([]);
    expect(again.length).toBeLessThan(full.length);
    expect(again.filter((request) => !full.includes(request))).toEqual([]);
  });

  it("does not replace that of another organisation", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    const error = await refused(stage, workspace, "snapshot", "standby", "-o", "snapshots/primary");
    expect(error).toMatchObject({
      exit: 1,
      code: "other-org",
      file: workspace.path("snapshots/primary/manifest.json"),
    });
    expect(error.message).toContain(stage.line.orgs["primary"]?.id);
    expect(error.hint).toContain("-o DIR");
  });

  it("reads the one flow that changed, and nothing else again", async () => {
    const workspace = await stage.workspace();
    await (await stage.admin("primary")).publish(callFlow("Second", "Support"));
    await works(workspace, 0, "snapshot", "primary");
    const before = await digests(workspace.path("snapshots/primary"));
    await (await stage.admin("primary")).publish(callFlow("Second", "Billing"));
    const mark = await stage.control.mark();
    await works(workspace, 0, "snapshot", "primary");
    expect((await requests(mark)).filter((request) => request === "POST /api/v2/flows/export/jobs")).toHaveLength(1);
    const after = await digests(workspace.path("snapshots/primary"));
    const changed = Object.keys(after).filter((path) => after[path] !== before[path] && path.includes("/"));
    expect(changed).toEqual(["flow/inboundcall%3ASecond.yaml"]);
  });
});
