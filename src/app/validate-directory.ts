import type { App } from "../model/app.ts";
import { LockstepError } from "../model/error.ts";
import { KINDS } from "../kinds/index.ts";
import { directoryFiles } from "../snapshot/snapshot-directory.ts";
import { validateSnapshot, type Problem } from "../snapshot/validate.ts";

/** What a validation found in so many files. */
export interface ValidatedDirectory {
  readonly files: number;
  readonly problems: readonly Problem[];
}

/**
 * Says everything that is wrong with a snapshot or a repository: schemas, digests, references.
 * @param directory absolute path
 * @throws LockstepError `not-a-snapshot` when it holds neither, `file-unreadable`, `repository-malformed`
 */
export async function validateDirectory({ files }: Pick<App, "files">, directory: string): Promise<ValidatedDirectory> {
  const texts = await directoryFiles(files, directory, KINDS);
  if (texts.size === 0) {
    const hint = "Take a snapshot with `lockstep snapshot`, or name the directory that holds one.";
    throw new LockstepError("not-a-snapshot", `${directory} holds no snapshot`, hint, { file: directory });
  }
  return { files: texts.size, problems: validateSnapshot(texts, KINDS) };
}
