import { resolve } from "node:path";
import type { GuardCode } from "../../model/catalogue/codes.ts";
import { ALLOWABLE_GUARDS } from "../../model/guard.ts";

/** The configuration file that a stack names, the same on both ways of naming it. */
const CONFIG = "lockstep:config";
const PRUNE = "lockstep:prune";
const ALLOW = "lockstep:allow";

/** Paths from the project's directory, which a program that runs in this process does not know. */
const PATHS = ["lockstep:snapshot", "lockstep:plan"] as const;

/** Configuration of a stack, by its keys in full. */
export type StackConfig = ReadonlyMap<string, string>;

/** What the command line may set for one run. */
interface RunFlags {
  readonly config?: string;
  readonly prune?: boolean | undefined;
  readonly allow: readonly string[];
}

/** Configuration of one run: that of the stack, with what the command line says on top. */
export interface RunConfig {
  /** What differs from the stack's own configuration, for the program. */
  readonly overrides: StackConfig;
  /** Absolute path of lockstep.yaml. */
  readonly file: string;
  readonly prune: boolean;
  readonly allow: ReadonlySet<GuardCode>;
}

/** The name that `--config` has when nobody gave it. */
const USUAL = "lockstep.yaml";

/**
 * The configuration file is that of `--config`, or else the stack's own (from the project's directory), or else the one
 * where the command was started. Flags hold for this run only; the stack's configuration is not changed.
 */
export function runConfig(
  stack: StackConfig,
  { config = USUAL, prune, allow }: RunFlags,
  { cwd, directory }: { readonly cwd: string; readonly directory: string },
): RunConfig {
  const own = stack.get(CONFIG) || USUAL;
  const file = config !== USUAL || own === USUAL ? resolve(cwd, config) : resolve(directory, own);
  const wanted = prune === true || stack.get(PRUNE) === "true";
  const names = [...new Set([...listIn(stack.get(ALLOW)), ...allow])];
  const overrides = new Map([[CONFIG, file]]);
  for (const key of PATHS) {
    const path = stack.get(key) ?? "";
    if (path !== "") overrides.set(key, resolve(directory, path));
  }
  if (prune === true) overrides.set(PRUNE, "true");
  if (allow.length > 0) overrides.set(ALLOW, JSON.stringify(names));
  const allowed = new Set(ALLOWABLE_GUARDS.filter((guard) => names.includes(guard)));
  return { overrides, file, prune: wanted, allow: allowed };
}

function listIn(text = ""): string[] {
  try {
    const value: unknown = JSON.parse(text || "[]");
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
  } catch {
    // A list that cannot be read is the program's to complain about, with the key and the command that sets it.
    return [];
  }
}
