import type { Files } from "../model/ports.ts";

/** So many lines of the past cost nothing. */
const FEW = 100;

/**
 * Rewrites a file to which lines are only added, once most of them are overtaken by later ones: a file does not grow with the
 * number of runs.
 * @param currentLines the lines of a text that still tell something
 */
export async function dropOvertaken(
  files: Files,
  path: string,
  currentLines: (text: string) => readonly string[],
): Promise<void> {
  const text = (await files.read(path)) ?? "";
  const current = currentLines(text);
  const overtaken = text.split("\n").length - 1 - current.length;
  if (overtaken > current.length + FEW) await files.write(path, current.map((line) => line + "\n").join(""));
}
