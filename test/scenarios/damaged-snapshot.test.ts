import { cp, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentOf } from "./support/cli.ts";
import { buildCentre } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { digests, type Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

const DIRECTORY = "snapshots/primary";

let good = "";

beforeAll(async () => {
  good = await mkdtemp(join(tmpdir(), "lockstep-snapshot-"));
  const workspace = await stage.workspace();
  await works(workspace, 0, "snapshot", "primary");
  await cp(workspace.path(DIRECTORY), good, { recursive: true });
});

afterAll(() => rm(good, { recursive: true, force: true }));

/** A workspace with a copy of the one good snapshot. */
async function withSnapshot(): Promise<Workspace> {
  const workspace = await stage.workspace();
  await cp(good, workspace.path(DIRECTORY), { recursive: true });
  return workspace;
}

async function replaceIn(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  await writeFile(file, text.replace(from, to));
}

interface Problem {
  readonly code: string;
  readonly file: string;
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

const damages: readonly [string, string, string, (workspace: Workspace, file: string) => Promise<void>][] = [
  [
    "malformed",
    "snapshot-malformed",
    "queue/Billing.json",
    (_, file) => replaceIn(file, '"name": "Billing"', '"name": Billing"'),
  ],
  ["cut off", "snapshot-malformed", "queue/Billing.json", (_, file) => truncate(file, 100)],
  ["cut off in its manifest", "snapshot-malformed", "manifest.json", (_, file) => truncate(file, 200)],
  ["without one of its files", "snapshot-damaged", "ivr/Main line.json", (_, file) => rm(file)],
  [
    "edited by hand",
    "snapshot-damaged",
    "queue/Billing.json",
    (_, file) => replaceIn(file, "Calls about Billing", "Calls about nothing"),
  ],
  [
    "of a version that knows another kind",
    "unknown-kind",
    "manifest.json",
    (_, file) =>
      replaceIn(
        file,
        '"kinds": {',
        '"kinds": {\n    "teapot": { "listed": 0, "read": 0, "kept": 0, "digest": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },',
      ),
  ],
];

describe("a snapshot that is not as it was written", () => {
  it.each(damages)("%s is refused by %s", async (_, code, file, damage) => {
    const workspace = await withSnapshot();
    await damage(workspace, workspace.path(DIRECTORY, file));
    const error = await refused(stage, workspace, "plan", "-o", "plan.json", "--from", DIRECTORY);
    expect(error).toMatchObject({ exit: 1, code });
    expect(error.file).toContain(file);
    const validated = await workspace.json("validate", DIRECTORY);
    expect(validated.exit).toBe(1);
    const { problems } = documentOf<{ problems: readonly Problem[] }>(validated);
    const about = problems.filter((problem) => problem.file === file);
    expect(about.length).toBeGreaterThan(0);
    for (const { expected, found } of about) expect([expected, found]).not.toContain("");
  });

  it("is not a reason to fail the next snapshot, which reads everything again", async () => {
    const workspace = await withSnapshot();
    const before = await digests(workspace.path(DIRECTORY));
    await truncate(workspace.path(DIRECTORY, "manifest.json"), 200);
    await works(workspace, 0, "snapshot", "primary");
    const { "run.json": _, ...mended } = await digests(workspace.path(DIRECTORY));
    expect({ ...mended, "run.json": before["run.json"] }).toEqual(before);
  });

  it("is recognised as different from a directory that is not a snapshot", async () => {
    const workspace = await stage.workspace();
    await writeFile(workspace.path("notes.txt"), "mine");
    for (const args of [
      ["validate", "nowhere"],
      ["validate", "."],
      ["diff", "--from", "nowhere"],
    ]) {
      const error = await refused(stage, workspace, ...args);
      expect(error).toMatchObject({ exit: 1, code: "not-a-snapshot" });
    }
    const error = await refused(stage, workspace, "snapshot", "primary", "-o", ".");
    expect(error).toMatchObject({ exit: 1, code: "not-a-snapshot" });
  });
});
