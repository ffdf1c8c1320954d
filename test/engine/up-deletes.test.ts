import { expect, it } from "vitest";
import type { Admin } from "../scenarios/support/admin.ts";
import { buildCentre } from "../scenarios/support/centre.ts";
import { documentOf, errorOf, type Ended } from "../scenarios/support/cli.ts";
import { writesTo } from "../scenarios/support/control.ts";
import { lockTableId, withoutLock } from "../scenarios/support/lock.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { placeFor } from "./support/engine.ts";
import { describeEngine } from "./support/needs.ts";
import { upWorkspace, type UpWorkspace } from "./support/up.ts";

const IVRS = "/api/v2/architect/ivrs";

describeEngine("real engine: deletes by lockstep up", [], ({ engine }) => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
    const admin = await set.admin("primary");
    await buildCentre(admin);
    const { openHoursFlow } = await admin.named(IVRS, "Main line");
    await admin.create(IVRS, { name: "Other line", dnis: ["+13175550101"], openHoursFlow });
  });
  const place = placeFor(engine);

  /** Requests that change the standby while something is done. */
  async function writesOf(work: () => Promise<Ended>): Promise<{ readonly ended: Ended; readonly writes: string[] }> {
    const mark = await stage.control.mark();
    const ended = await work();
    const log = withoutLock(writesTo("standby", await stage.control.log(mark)), await lockTableId(stage));
    return { ended, writes: log.map(({ method, path }) => `${method} ${path.split("/").slice(0, 5).join("/")}`) };
  }

  async function filled(): Promise<UpWorkspace> {
    const made = await upWorkspace(place(), stage);
    const first = await made.up("--yes");
    expect(first.exit, first.stderr + first.stdout).toBe(0);
    return made;
  }

  const standby = (): Promise<Admin> => stage.admin("standby");

  it("forget what lockstep.yaml does not select any more, without a request and without --prune", async () => {
    const { workspace, up } = await filled();
    await workspace.configure({ include: { exclude: [{ kind: "skill", name: "Spanish" }] } });
    const preview = await up("--preview");
    expect(preview.exit, preview.stderr).toBe(2);
    expect(documentOf(preview)).toMatchObject({ guards: [], changes: [{ coordinate: "skill/Spanish" }] });
    const { ended, writes } = await writesOf(() => up("--yes"));
    expect(ended.exit, ended.stderr).toBe(0);
    expect(ended.stderr).toContain("skill/Spanish");
    expect(writes).toEqual([]);
    expect(await (await standby()).named("/api/v2/routing/skills", "Spanish")).toBeDefined();
    const again = await up("--yes");
    expect(documentOf(again)).toMatchObject({ changes: [], failures: [] });
  });

  it("take an entry point with --prune --allow protected in one run; the next protects what stayed", async () => {
    const { up, snapshot, stored } = await filled();
    const isProtected = async (): Promise<unknown> =>
      (await stored()).find(({ urn }) => urn.endsWith("::ivr/Other line"))?.protect;
    expect(await isProtected()).toBe(true);
    const admin = await stage.admin("primary");
    await admin.send("DELETE", `${IVRS}/${(await admin.named(IVRS, "Main line")).id}`);
    await snapshot();

    const refused = await writesOf(() => up("--yes", "--prune"));
    expect([refused.ended.exit, refused.writes]).toEqual([0, []]);
    const preview = await writesOf(() => up("--preview", "--prune", "--allow", "protected"));
    expect([preview.ended.exit, errorOf(preview.ended).code, preview.writes]).toEqual([3, "protected", []]);
    expect(await isProtected()).toBe(true);

    const { ended, writes } = await writesOf(() => up("--yes", "--prune", "--allow", "protected"));
    expect(ended.exit, ended.stderr).toBe(0);
    expect(documentOf(ended)).toMatchObject({ changes: [{ coordinate: "ivr/Main line", action: "delete" }] });
    expect(writes).toEqual([`DELETE ${IVRS}`]);
    expect(await isProtected()).not.toBe(true);

    const next = await writesOf(() => up("--yes"));
    expect([next.ended.exit, next.writes], next.ended.stderr).toEqual([0, []]);
    expect(await isProtected()).toBe(true);
    const nothing = await up();
    expect(nothing.exit, nothing.stderr).toBe(0);
  });

  it("stop with exit code 3 where the source lost most of a kind", async () => {
    const admin = await stage.admin("standby");
    for (const name of ["One", "Two", "Three", "Four"]) await admin.create("/api/v2/routing/skills", { name });
    const { up } = await upWorkspace(place(), stage);
    const { ended, writes } = await writesOf(() => up("--yes", "--prune"));
    expect([ended.exit, errorOf(ended).code, writes]).toEqual([3, "shrunken-kind", []]);
  });
});
