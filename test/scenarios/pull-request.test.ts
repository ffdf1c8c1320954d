import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { startGitHub, type GitHubDouble } from "../collab/github-double/start.ts";
import { FULL_TOKEN } from "../collab/github-double/state.ts";
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
  const fork = { ...FULL_TOKEN, permissions: { pull_requests: "read", contents: "read" } } as const;
  github = await startGitHub({ tokens: { "the-token": FULL_TOKEN, fork } });
});
afterEach(async () => {
  const { violations } = await github.state();
  await github.close();
  expect(violations).toEqual([]);
});

/** No login: the report is from files, as for a fork. */
const NO_LOGIN = { STANDBY_SECRET: "" };

let taken = "";
afterAll(() => rm(taken, { recursive: true, force: true }));

/** A repository with both snapshots, which are read once, and a pull request whose head is what is checked out later. */
async function repository(): Promise<PullWorkspace> {
  const workspace = await stage.workspace();
  if (taken === "") {
    for (const side of ["primary", "standby"]) expect((await workspace.run(["snapshot", side])).exit).toBe(0);
    taken = await mkdtemp(join(tmpdir(), "lockstep-snapshots-"));
    await cp(workspace.path("snapshots"), taken, { recursive: true });
  } else await cp(taken, workspace.path("snapshots"), { recursive: true });
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

  it("keeps one comment, which a later push updates and an older run does not change", async () => {
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

  it("takes a login from a file of the working copy, where the base names one", async () => {
    const pulled = await repository();
    const { env } = pulled.workspace;
    await writeFile(pulled.workspace.path("secret.out"), `${env["STANDBY_SECRET"]}\n`);
    await pulled.workspace.configure({ orgs: { standby: { clientSecret: "file:secret.out" } } });
    const base = pulled.commit("A login from a file");
    await propose(pulled);
    expect(await pulled.pr([], { base, env: NO_LOGIN })).toMatchObject({ exit: 0 });
    expect((await commentsOf())[0]).toContain("compared with the standby as it is now");
  });

  it("compares secrets by their placeholders with the standby as it is now", async () => {
    const pulled = await repository();
    const placeholders = { include: { secrets: "placeholders" } };
    await pulled.workspace.configure(placeholders);
    expect((await pulled.workspace.run(["snapshot", "primary"])).exit).toBe(0);
    const base = pulled.commit("Placeholders");
    // Put together here, so that no scanner takes this file for a leak.
    const value = `ghp_${"aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0bC3dEf"}`;
    await pulled.workspace.configure({
      ...placeholders,
      overrides: [{ kind: "queue", name: "Billing", path: "/description", value }],
    });
    await propose(pulled);
    expect(await pulled.pr([], { base })).toMatchObject({ exit: 0 });
    const [comment = ""] = await commentsOf();
    const [merged = ""] = comment.split("### Drifted anyway");
    expect(merged).toContain("compared with the standby as it is now");
    expect(merged).toContain("- **update** `Billing`");
    expect(comment).not.toContain("secret-not-comparable");
    expect(comment).toContain("queue Billing › description is");
    expect(comment).not.toContain(value.slice(4));
  });

  it("tells that secrets are no longer replaced, and that the audit log is used differently", async () => {
    const pulled = await repository();
    await pulled.workspace.configure({ include: { secrets: "placeholders" }, read: { audit: "off" } });
    await propose(pulled);
    expect(await pulled.pr([], { env: NO_LOGIN })).toMatchObject({ exit: 0 });
    const [comment = ""] = await commentsOf();
    expect(comment).toContain("**changed** `include`: its settings differ");
    expect(comment).toContain("**changed** `read`: its settings differ");
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
    expect(comment).toContain("- **added** `renames`: `skill Spanish is called Spanish (DR) in the standby`");
    expect(comment).toContain("  - moves `skill Spanish` → `skill Spanish (DR)`");
    expect(comment).toContain("- **added** `ignores`: `queue Billing › description may differ");
    const text = await readFile(pulled.workspace.path("lockstep.yaml"), "utf8");
    const line = text.split("\n").findIndex((row) => row.includes("name: Billing"));
    const { checks } = await github.state();
    const notes = checks[0]?.output.annotations as { path: string; start_line: number; title: string }[];
    const note = notes.find(({ title }) => title === "ignores: rule added");
    expect(note?.path).toBe("lockstep.yaml");
    expect(Math.abs((note?.start_line ?? 0) - line)).toBeLessThanOrEqual(1);
    expect(checks[0]).toMatchObject({ name: "lockstep", status: "completed", conclusion: "neutral" });
  });

  it("reads only in a pull request from a fork, and lets the run that follows post the report", async () => {
    const pulled = await repository();
    const head = await propose(pulled);
    const refused = await pulled.pr([], { token: "fork", env: NO_LOGIN });
    expect(refused).toMatchObject({ exit: 1 });
    expect(refused.stderr).toContain("lacks the permission pull-requests: write");
    expect(await pulled.pr(["--artifact", "art.out"], { token: "", env: NO_LOGIN })).toMatchObject({ exit: 0 });
    const owner = { login: "forker" };
    const workflow_run = {
      head_sha: head,
      head_branch: "change",
      run_number: 3,
      run_attempt: 1,
      html_url: "https://x.example",
    };
    const event = { workflow_run: { ...workflow_run, head_repository: { owner } } };
    const follow = () => pulled.pr(["--from-artifact", "art.out"], { event });
    expect((await follow()).stderr).toContain("No open pull request");
    await github.set({ pulls: [{ number: PULL, sha: head, owner: "forker" }] });
    expect(await follow()).toMatchObject({ exit: 0 });
    expect((await commentsOf())[0]).toContain(`run=3.1 head=${head}`);

    const file = pulled.workspace.path("art.out", "pull-request.json");
    const good = await readFile(file, "utf8");
    const forged: readonly [string, string][] = [
      [good.replaceAll(head, "d".repeat(40)), "artifact-refused"],
      [good.replace('"rules"', '"rulez"'), "report-malformed"],
      [good.replace('"compared"', '"comparet"'), "report-malformed"],
      [good.slice(0, -40), "report-malformed"],
      [good.replace('"schemaVersion": 1,\n  "settings"', '"schemaVersion": 2,\n  "settings"'), "report-newer"],
    ];
    for (const [text, code] of forged) {
      await writeFile(file, text);
      expect((await follow()).stderr).toContain(`error ${code}`);
    }
    await rm(file);
    await symlink("/etc/hostname", file);
    expect((await follow()).stderr).toContain("error artifact-refused");
    expect((await github.state()).comments.map(({ updates }) => updates)).toEqual([0]);
  });

  it("keeps an issue open while the standby differs", async () => {
    const workspace = await stage.workspace();
    const pulled = await pullWorkspace(workspace, github);
    const env = await pulled.job();
    expect(await workspace.run(["issue"], env)).toMatchObject({ exit: 2 });
    const { issues } = await github.state();
    expect(issues).toMatchObject([{ state: "open" }]);
    expect(issues[0]?.body).toContain("## Drift");
    expect((await workspace.run(["sync", "--yes"])).exit).toBe(0);
    const closed = await workspace.run(["issue"], { ...env, GITHUB_RUN_NUMBER: "2" });
    expect(closed.stderr).toContain("the issue was closed");
    expect((await github.state()).issues).toMatchObject([{ state: "closed" }]);
  });

  it("counts everything as a change of the pull request where the base holds no snapshot that can be read", async () => {
    const pulled = await repository();
    const base = pulled.git("rev-parse", "main");
    await writeFile(pulled.workspace.path("snapshots", "primary", "manifest.json"), "{}");
    const damaged = pulled.commit("Damaged");
    await rm(pulled.workspace.path("snapshots", "primary"), { recursive: true });
    await cp(join(taken, "primary"), pulled.workspace.path("snapshots", "primary"), { recursive: true });
    pulled.commit("Repaired");
    const shown = await pulled.workspace.run(["pr", "--base", damaged, "--files", "--format", "markdown"]);
    expect(shown.stdout).toContain("The base commit holds no configuration or snapshot that can be read");
    expect(shown.stdout).not.toContain("### Drifted anyway");
    const text = await pulled.workspace.run(["pr", "--base", base, "--files", "--fail-on", "drift"]);
    expect(text).toMatchObject({ exit: 2 });
    expect(text.stdout).toMatch(
      /^After merge nothing changes in the standby; \d+ objects drifted anyway\nCommit [0-9a-f]{12} compared with .+\n\nDrifted anyway\n/,
    );
  });

  it("says what is missing before anything is compared", async () => {
    const workspace = await stage.workspace();
    const bare = await workspace.run(["pr", "--base", "main"]);
    expect(bare.stderr).toContain("error git-unusable");
    const pulled = await pullWorkspace(workspace, github);
    const head = pulled.commit("Nothing");
    await github.set({ pulls: [{ number: PULL, sha: head }] });
    expect((await pulled.pr([], { token: "" })).stderr).toContain("error github-token-missing");
    expect((await pulled.pr([], { event: { ref: "main" } })).stderr).toContain("error not-a-pull-request");
    expect((await workspace.run(["pr"])).stderr).toContain("error not-a-job");
    expect((await pulled.pr([], { base: "e".repeat(40) })).stderr).toContain("error base-commit-missing");
    expect((await pulled.pr([], { env: NO_LOGIN })).stderr).toContain("error pull-nothing-to-compare");
    expect((await github.state()).comments).toEqual([]);
  });
});
