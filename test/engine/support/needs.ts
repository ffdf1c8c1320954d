import { describe } from "vitest";
import { findEngine } from "../../../tools/engine/find-engine.mjs";
import { findPython } from "../../../tools/engine/find-python.mjs";

/** What a suite runs on besides Node. */
export interface Found {
  /** The Pulumi command line. */
  readonly engine: string;
  /** A Python that has moto; empty unless it was asked for. */
  readonly moto: string;
}

/** Each command of the engine starts processes of its own, which takes its time on a busy machine. */
const TIMEOUT = 300_000;

const MISSING = {
  engine: "no Pulumi engine; npm run engine builds one (Go needed)",
  moto: "no moto; npm run moto installs it (Python needed)",
};

/**
 * Declares tests that run on the real Pulumi engine, and on moto where that is asked for. On a machine that lacks one they
 * are skipped, and a line says why.
 */
export function describeEngine(title: string, needs: readonly "moto"[], body: (found: Found) => void): void {
  const [engine, moto] = [findEngine(), needs.includes("moto") ? findPython("moto") : ""];
  const missing = engine === undefined ? MISSING.engine : moto === undefined ? MISSING.moto : undefined;
  if (missing !== undefined) process.stderr.write(`${title}: skipped: ${missing}\n`);
  describe.skipIf(missing !== undefined)(title, { timeout: TIMEOUT }, () =>
    body({ engine: engine ?? "", moto: moto ?? "" }),
  );
}
