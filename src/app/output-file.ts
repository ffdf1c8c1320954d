import { relative } from "node:path";
import type { App } from "../model/app.ts";
import { LockstepError } from "../model/error.ts";
import { statePath } from "../model/workspace.ts";
import { digestText } from "../canonical/digest.ts";

type OutputApp = Pick<App, "workspace" | "files">;

/**
 * Fails early where a file could not be written, and where that would replace what lockstep did not write: a file that is
 * still as {@link writeOutput} left it is replaced, and so is an empty one.
 * @param file absolute path
 * @param isOwn tells a text that lockstep wrote by its form, where nothing noted it
 * @throws LockstepError `would-overwrite`, `file-unwritable`
 */
export async function assertOutput(
  app: OutputApp,
  file: string,
  isOwn: (text: string) => boolean = () => false,
): Promise<void> {
  await app.files.assertWritable(file);
  const text = await app.files.replaceable(file);
  if (text === undefined || text.trim() === "" || isOwn(text)) return;
  if ((await notedDigest(app, file)) === digestText(text)) return;
  throw new LockstepError(
    "would-overwrite",
    `${file} is there already, and lockstep did not write what is in it`,
    "Choose another file, or delete this one first.",
    { file },
  );
}

/**
 * Writes a file that somebody asked for, and notes its digest below `.lockstep`.
 * @throws LockstepError `file-unwritable`
 */
export async function writeOutput(app: OutputApp, file: string, text: string): Promise<void> {
  await app.files.write(file, text);
  const note = `${digestText(text)} ${relative(app.workspace.directory, file)}\n`;
  // The file is what was asked for; without the note it is only not replaced the next time.
  await app.files.write(notePath(app, file), note).catch(() => undefined);
}

async function notedDigest(app: OutputApp, file: string): Promise<string | undefined> {
  return (await app.files.read(notePath(app, file)))?.split(" ")[0];
}

function notePath({ workspace }: OutputApp, file: string): string {
  return statePath(workspace, "written", digestText(relative(workspace.directory, file)).slice(0, 16));
}
