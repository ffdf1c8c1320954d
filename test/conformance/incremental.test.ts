import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { narrowSides } from "../../src/app/narrow-sides.ts";
import { readSide, type ReadOptions } from "../../src/app/index.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { snapshotFiles } from "../../src/snapshot/snapshot-files.ts";
import { furnish } from "./companions.ts";
import { change, targetsOf, type Target } from "./edit-round.ts";
import { adminOf, openOffice, type Admin, type Office } from "./office.ts";
import { changePieces } from "./pieces.ts";
import { SECRETS } from "./settings.ts";

const MINUTES = 180_000;

/** How late the log may be, in milliseconds: less than the time that it is searched back. */
const DELAY_MS = 10 * 60_000;

/** How long reads do not see what is new, in milliseconds (genesys-api §1.7). */
const LAG_MS = 60_000;

let office: Office;

beforeAll(async () => {
  office = await openOffice(SECRETS);
  await furnish(office);
  await pass(60);
}, MINUTES);

/** What happens in the time between two readings. */
interface Chapter {
  /** Which values change, by their place among all. */
  readonly edits: readonly number[];
  readonly minutes: number;
  readonly late: boolean;
  /** What the organisation does not audit. */
  readonly unaudited: readonly string[];
  /** Whether somebody reads before the log has everything, and how. */
  readonly between: "nothing" | "whole" | "narrowed";
  /** Whether a reading in between does not see yet what is new. */
  readonly unseen: boolean;
  /** Whether the log is asked at all. */
  readonly audit: "auto" | "off";
}

const CHAPTERS = fc.record<Chapter>({
  edits: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  minutes: fc.constantFrom(1, 30, 2 * 24 * 60),
  late: fc.boolean(),
  unaudited: fc.subarray(["ContactCenter", "Datatables/Row", "Groups", "Telephony/NumberPlan"], { maxLength: 1 }),
  between: fc.constantFrom("nothing", "whole", "narrowed"),
  unseen: fc.boolean(),
  audit: fc.constantFrom("auto", "auto", "off"),
});

let known: Snapshot;

it("a reading without a change since sends lists and queries of the audit log", { timeout: MINUTES }, async () => {
  known = await read();
  await pass(60);
  const before = office.simulator.world.log.at(-1)?.n ?? 0;
  await read();
  const sent = office.simulator.world.log.filter(({ n }) => n > before).map(({ method, path }) => `${method} ${path}`);
  expect(sent.filter((request) => request.startsWith("POST ") && request.includes("/audits/")).length).toBeGreaterThan(
    0,
  );
  const piece = /(members|individuals|wrapupcodes|rows|config.current|resources|versions|numberplans|divisions)$/;
  const ofOneObject = sent.filter((request) => /[0-9a-f]{8}-[0-9a-f]{4}-/.test(request) && piece.test(request));
  expect(ofOneObject).toEqual([]);
});

it(
  "a reading with the audit log has the bytes of a full one, pieces that came and went",
  { timeout: MINUTES },
  async () => {
    const admin = { ...office.admin, primary: await adminOf(office.simulator, "primary") };
    await changePieces({ ...office, admin }, { primary: known });
    await pass(1);
    await sameBytes("pieces");
  },
);

it(
  "a reading with the audit log has the bytes of a full one, whatever happened before",
  { timeout: MINUTES },
  async () => {
    const targets = await targetsOf(office, known);
    for (const [at, chapter] of fc.sample(CHAPTERS, { seed: 13, numRuns: 8 }).entries()) {
      await live(chapter, targets, `New ${at}`);
      await sameBytes(JSON.stringify(chapter), { audit: chapter.audit });
    }
  },
);

async function sameBytes(what: string, options: ReadOptions = {}): Promise<void> {
  const helped = await read(options);
  known = await office.snapshot("primary");
  expect(filesOf(helped), what).toEqual(filesOf(known));
}

async function live(
  { edits, minutes, late, unaudited, between, unseen, audit }: Chapter,
  targets: readonly Target[],
  name: string,
): Promise<void> {
  office.simulator.configure({
    lagMs: unseen ? LAG_MS : 0,
    auditDelayMs: late ? DELAY_MS : 0,
    auditMissing: [...unaudited],
    // Of what nobody relies on, nothing has to be told.
    auditLosses: [{ service: "Architect", entityType: "Flow", after: 0, times: 999, seen: 0 }],
  });
  // Tokens do not live as long as this.
  const admin = { ...office.admin, primary: await adminOf(office.simulator, "primary") };
  for (const place of edits) {
    const target = targets[place % targets.length];
    if (target !== undefined) await change({ ...office, admin }, known, target);
  }
  await add(admin.primary, name);
  await pass(0.5);
  if (between === "whole") await read({ audit });
  if (between === "narrowed")
    await read({ narrowed: narrowSides(office.app, { only: [], kinds: ["queue", "data-table"] }, known).primary });
  await pass(Math.max(minutes, late ? 11 : 2));
}

/** A queue with a code that is new too, and a row in a table. */
async function add(admin: Admin, name: string): Promise<void> {
  const code = await admin("POST", "/api/v2/routing/wrapupcodes", { name });
  const queue = await admin("POST", "/api/v2/routing/queues", { name });
  await admin("POST", `/api/v2/routing/queues/${String(queue["id"])}/wrapupcodes`, [{ id: code["id"] }]);
  const table = [...known.objects].find(([at]) => at.startsWith("data-table/"))?.[0] ?? "";
  await admin("POST", `/api/v2/flows/datatables/${known.ids.get(table) ?? ""}/rows`, { key: name });
}

async function read(options: ReadOptions = {}): Promise<Snapshot> {
  return (await readSide(office.app, "primary", undefined, options)).snapshot;
}

function pass(minutes: number): Promise<void> {
  return office.ports.clock.sleep(minutes * 60_000);
}

function filesOf(snapshot: Snapshot): Record<string, string> {
  const { "run.json": _, ...files } = Object.fromEntries(snapshotFiles(snapshot, KINDS, "lockstep 0.0.0", {}));
  return files;
}
