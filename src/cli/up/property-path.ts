import { formatPointer } from "../../model/pointer.ts";

/** One step of a property path: `.name`, `["any text"]` or `[0]`. In quotes only a quote is escaped; a backslash is one. */
const STEP = /\.?([^.[]+)|\["((?:\\"|[^"])*)"\]|\[(\d+)\]/y;

/** The RFC 6901 pointer for a property path of the engine, such as `members["a@b"].ringNumber`. */
export function pointerOf(path: string): string {
  const segments: string[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) return formatPointer([path]);
    const [, name, quoted, index] = match;
    segments.push(name ?? index ?? (quoted ?? "").replaceAll('\\"', '"'));
  }
  return formatPointer(segments);
}
