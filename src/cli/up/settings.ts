import type { GuardCode } from "../../model/catalogue/codes.ts";
import { resolve } from "node:path";
import { ALLOWABLE_GUARDS } from "../../model/guard.ts";

/** The configuration file that a stack names, the same on both ways of naming it. */
const CONFIG = "lockstep:config";
const PRUNE = "lockstep:prune";
const ALLOW = "lockstep:allow";

/** Paths from the project's directory, which a program that runs in this process does not know. */
const PATHS = ["lockstep:snapshot", "lockstep:plan"] as const;

/** What the command line may set for one run. */
interface Flags {
  readonly config?: string;
  readonly prune?: boolean;
  readonly allow: readonly string[];
}

/** Configuration of one run: that of the stack, with what the command line says on top. */
export interface RunSettings {
  /** What differs from the stack's own configuration, for the program. */
  readonly settings: ReadonlyMap<string, string>;
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
export function settingsFor(
  stack: ReadonlyMap<string, string>,
  { config = USUAL, prune, allow }: Flags,
  { cwd, directory }: { readonly cwd: string; readonly directory: string },
): RunSettings {
  const own = stack.get(CONFIG) || USUAL;
  const file = config !== USUAL || own === USUAL ? resolve(cwd, config) : resolve(directory, own);
  const wanted = prune === true || stack.get(PRUNE) === "true";
  const names = [...new Set([...listIn(stack.get(ALLOW)), ...allow])];
  const settings = new Map([[CONFIG, file]]);
  for (const key of PATHS) {
    const path = stack.get(key) ?? "";
    if (path !== "") settings.set(key, resolve(directory, path));
  }
  if (prune === true) settings.set(PRUNE, "true");
  if (allow.length > 0) settings.set(ALLOW, JSON.stringify(names));
  return { settings, file, prune: wanted, allow: new Set(ALLOWABLE_GUARDS.filter((guard) => names.includes(guard))) };
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
