import { expect } from "vitest";
import { errorOf, type ErrorDocument } from "./cli.ts";
import { writesTo } from "./control.ts";
import type { Stage } from "./stage.ts";
import { digests, type Workspace } from "./workspace.ts";

/**
 * Runs a command that has to be refused: no file may change by it but the cache of what was read, and nothing may be written to
 * an organisation.
 */
export async function refused(
  stage: Stage,
  workspace: Workspace,
  ...args: readonly string[]
): Promise<ErrorDocument & { readonly exit: number | null }> {
  const files = withoutCache(await digests(workspace.directory));
  const mark = await stage.control.mark();
  const ended = await workspace.json(...args);
  const error = errorOf(ended);
  const log = await stage.control.log(mark);
  for (const org of Object.keys(stage.line.orgs)) expect(writesTo(org, log)).toEqual([]);
  expect(withoutCache(await digests(workspace.directory))).toEqual(files);
  return { exit: ended.exit, ...error };
}

function withoutCache(files: { readonly [path: string]: string }): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(".lockstep/cache/")));
}

/** Runs a command that has to work. */
export async function works(workspace: Workspace, exit: number, ...args: readonly string[]): Promise<unknown> {
  const ended = await workspace.json(...args);
  expect(ended.exit, `${args.join(" ")}: ${ended.stderr}${ended.stdout.slice(0, 2000)}`).toBe(exit);
  return JSON.parse(ended.stdout) as unknown;
}
