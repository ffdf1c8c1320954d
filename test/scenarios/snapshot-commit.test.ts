import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { REPOSITORY, startGitHub } from "../collab/github-double/start.ts";
import { buildCentre } from "./support/centre.ts";
import { documentOf, errorOf } from "./support/cli.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface Document {
  readonly commit: {
    readonly outcome: string;
    readonly id: string;
    readonly pushed?: string;
    readonly isHere: boolean;
    readonly pullRequest?: { readonly number: number; readonly isNew: boolean };
  };
}

const NAMED = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];

let workspace: Workspace;

function git(...args: readonly string[]): string {
  const env = { PATH: process.env["PATH"], HOME: workspace.path("home") };
  return execFileSync("git", [...NAMED, ...args], { cwd: workspace.directory, env, encoding: "utf8" }).trim();
}

beforeEach(async () => {
  workspace = await stage.workspace();
  await writeFile(workspace.path(".gitignore"), ".lockstep/\nhome/\nremote.git/\nother/\n");
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "-m", "Configuration");
  git("config", "user.name", "Nightly");
  git("config", "user.email", "nightly@example.com");
});

async function committed(...args: readonly string[]): Promise<Document["commit"]> {
  const ended = await workspace.hurried("snapshot", "primary", ...args);
  expect(ended).toMatchObject({ exit: 0 });
  return documentOf<Document>(ended).commit;
}

/** A remote that the branch follows. */
function follow(): void {
  git("init", "--quiet", "--bare", "--initial-branch=main", "remote.git");
  git("remote", "add", "origin", workspace.path("remote.git"));
  git("push", "--quiet", "--set-upstream", "origin", "main");
}

describe("a snapshot that is committed", () => {
  it("holds the snapshot alone, by the configured identity, with a message that says what changed", async () => {
    await writeFile(workspace.path("staged.txt"), "mine");
    git("add", "staged.txt");
    await writeFile(workspace.path("lockstep.yaml"), (await readFile(workspace.path("lockstep.yaml"), "utf8")) + "\n");
    const first = await committed("--commit");
    expect(first).toMatchObject({ outcome: "committed", isHere: true });
    expect(git("log", "-1", "--format=%an <%ae> %H")).toBe(`Nightly <nightly@example.com> ${first.id}`);
    expect(git("log", "-1", "--format=%s")).toMatch(/^Snapshot of .+: \d+ new$/);
    const files = git("show", "--name-only", "--format=", "HEAD").split("\n");
    expect(files.filter((file) => !file.startsWith("snapshots/primary/"))).toEqual([]);
    expect(git("status", "--porcelain").split("\n")).toEqual(["M lockstep.yaml", "A  staged.txt"]);
  });

  it("is told where it was made and the index of Git is held by another program", async () => {
    await writeFile(workspace.path(".git/index.lock"), "");
    const ended = await workspace.json("snapshot", "primary", "--commit");
    const error = errorOf(ended);
    expect({ exit: ended.exit, ...error }).toMatchObject({ exit: 1, code: "git-unusable" });
    expect(error.message).toContain(`Committed ${git("rev-parse", "HEAD").slice(0, 12)}`);
    expect(git("log", "--format=%s").split("\n")).toHaveLength(2);
  });

  it("is none where nothing changed, and says who changed what", async () => {
    await committed("--commit");
    expect(await committed("--commit")).toEqual({ outcome: "unchanged" });
    expect(git("log", "--format=%s").split("\n")).toHaveLength(2);
    const admin = await stage.admin("primary");
    await admin.create("/api/v2/routing/skills", { name: "Sales\nCo-authored-by: Eve <eve@example.com>" });
    await committed("--commit");
    const message = git("log", "-1", "--format=%B");
    expect(message).toContain(": 1 new\n\n- new: skill/Sales�Co-authored-by: Eve <eve@example.com>");
    expect(git("log", "-1", "--format=%(trailers)")).toBe("");
  });

  it.each([
    ["no identity", ["config", "--unset", "user.email"], ["--commit"], "git-identity-missing"],
    ["no branch", ["checkout", "--quiet", "--detach"], ["--commit"], "git-branch-missing"],
    ["nothing to push to", ["status"], ["--push"], "git-branch-missing"],
    ["an ignored place", ["status"], ["--commit", "-o", "other/primary"], "git-ignored"],
    ["a place outside", ["status"], ["--commit", "-o", "../elsewhere"], "git-ignored"],
  ])("is refused with %s, before anything is read", async (_, prepare, args, code) => {
    git(...prepare);
    const mark = await stage.control.mark();
    const ended = await workspace.json("snapshot", "primary", ...args);
    expect({ exit: ended.exit, ...errorOf(ended) }).toMatchObject({ exit: 1, code });
    expect((await stage.control.log(mark)).filter(({ path }) => path.startsWith("/api/"))).toEqual([]);
  });
});

describe("a snapshot that is proposed", () => {
  it("goes to one pull request, which later ones are added to while it is open", async () => {
    const github = await startGitHub();
    try {
      follow();
      const head = git("rev-parse", "HEAD");
      const job = { GITHUB_REPOSITORY: REPOSITORY, GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: "the-token" };
      const propose = async (run: number): Promise<Document["commit"]> => {
        const env = { ...job, GITHUB_RUN_ID: String(run), GITHUB_RUN_ATTEMPT: "1" };
        const ended = await workspace.run(["snapshot", "primary", "--pull-request", "--format", "json"], env);
        expect(ended).toMatchObject({ exit: 0 });
        return documentOf<Document>(ended).commit;
      };
      const first = await propose(11);
      const branch = "lockstep/snapshot-primary-11-1";
      expect(first).toMatchObject({ outcome: "committed", pushed: `origin/${branch}`, pullRequest: { isNew: true } });
      const admin = await stage.admin("primary");
      await admin.create("/api/v2/routing/skills", { name: "@team ``` <img src=x>" });
      const second = await propose(12);
      const { number } = first.pullRequest ?? {};
      expect(second).toMatchObject({ pushed: `origin/${branch}`, pullRequest: { number, isNew: false } });
      expect(await propose(13)).toEqual({ outcome: "unchanged" });
      // The branch that is checked out stays where it was.
      expect(git("rev-parse", "HEAD", "origin/main")).toBe(`${head}\n${head}`);
      git("fetch", "--quiet", "origin", branch);
      expect(git("rev-list", "FETCH_HEAD")).toBe([second.id, first.id, head].join("\n"));
      const { issues, violations } = await github.state();
      expect(violations).toEqual([]);
      expect(issues).toMatchObject([{ number, title: "Snapshot of the primary", updates: 1 }]);
      expect(issues[0]?.body).toContain("- new: skill/%40team ``` <img src=x>\n````");
    } finally {
      await github.close();
    }
  });

  it("is refused without a job of GitHub, before anything is read", async () => {
    follow();
    const ended = await workspace.json("snapshot", "primary", "--pull-request");
    expect({ exit: ended.exit, ...errorOf(ended) }).toMatchObject({ exit: 1, code: "not-a-job" });
  });
});

describe("a snapshot that is pushed", () => {
  it("is the first commit of a branch that has none, here and at an empty remote", async () => {
    git("init", "--quiet", "--bare", "remote.git");
    git("remote", "add", "origin", workspace.path("remote.git"));
    git("switch", "--quiet", "--orphan", "fresh");
    await workspace.configure({});
    const { id } = await committed("--push");
    expect(git("rev-list", "HEAD")).toBe(id);
    expect(git("ls-remote", "origin", "fresh")).toContain(id);
  });

  it("goes to the branch of the remote", async () => {
    follow();
    expect(await committed("--push")).toMatchObject({ outcome: "committed", pushed: "origin/main", isHere: true });
    expect(git("rev-parse", "origin/main")).toBe(git("rev-parse", "HEAD"));
    expect(git("ls-remote", "origin", "main")).toContain(git("rev-parse", "HEAD"));
  });

  it("is made again on top of what others pushed, and nothing of theirs is lost", async () => {
    follow();
    const head = git("rev-parse", "HEAD");
    git("clone", "--quiet", workspace.path("remote.git"), "other");
    await writeFile(workspace.path("other/notes.md"), "theirs");
    git("-C", "other", "add", "notes.md");
    git("-C", "other", "commit", "--quiet", "-m", "Notes");
    git("-C", "other", "push", "--quiet");
    const { id, ...rest } = await committed("--push");
    expect(rest).toEqual({ outcome: "committed", pushed: "origin/main", isHere: false });
    expect(git("rev-parse", "HEAD")).toBe(head);
    expect(git("ls-remote", "origin", "main")).toContain(id);
    expect(git("show", `${id}:notes.md`)).toBe("theirs");
  });

  it("is replaced by a later snapshot of somebody else", async () => {
    follow();
    git("clone", "--quiet", workspace.path("remote.git"), "other");
    await mkdir(workspace.path("other/snapshots/primary"), { recursive: true });
    const run = JSON.stringify({ finishedAt: "2999-01-01T00:00:00.000Z" });
    await writeFile(workspace.path("other/snapshots/primary/run.json"), run);
    git("-C", "other", "add", "snapshots");
    git("-C", "other", "commit", "--quiet", "-m", "Snapshot");
    git("-C", "other", "push", "--quiet");
    const theirs = git("-C", "other", "rev-parse", "HEAD");
    expect(await committed("--push")).toEqual({ outcome: "newer-there" });
    expect(git("ls-remote", "origin", "main")).toContain(theirs);
  });

  it("ends with what the remote said where it takes no commits", async () => {
    follow();
    const hook = workspace.path("remote.git/hooks/pre-receive");
    await mkdir(workspace.path("remote.git/hooks"), { recursive: true });
    await writeFile(hook, "#!/bin/sh\necho protected branch >&2\nexit 1\n", { mode: 0o755 });
    const ended = await workspace.hurried("snapshot", "primary", "--push");
    expect({ exit: ended.exit, ...errorOf(ended) }).toMatchObject({ exit: 1, code: "git-push-refused" });
    expect(git("log", "--format=%s")).toBe("Configuration");
  });
});
