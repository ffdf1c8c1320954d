import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { groupBy } from "../../src/model/group-by.ts";
import type { Ended } from "../scenarios/support/cli.ts";

/** A project in which lockstep is installed and nothing else, with an empty home. */
export interface Installed {
  readonly directory: string;
  /** Runs the installed command line. */
  lockstep(args: readonly string[], env?: Environment): Promise<Ended>;
  /** Runs it by `npx --no-install`, which takes its time. */
  npx(args: readonly string[], env?: Environment): Promise<Ended>;
  /** What is installed takes this many bytes of disk. */
  size(): Promise<number>;
  remove(): Promise<void>;
}

interface Environment {
  readonly [name: string]: string;
}

interface Lock {
  readonly packages: {
    readonly [path: string]: { readonly dev?: true; readonly peer?: true; readonly optional?: true };
  };
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/**
 * Packs this package and lays it out as `npm install` does, without the network: the packages that the lockfile holds for those who
 * use it are copied from here.
 */
export async function install(): Promise<Installed> {
  const directory = await mkdtemp(join(tmpdir(), "lockstep-installed-"));
  const [home, modules] = [join(directory, "home"), join(directory, "node_modules")];
  await mkdir(home);
  await mkdir(join(modules, ".bin"), { recursive: true });
  await writeFile(join(directory, "package.json"), '{ "private": true }\n');
  const env = { PATH: process.env["PATH"], HOME: home, NO_UPDATE_NOTIFIER: "1" };
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", directory];
  const { stdout: tarball } = await run("npm", pack, { cwd: ROOT, env });
  await run("tar", ["-xzf", tarball.trim()], { cwd: directory });
  await rm(join(directory, tarball.trim()));
  await rename(join(directory, "package"), join(modules, "lockstep"));
  const { packages } = JSON.parse(await readFile(join(ROOT, "package-lock.json"), "utf8")) as Lock;
  const needed = Object.entries(packages).filter(([path, { dev, peer }]) => path !== "" && !dev && !peer);
  // What is inside of another package comes with it, also what that one has only for us.
  const outermost = needed.map(([path]) => path).filter((path) => !path.slice(1).includes("node_modules"));
  for (const [scope, paths] of groupBy(outermost, dirname)) {
    await mkdir(join(directory, scope), { recursive: true });
    await run("cp", ["-R", ...paths, join(directory, scope)], { cwd: ROOT });
  }
  await chmod(join(modules, "lockstep", "dist", "cli", "main.js"), 0o755);
  await symlink("../lockstep/dist/cli/main.js", join(modules, ".bin", "lockstep"));
  const ended = async (file: string, args: readonly string[], more: Environment = {}): Promise<Ended> => {
    try {
      return { exit: 0, ...(await run(file, [...args], { cwd: directory, env: { ...env, ...more, HOME: home } })) };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { exit: code, stdout, stderr };
    }
  };
  return {
    directory,
    lockstep: (args, more) => ended(join(modules, ".bin", "lockstep"), args, more),
    npx: (args, more) => ended("npx", ["--no-install", "lockstep", ...args], more),
    size: () => sizeOf(modules),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.map(async (entry) =>
      entry.isSymbolicLink() ? 0 : (await stat(join(entry.parentPath, entry.name))).blocks,
    ),
  );
  return sizes.reduce((sum, blocks) => sum + blocks * 512, 0);
}
