import { printable } from "../model/printable.ts";
import type { Finding } from "../model/snapshot.ts";
import type { Paint } from "./paint.ts";
import { plural } from "./plain.ts";
import { groupFindings } from "./summary.ts";

/** Findings of one code that are shown before the rest is only counted. */
export const FINDINGS_SHOWN = 10;

/** Findings by code; of each code so many, and the number of the rest. */
export function findingLines(findings: readonly Finding[], paint: Paint, full = false): string[] {
  const most = full ? Infinity : FINDINGS_SHOWN;
  return groupFindings(findings).flatMap(([code, group]) => {
    const rest = group.length - most;
    return [
      "",
      paint("bold", `${plural(group.length, "finding")} ${printable(code)}`),
      ...group.slice(0, most).map(({ coordinate, path = "", message }) => {
        const place = `${printable(coordinate)}${printable(path)}`;
        return `  ${place === "" ? "" : `${place}: `}${printable(message)}`;
      }),
      ...(rest > 0 ? [paint("dim", `  and ${rest} more`)] : []),
    ];
  });
}
