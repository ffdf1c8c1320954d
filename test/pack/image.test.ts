import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const textOf = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const manifest = JSON.parse(textOf("package.json")) as { version: string; files: string[]; engines: { node: string } };

/** The instructions of the Dockerfile, each on one line. */
const instructions = textOf("Dockerfile")
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll(/\\\n\s*/g, "")
  .split("\n")
  .filter((line) => line !== "");
const all = (name: string): string[] =>
  instructions.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));

describe("the image", () => {
  it("holds what the package holds, but for the action, which needs a runner", () => {
    const copied = all("COPY")
      .filter((line) => line.startsWith("--from=build "))
      .flatMap((line) => line.split(" ").slice(1, -1))
      .map((path) => path.replace("/lockstep/", ""));
    const wanted = manifest.files.filter((name) => !name.startsWith("!") && !name.startsWith("action"));
    expect([...copied].sort()).toEqual([...wanted, "LICENSE", "node_modules", "package.json"].sort());
  });

  it("runs on a Node.js that the package supports, and not as root", () => {
    const major = /\d+/.exec(manifest.engines.node)?.[0] ?? "";
    for (const base of all("FROM")) expect(base).toMatch(new RegExp(`^node:${major}-`));
    expect(all("USER")).toEqual(["node"]);
  });

  it("is built without scripts of packages, and without what only development needs", () => {
    const build = all("RUN")[0] ?? "";
    expect(build).toContain("npm ci --ignore-scripts");
    expect(build).toContain("npm prune --omit=dev --omit=peer --ignore-scripts");
  });

  it("takes in nothing of a clone that may hold a secret", () => {
    const ignored = textOf(".dockerignore").split("\n");
    expect(ignored).toEqual(
      expect.arrayContaining([".git", "**/.env*", "**/.lockstep", "**/lockstep.yaml", "snapshots"]),
    );
  });
});

/** Building takes minutes, Docker and an open network, so it is asked for. */
function reasonToSkip(): string | undefined {
  if ((process.env["LOCKSTEP_IMAGE"] ?? "") === "")
    return "LOCKSTEP_IMAGE=1 builds it (Docker and an open network needed)";
  try {
    execFileSync("docker", ["info"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "no Docker that answers";
  }
}

const skipped = reasonToSkip();
if (skipped !== undefined) process.stderr.write(`the image, built: skipped: ${skipped}\n`);

describe.skipIf(skipped !== undefined)("the image, built", { timeout: 900_000 }, () => {
  it("answers with its version", async () => {
    const run = promisify(execFile);
    await run("docker", ["build", "--tag", "lockstep:test", ROOT], { maxBuffer: 2 ** 26 });
    const { stdout } = await run("docker", ["run", "--rm", "lockstep:test", "--version"]);
    expect(stdout.trim()).toBe(manifest.version);
  });
});
