import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startGitHub, type GitHubDouble } from "../collab/github-double/start.ts";
import { buildCentre } from "./support/centre.ts";
import { pullWorkspace, PULL, type PullWorkspace } from "./support/pull-request.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (organisations) => {
  await buildCentre(await organisations.admin("primary"));
  const standby = await organisations.admin("standby");
  await standby.create("/api/v2/routing/queues", { name: "Billing", description: "Old" });
});

let github: GitHubDouble;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(async () => {
  const { violations } = await github.state();
  await github.close();
  expect(violations).toEqual([]);
});

/** No login: the report is from files, as for a fork. */
const NO_LOGIN = { STANDBY_SECRET: "" };

/** A repository with both snapshots, and a pull request whose head is what is checked out when it is told to GitHub. */
async function repository(): Promise<PullWorkspace> {
  const workspace = await stage.workspace();
  for (const side of ["primary", "standby"]) expect((await workspace.run(["snapshot", side])).exit).toBe(0);
  return pullWorkspace(workspace, github);
}

/** Changes the primary, takes its snapshot and commits it as the head of the pull request. */
async function propose(pulled: PullWorkspace, message = "Add a skill"): Promise<string> {
  await (await stage.admin("primary")).create("/api/v2/routing/skills", { name: message });
  expect((await pulled.workspace.run(["snapshot", "primary"])).exit).toBe(0);
  const head = pulled.commit(message);
  await github.set({ pulls: [{ number: PULL, sha: head }] });
  return head;
}

/** The comments of the pull request, as a reader sees their marks. */
const commentsOf = async (): Promise<string[]> =>
  (await github.state()).comments.map(({ body }) =>
    body.replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point))),
  );

describe("lockstep pr", () => {
  it("tells what the merge changes apart from what drifted anyway, from files alone", async () => {
    const pulled = await repository();
    const head = await propose(pulled);
    const ended = await pulled.pr([], { env: NO_LOGIN });
    expect(ended).toMatchObject({ exit: 0 });
    expect(ended.stderr).toContain("The comment was created");
    const [comment = "", ...more] = await commentsOf();
    expect(more).toEqual([]);
    expect(comment).toMatch(new RegExp(`^<!-- lockstep:[0-9a-f]{16} run=1\\.1 head=${head} -->\\n## lockstep: `));
    expect(comment).toMatch(/\*\*After merge 1 object of the standby will change; \d+ objects drifted anyway\.\*\*/);
    const [before = "", anyway = ""] = comment.split("### Drifted anyway, and not touched by this");
    expect(before).toContain("- **create** `Add a skill`");
    expect(before).not.toContain("`Spanish`");
    expect(anyway).toContain("- **missing** `Spanish`");
    expect(anyway).not.toContain("`Add a skill`");
  });

  it("keeps one comment, which a later push updates and an older run leaves alone", async () => {
    const pulled = await repository();
    const first = await propose(pulled);
    expect((await pulled.pr([], { run: 4, env: NO_LOGIN })).exit).toBe(0);
    const second = await propose(pulled, "Add another skill");
    const late = await pulled.pr([], { run: 5, head: first, env: NO_LOGIN });
    expect(late.stderr).toContain("another head by now");
    expect((await pulled.pr([], { run: 6, env: NO_LOGIN })).stderr).toContain("updated");
    expect((await pulled.pr([], { run: 5, env: NO_LOGIN })).stderr).toContain("A later run");
    const [comment = "", ...more] = await commentsOf();
    expect(more).toEqual([]);
    expect(comment).toContain(`run=6.1 head=${second}`);
    expect(comment).toContain("`Add another skill`");
  });

  it("settles on one comment where two runs write at the same time", async () => {
    const pulled = await repository();
    await propose(pulled);
    const env = await pulled.job({ env: NO_LOGIN });
    const runs = ["1", "2", "3"].map((GITHUB_RUN_NUMBER) =>
      pulled.workspace.run(["pr"], { ...env, GITHUB_RUN_NUMBER }),
    );
    for (const { exit } of await Promise.all(runs)) expect(exit).toBe(0);
    expect(await commentsOf()).toHaveLength(1);
  });

  it("reads the standby as it is now where there is a login, and never the place that the pull request names", async () => {
    const pulled = await repository();
    await pulled.workspace.configure({ orgs: { standby: { baseUrl: "http://127.0.0.1:9/" } } });
    await propose(pulled);
    await (await stage.admin("standby")).create("/api/v2/routing/skills", { name: "Spanish" });
    expect(await pulled.pr()).toMatchObject({ exit: 0 });
    const [comment = ""] = await commentsOf();
    expect(comment).toContain("compared with the standby as it is now");
    expect(comment).not.toContain("`Spanish`");
    expect(comment).toContain("**changed** `orgs`: its settings differ");
  });

  it("says in words which rules change, with what they move and hide", async () => {
    const pulled = await repository();
    await pulled.workspace.configure({
      renames: [{ kind: "skill", from: "Spanish", to: "Spanish (DR)" }],
      ignores: [{ kind: "queue", name: "Billing", path: "/description", reason: "The standby says what it is" }],
    });
    await propose(pulled);
    expect(await pulled.pr(["--check"], { env: NO_LOGIN })).toMatchObject({ exit: 0 });
    const [comment = ""] = await commentsOf();
    expect(comment).toContain("- **added** `renames`: skill Spanish is called Spanish (DR) in the standby");
    expect(comment).toContain("  - moves `skill Spanish` → `skill Spanish (DR)`");
    expect(comment).toContain("- **added** `ignores`: queue Billing › description may differ");
    const text = await readFile(pulled.workspace.path("lockstep.yaml"), "utf8");
    const line = text.split("\n").findIndex((row) => row.includes("name: Billing"));
    const { checks } = await github.state();
    const notes = checks[0]?.output.annotations as { path: string; start_line: number; title: string }[];
    const note = notes.find(({ title }) => title === "ignores: rule added");
    expect(note?.path).toBe("lockstep.yaml");
    expect(Math.abs((note?.start_line ?? 0) - line)).toBeLessThanOrEqual(1);
    expect(checks[0]).toMatchObject({ name: "lockstep", status: "completed", conclusion: "neutral" });
  });
});
