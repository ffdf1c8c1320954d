import type { App } from "../model/app.ts";
import { LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { statePath } from "../model/workspace.ts";
import { digestText } from "../canonical/digest.ts";
import { rememberingKinds, type TextRecord } from "../canonical/remembered-texts.ts";
import { KINDS } from "../kinds/index.ts";

type RecordsApp = Pick<App, "workspace" | "files" | "tool">;

/** The kinds for one piece of work, and what is to be done after it. */
export interface RememberingKinds {
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Keeps what was found out, and of what was known before only what was used: the rest is about texts that are gone. */
  readonly keep: () => Promise<void>;
}

/**
 * The kinds, with text contents that read only texts that no earlier run has read. What those found out is kept in `.lockstep/cache`,
 * safe to delete. It is not used where it is damaged or from another version of lockstep: then every text is read.
 */
export async function openTextRecords(app: RecordsApp): Promise<RememberingKinds> {
  const path = statePath(app.workspace, "cache", "texts.jsonl");
  const known = linesOf(await app.files.read(path).catch(ignored), app.tool);
  const used = new Map<string, string>();
  let isNew = false;
  const kinds = rememberingKinds(KINDS, {
    get: (digest) => {
      const line = used.get(digest) ?? known.get(digest);
      if (line === undefined) return undefined;
      used.set(digest, line);
      return JSON.parse(line.slice(line.indexOf(" ") + 1)) as TextRecord;
    },
    set: (digest, record) => {
      isNew = true;
      used.set(digest, `${digest} ${JSON.stringify(record)}`);
    },
  });
  const keep = async (): Promise<void> => {
    if (!isNew && used.size === known.size) return;
    const body = [...used.values()].join("\n");
    const head = JSON.stringify({ tool: app.tool, digest: digestText(body) });
    await app.files.write(path, `${head}\n${body}`).catch(ignored);
  };
  return { kinds, keep };
}

/** What cannot be read or kept only costs time. */
function ignored(error: unknown): undefined {
  if (error instanceof LockstepError) return undefined;
  throw error;
}

/** The records of a file, each as it was written: most of a large file is not asked for. */
function linesOf(text: string | undefined, tool: string): Map<string, string> {
  const end = text?.indexOf("\n") ?? -1;
  if (text === undefined || end < 0) return new Map();
  const body = text.slice(end + 1);
  const head = headOf(text.slice(0, end));
  if (textOf(head["tool"]) !== tool || textOf(head["digest"]) !== digestText(body)) return new Map();
  const lines = body.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(" ")), line]));
}

function headOf(line: string) {
  try {
    const head: unknown = JSON.parse(line);
    return isObj(head) ? head : {};
  } catch {
    return {};
  }
}
