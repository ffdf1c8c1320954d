import { dirname } from "node:path";
import type { Files } from "../model/ports.ts";
import type { Workspace } from "../model/workspace.ts";
import { configLine, loadConfig } from "./config.ts";

/** Loads `lockstep.yaml` by its absolute path. @throws LockstepError when it is missing or wrong */
export async function loadWorkspace(file: string, files: Files): Promise<Workspace> {
  const config = await loadConfig(file, files);
  const text = (await files.read(file)) ?? "";
  return { config, directory: dirname(file), file, lineOf: (pointer) => configLine(text, pointer) };
}
