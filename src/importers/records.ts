import type { LockstepError } from "../model/error.ts";
import { byCodePoint, isObj, type Obj } from "../model/json.ts";
import { jsonLines, parseJsonLines } from "../model/json-lines.ts";
import type { Files } from "../model/ports.ts";

/** How the records of a file look. */
export interface RecordForm<Entry> {
  /** Property that says what a record is about. */
  readonly key: string;
  /** What a record says instead of an entry when there is nothing more to know of its subject. */
  readonly gone: Obj;
  /** The entry in a record; undefined where there is none. */
  readonly read: (record: Obj) => Entry | undefined;
  readonly write: (entry: Entry) => Obj;
  /** The error for a line that is no record, nor the start of one; without it such lines are left out. */
  readonly damaged?: (line: number) => LockstepError;
}

/** A file to which records are only added; the last one of each subject counts. */
export interface Records<Entry> {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Adds a record, which is on disk before this resolves; undefined where there is nothing more to know. */
  put(subject: string, entry: Entry | undefined): Promise<void>;
  /** Adds many at once: the file is written again, with one line for each subject. */
  putAll(changes: readonly (readonly [string, Entry | undefined])[]): Promise<void>;
}

/** So many lines of the past cost nothing. */
const FEW = 100;

/**
 * Opens a file of records. Before the first record of this process is added, the file is written again where most of its lines
 * are overtaken by later ones: it does not grow with the number of runs.
 * @throws LockstepError where a line is damaged and the form does not tolerate that
 */
export async function openRecords<Entry>(files: Files, path: string, form: RecordForm<Entry>): Promise<Records<Entry>> {
  const entries = await readRecords(files, path, form);
  const textOf = (current: ReadonlyMap<string, Entry>): string =>
    jsonLines(
      [...current].sort(([a], [b]) => byCodePoint(a, b)).map(([subject, entry]) => recordOf(form, subject, entry)),
    );
  const shorten = async (): Promise<void> => {
    const text = (await files.read(path)) ?? "";
    const current = parseRecords(text, form);
    const overtaken = text.split("\n").length - 1 - current.size;
    if (overtaken > current.size + FEW) await files.write(path, textOf(current));
  };
  const set = (subject: string, entry: Entry | undefined): void => {
    if (entry === undefined) entries.delete(subject);
    else entries.set(subject, entry);
  };
  let shortened: Promise<void> | undefined;
  return {
    entries,
    put: async (subject, entry) => {
      // A file that cannot be shortened only stays long.
      await (shortened ??= shorten().catch(() => undefined));
      await files.append(path, JSON.stringify(recordOf(form, subject, entry)));
      set(subject, entry);
    },
    putAll: async (changes) => {
      for (const [subject, entry] of changes) set(subject, entry);
      await files.write(path, textOf(entries));
    },
  };
}

/** What a file of records tells. @throws LockstepError as {@link openRecords} */
export async function readRecords<Entry>(
  files: Files,
  path: string,
  form: RecordForm<Entry>,
): Promise<Map<string, Entry>> {
  return parseRecords((await files.read(path)) ?? "", form);
}

function parseRecords<Entry>(text: string, form: RecordForm<Entry>): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const lines = text.split("\n");
  for (const { number, value } of parseJsonLines(text)) {
    const record = isObj(value) ? value : {};
    const subject = record[form.key];
    const entry = form.read(record);
    if (typeof subject === "string" && isGone(record, form)) entries.delete(subject);
    else if (typeof subject === "string" && entry !== undefined) entries.set(subject, entry);
    else if (form.damaged !== undefined && !isTorn(lines[number - 1])) throw form.damaged(number);
  }
  return entries;
}

/** A kill or a full disk leaves the start of a record behind, and later records go on below it. */
function isTorn(line = ""): boolean {
  if (!line.startsWith("{")) return false;
  try {
    JSON.parse(line);
    return false;
  } catch {
    return true;
  }
}

function isGone<Entry>(record: Obj, { gone }: RecordForm<Entry>): boolean {
  return Object.entries(gone).every(([name, value]) => record[name] === value);
}

function recordOf<Entry>(form: RecordForm<Entry>, subject: string, entry: Entry | undefined): Obj {
  return { [form.key]: subject, ...(entry === undefined ? form.gone : form.write(entry)) };
}
