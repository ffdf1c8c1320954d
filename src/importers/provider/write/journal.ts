import type { Coordinate } from "../../../model/coordinate.ts";
import { isObj, textOf } from "../../../model/json.ts";
import type { Clock, Files } from "../../../model/ports.ts";
import { dropOvertaken } from "../../overtaken.ts";

/** The last that is known of a write to one object. */
export interface Noted {
  readonly state: "started" | "done";
  /** Id of the object, once it is known. */
  readonly id: string;
  /** Digest of the object as it was after the write; empty before. */
  readonly digest: string;
  /** When it was noted, in milliseconds. */
  readonly at: number;
}

/** Diary of a provider: a line before and after each write, on disk before the next request is sent. */
export interface WriteLog {
  of(coordinate: Coordinate): Noted | undefined;
  started(coordinate: Coordinate, id: string): Promise<void>;
  done(coordinate: Coordinate, id: string, digest: string): Promise<void>;
  /** Nothing came of the write, or the object went: there is no more to know of it. */
  over(coordinate: Coordinate): Promise<void>;
}

/**
 * Opens the diary of the providers of one organisation. Lines that are damaged are left out: what they told is found by the
 * names of the objects too, so that a torn line costs a request and not a run.
 */
export async function openWriteLog(files: Files, path: string, clock: Clock): Promise<WriteLog> {
  const noted = parse((await files.read(path)) ?? "");
  let shortened: Promise<void> | undefined;
  const append = async (line: string): Promise<void> => {
    // A diary that cannot be shortened only stays long.
    await (shortened ??= dropOvertaken(files, path, (text) => [...parse(text)].map(lineOf)).catch(() => undefined));
    await files.append(path, line);
  };
  const note = async (coordinate: Coordinate, entry: Omit<Noted, "at">): Promise<void> => {
    const full = { ...entry, at: clock.now() };
    await append(lineOf([coordinate, full]));
    noted.set(coordinate, full);
  };
  return {
    of: (coordinate) => noted.get(coordinate),
    started: (coordinate, id) => note(coordinate, { state: "started", id, digest: "" }),
    done: (coordinate, id, digest) => note(coordinate, { state: "done", id, digest }),
    over: async (coordinate) => {
      if (!noted.has(coordinate)) return;
      await append(JSON.stringify({ coordinate, state: "over" }));
      noted.delete(coordinate);
    },
  };
}

function lineOf([coordinate, noted]: readonly [Coordinate, Noted]): string {
  return JSON.stringify({ coordinate, ...noted });
}

function parse(text: string): Map<Coordinate, Noted> {
  const noted = new Map<Coordinate, Noted>();
  for (const line of text.split("\n")) {
    const record = parseLine(line);
    if (record?.noted !== undefined) noted.set(record.coordinate, record.noted);
    else if (record !== undefined) noted.delete(record.coordinate);
  }
  return noted;
}

function parseLine(line: string): { coordinate: Coordinate; noted: Noted | undefined } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObj(value) || typeof value["coordinate"] !== "string") return undefined;
    const { coordinate, state, id, digest, at } = value;
    if (state === "over") return { coordinate, noted: undefined };
    if (state !== "started" && state !== "done") return undefined;
    const noted = { state, id: textOf(id), digest: textOf(digest), at: typeof at === "number" ? at : 0 } as const;
    return { coordinate, noted };
  } catch {
    return undefined;
  }
}
