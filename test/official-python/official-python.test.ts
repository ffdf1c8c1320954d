import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator, serve, type Served } from "../../src/simulator/index.ts";
import { findPython } from "../../tools/engine/find-python.mjs";

interface Life {
  readonly made: readonly string[];
  readonly listed: readonly string[];
  readonly "total agrees": boolean;
  /** Null for a kind that has no update. */
  readonly changed: boolean | null;
  /** True when the service refused the old version; null for a kind that has none. */
  readonly stale: boolean | null;
  readonly left: readonly string[];
}

interface Report {
  readonly start: unknown;
  readonly kinds: Readonly<Record<string, Life | { readonly error: string; readonly at: string }>>;
}

const VERSIONED = [
  ...["schedule", "schedule group", "emergency group", "call route", "DID pool", "extension pool"],
  ...["site", "edge group", "trunk base", "location", "group", "user"],
];
const UNVERSIONED = ["queue", "wrap-up code", "division"];
const FIXED = ["skill"];

const python = findPython("genesys-python");
if (python === undefined)
  process.stderr.write(
    "official Python client: skipped: it is not installed; npm run genesys-python does that (Python needed)\n",
  );

/** Runs the Python program against an organisation; its home is an empty directory, because the client reads a file there. */
async function tried(served: Served, login: { id: string; secret: string }, home: string): Promise<Report> {
  const environment = { ...process.env, HOME: home, PYTHONDONTWRITEBYTECODE: "1", BASE_URL: served.baseUrl };
  const env = { ...environment, CLIENT_ID: login.id, CLIENT_SECRET: login.secret };
  const program = fileURLToPath(new URL("main.py", import.meta.url));
  const { stdout } = await promisify(execFile)(python ?? "", [program], { env, maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(stdout) as Report;
}

describe.skipIf(python === undefined)("the official Python client", { timeout: 300_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), "lockstep-python-"));
  let served: Served;
  let report: Report;
  beforeAll(async () => {
    const simulator = createSimulator({ orgs: [{ name: "standby" }], settings: { ratePerMinute: 0 } });
    served = await serve(simulator, 0);
    report = await tried(served, simulator.world.orgs.get("standby")?.admin ?? { id: "", secret: "" }, home);
  }, 300_000);
  afterAll(async () => {
    await served.close();
    rmSync(home, { recursive: true, force: true });
  });

  it("starts", () => {
    expect(report.start).toMatchObject({ organisation: "Simulated standby", region: "us-east-1", total: 4 });
  });

  it.each([...VERSIONED, ...UNVERSIONED, ...FIXED])("makes, pages through, changes and deletes objects: %s", (kind) => {
    const seen = report.kinds[kind];
    expect(seen).toMatchObject({
      "total agrees": true,
      changed: FIXED.includes(kind) ? null : true,
      stale: VERSIONED.includes(kind) ? true : null,
      left: [],
    });
    expect((seen as Life).made).toHaveLength(5);
    expect((seen as Life).listed).toEqual((seen as Life).made);
  });
});
