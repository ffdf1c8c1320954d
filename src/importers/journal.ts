import { LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import type { Files } from "../model/ports.ts";

/** What is known of an operation from earlier runs of the same plan. */
export interface Recorded {
  readonly state: "started" | "done";
  /** Id of the object, once it is known. */
  readonly id: string;
}

/** Diary of one plan: a line before and after each operation, on disk before the next request is sent. */
export interface Journal {
  readonly recorded: ReadonlyMap<string, Recorded>;
  started(operation: string): Promise<void>;
  done(operation: string, id: string): Promise<void>;
}

/** Opens the journal of a plan. A last line that a crash cut off is left out. @throws LockstepError `journal-damaged` */
export async function openJournal(files: Files, path: string): Promise<Journal> {
  const text = (await files.read(path)) ?? "";
  const recorded = new Map<string, Recorded>();
  const lines = text.split("\n");
  lines.forEach((line, at) => {
    if (line === "") return;
    const entry = parseLine(line, path, at, at === lines.length - 1);
    if (entry !== undefined) recorded.set(entry.operation, { state: entry.state, id: entry.id });
  });
  const torn = text !== "" && !text.endsWith("\n");
  if (torn) await files.append(path, "");
  const record = (operation: string, state: Recorded["state"], id: string): Promise<void> =>
    files.append(path, JSON.stringify({ operation, state, id }));
  return {
    recorded,
    started: (operation) => record(operation, "started", ""),
    done: (operation, id) => record(operation, "done", id),
  };
}

function parseLine(
  line: string,
  file: string,
  at: number,
  last: boolean,
): { operation: string; state: Recorded["state"]; id: string } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (isObj(value) && (value["state"] === "started" || value["state"] === "done")) {
      return { operation: textOf(value["operation"]), state: value["state"], id: textOf(value["id"]) };
    }
  } catch {
    if (last) return undefined;
  }
  throw new LockstepError(
    "journal-damaged",
    `${file} line ${at + 1} is not a journal entry`,
    "Make a new plan: it starts a journal of its own.",
    { file, path: `line ${at + 1}` },
  );
}
