import { printable } from "../model/printable.ts";
import type { Finding } from "../model/snapshot.ts";

/** What a reader has to know before anything else: that this is not about the primary as it is now, or not about everything. */
export function standInLines(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ code, message }) =>
    code === "source-stand-in" || code === "narrowed" ? [printable(message)] : [],
  );
}
