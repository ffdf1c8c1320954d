import { defined } from "../model/defined.ts";
import { LockstepError } from "../model/error.ts";
import { textOf, type Obj } from "../model/json.ts";
import { parseJsonLines } from "../model/json-lines.ts";
import type { Clock, Files } from "../model/ports.ts";
import { openRecords, readRecords, type RecordForm } from "./records.ts";

/** The last that is known of a write. */
export interface JournalEntry {
  readonly state: "started" | "done";
  /** Id of the object; empty until it is known. */
  readonly id: string;
  /** Digest of the object as it was after the write; empty where none was noted. */
  readonly digest: string;
  /** When it was noted, in milliseconds; 0 where the journal notes no times. */
  readonly at: number;
}

/** What was begun and what was done: a line before and after each write, on disk before the next request is sent. */
export interface Journal {
  /** By subject: the id of an operation in the journal of a plan, a coordinate in that of an organisation. */
  readonly entries: ReadonlyMap<string, JournalEntry>;
  started(subject: string, id?: string): Promise<void>;
  done(subject: string, id: string, digest?: string): Promise<void>;
  /** Nothing came of the write, or the object is gone: there is nothing more to know. */
  over(subject: string): Promise<void>;
}

/**
 * Opens the journal of a plan, about its operations. Lines that a crash or a full disk cut off are left out; what else is
 * damaged says nothing that could be trusted.
 * @throws LockstepError `journal-damaged`
 */
export async function openPlanJournal(files: Files, path: string): Promise<Journal> {
  await removeTornLine(files, path);
  return openJournal(files, path, { ...formAbout("operation"), damaged: (line) => damaged(path, line) });
}

/** What the journal of a plan tells of its operations. Damaged lines are left out. */
export function readPlanJournal(files: Files, path: string): Promise<Journal["entries"]> {
  return readRecords(files, path, formAbout("operation"));
}

/**
 * Opens the journal of the providers of one organisation, about its objects. Damaged lines are left out: what they told is
 * found by the names of the objects too, so that a torn line costs a request and not a run.
 */
export function openOrgJournal(files: Files, path: string, clock: Clock): Promise<Journal> {
  return openJournal(files, path, formAbout("coordinate"), () => clock.now());
}

async function openJournal(
  files: Files,
  path: string,
  form: RecordForm<JournalEntry>,
  now: () => number = () => 0,
): Promise<Journal> {
  const records = await openRecords(files, path, form);
  const { entries } = records;
  return {
    entries,
    started: (subject, id = "") => records.put(subject, { state: "started", id, digest: "", at: now() }),
    done: (subject, id, digest = "") => records.put(subject, { state: "done", id, digest, at: now() }),
    over: async (subject) => {
      if (entries.has(subject)) await records.put(subject, undefined);
    },
  };
}

function formAbout(key: string): RecordForm<JournalEntry> {
  return { key, gone: { state: "over" }, read: entryIn, write: recordOf };
}

function entryIn({ state, id, digest, at }: Obj): JournalEntry | undefined {
  if ((state !== "started" && state !== "done") || typeof id !== "string") return undefined;
  return { state, id, digest: textOf(digest), at: typeof at === "number" ? at : 0 };
}

function recordOf({ state, id, digest, at }: JournalEntry): Obj {
  return defined({ state, id, digest: digest || undefined, at: at === 0 ? undefined : at });
}

/** The next line would otherwise make the torn one a line like others. */
async function removeTornLine(files: Files, path: string): Promise<void> {
  const text = (await files.read(path)) ?? "";
  const end = text.lastIndexOf("\n") + 1;
  if (end === text.length) return;
  const isWhole = parseJsonLines(text.slice(end)).length > 0;
  await files.write(path, isWhole ? `${text}\n` : text.slice(0, end));
}

function damaged(file: string, line: number): LockstepError {
  return new LockstepError(
    "journal-damaged",
    `${file} line ${line} is not a journal entry`,
    "Make a new plan: it starts a journal of its own.",
    { file, path: `line ${line}` },
  );
}
