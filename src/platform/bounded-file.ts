import { lstat, readFile } from "node:fs/promises";
import { LockstepError } from "../model/error.ts";
import { unreadable } from "./file-errors.ts";

/**
 * Reads a file that somebody else put there: an ordinary file of at most so many bytes; no link is followed.
 * @throws LockstepError `artifact-refused`, `file-unreadable`
 */
export async function readBounded(path: string, limit: number): Promise<string> {
  const state = await lstat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const hint = "Nothing was posted. Look at the run that wrote the artefact.";
  if (!state.isFile()) {
    throw new LockstepError("artifact-refused", `${path} is no ordinary file`, hint, { file: path });
  }
  if (state.size > limit) {
    const message = `${path} has ${state.size} bytes; at most ${limit} were expected`;
    throw new LockstepError("artifact-refused", message, hint, { file: path });
  }
  return readFile(path, "utf8");
}
