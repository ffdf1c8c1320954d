import { beforeEach, describe, expect, it } from "vitest";
import { openStandbyLock, type LockPorts, type StandbyLock } from "../../../src/importers/lock/standby-lock.ts";
import type { OrgConnection } from "../../../src/model/ports.ts";
import { openOffice, rawState, type Body, type Office } from "../../conformance/office.ts";

const TABLES = "/api/v2/flows/datatables";
const MINUTE = 60_000;
const settings = { use: "if-permitted", staleMinutes: 10 } as const;

let office: Office;
let client: OrgConnection;

beforeEach(async () => {
  office = await openOffice();
  client = await office.connect("standby", "write");
});

/** A lock as a process takes it. @param name of the process; `directory` tells the notes of one from those of another */
function lockOf(
  name: string,
  { directory = name, ...more }: Partial<LockPorts> & { directory?: string } = {},
): StandbyLock {
  const { clock, files } = office.ports;
  const worker = { name, run: `run-${name}` };
  const ports = {
    client,
    clock,
    files,
    worker,
    settings,
    notes: `/${directory}/lock.json`,
    steal: false,
    shared: false,
  };
  return openStandbyLock({ ...ports, ...more });
}

async function tableOf(): Promise<string> {
  const found = Object.entries(await rawState(office, "standby")).find(([, { name }]) => name === "lockstep");
  return found?.[0].split("/")[5] ?? "";
}

async function rows(): Promise<Body[]> {
  const table = await tableOf();
  const state = await rawState(office, "standby");
  return Object.entries(state).flatMap(([path, row]) => (path.startsWith(`${TABLES}/${table}/rows/`) ? [row] : []));
}

const passing = (minutes: number): Promise<void> => office.ports.clock.sleep(minutes * MINUTE);
const held = (takenOver: boolean): object => ({ state: "held", takenOver });
const lockedBy = (name: string): object => ({
  code: "standby-locked",
  exit: 3,
  message: expect.stringContaining(`locked by ${name}, who took it`) as string,
});

describe("the lock of the standby", () => {
  it("is a row that says who has it, and gone when it is given back", async () => {
    const lock = lockOf("ann");
    expect(await lock.take()).toEqual(held(false));
    expect(await rows()).toEqual([
      { key: "lock", owner: "ann", run: "run-ann", since: anyTime(), heartbeat: anyTime() },
    ]);
    await lock.release();
    expect(await rows()).toEqual([]);
    expect(client.counts().byKind["lock"]).toBe(5);
  });

  it("takes four requests where its table is there", async () => {
    const first = lockOf("ann");
    await first.take();
    await first.release();
    const { byKind } = client.counts();
    const second = lockOf("bob");
    await second.take();
    await second.release();
    expect((client.counts().byKind["lock"] ?? 0) - (byKind["lock"] ?? 0)).toBe(4);
  });

  it("refuses a second one, and says how long it has been held", async () => {
    await lockOf("ann").take();
    await passing(3);
    await expect(lockOf("bob").take()).rejects.toMatchObject(lockedBy("ann"));
    await expect(lockOf("bob").take()).rejects.toMatchObject({
      message: expect.stringContaining("3 minutes ago") as string,
    });
  });

  it("is had by exactly one of many who ask at once, while there is no table yet", async () => {
    const all = ["ann", "bob", "cleo", "dan"].map((name) => lockOf(name).take());
    const ended = await Promise.allSettled(all);
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of ended)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "standby-locked" });
    expect(await rows()).toHaveLength(1);
  });

  it("is taken over when its holder was silent for too long, by exactly one of many", async () => {
    await lockOf("ann").take();
    await passing(11);
    const ended = await Promise.allSettled(["bob", "cleo", "dan"].map((name) => lockOf(name).take()));
    expect(ended.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []))).toEqual([held(true)]);
    expect(await rows()).toHaveLength(1);
  });

  it("is taken over at once by the directory whose run was killed, and by whoever allows it", async () => {
    await lockOf("ann").take();
    expect(await lockOf("ann again", { directory: "ann" }).take()).toEqual(held(true));
    expect(await lockOf("bob", { steal: true }).take()).toEqual(held(true));
    expect(await rows()).toMatchObject([{ key: "lock", owner: "bob" }]);
  });

  it("stays with a holder that is heard of", async () => {
    const lock = lockOf("ann");
    await lock.take();
    for (let beat = 0; beat < 10; beat += 1) {
      await passing(3);
      await lock.assertHeld();
    }
    await expect(lockOf("bob").take()).rejects.toMatchObject(lockedBy("ann"));
  });

  it("is renewed no more often than it has to be", async () => {
    const lock = lockOf("ann");
    await lock.take();
    const before = client.counts().byKind["lock"] ?? 0;
    await passing(1);
    for (let write = 0; write < 100; write += 1) await lock.assertHeld();
    expect(client.counts().byKind["lock"]).toBe(before);
    await passing(2);
    await Promise.all(Array.from({ length: 10 }, () => lock.assertHeld()));
    expect(client.counts().byKind["lock"]).toBe(before + 2);
  });

  it("stops a holder from whom it was taken, which does not write it afterwards", async () => {
    const lock = lockOf("ann");
    await lock.take();
    await lockOf("bob", { steal: true }).take();
    await passing(3);
    const lost = { code: "lock-lost", exit: 3, message: expect.stringContaining("locked by bob") as string };
    await expect(lock.assertHeld()).rejects.toMatchObject(lost);
    await expect(lock.assertHeld()).rejects.toMatchObject(lost);
    await lock.release();
    expect(await rows()).toMatchObject([{ owner: "bob" }]);
  });

  it("is either kept or lost by a holder that slept while somebody takes it over", async () => {
    const lock = lockOf("ann");
    await lock.take();
    await passing(15);
    const [mine, theirs] = await Promise.allSettled([lock.assertHeld(), lockOf("bob").take()]);
    expect([mine.status, theirs.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(await rows()).toMatchObject([{ owner: mine.status === "fulfilled" ? "ann" : "bob" }]);
  });

  it("is set up again when somebody deleted its table under way", async () => {
    const lock = lockOf("ann");
    await lock.take();
    await office.admin.standby("DELETE", `${TABLES}/${await tableOf()}`);
    await passing(3);
    await lock.assertHeld();
    expect(await rows()).toMatchObject([{ owner: "ann" }]);
    await expect(lockOf("bob").take()).rejects.toMatchObject(lockedBy("ann"));
  });

  it("is shared by processes that work side by side", async () => {
    const [first, second] = [
      lockOf("one", { shared: true, directory: "x" }),
      lockOf("two", { shared: true, directory: "x" }),
    ];
    await first.take();
    expect(await second.take()).toEqual(held(false));
    await first.release();
    await passing(3);
    await second.assertHeld();
    expect(await rows()).toHaveLength(1);
    await second.release();
    expect(await rows()).toEqual([]);
  });

  it("is left behind as long as its row is there, and not where a killed run never got it", async () => {
    const [killed, next] = [lockOf("ann"), lockOf("ann again", { directory: "ann" })];
    await office.files.write("/ann/lock.json", `{"runs": ["run-ann"]}\n`);
    expect(await next.isLeftBehind()).toBe(false);
    await killed.take();
    expect(await next.isLeftBehind()).toBe(true);
    expect(await lockOf("bob").isLeftBehind()).toBe(false);
    await next.take();
    await next.release();
    expect(await next.isLeftBehind()).toBe(false);
  });

  it("does nothing when it is switched off", async () => {
    const lock = lockOf("ann", { settings: { ...settings, use: "off" } });
    expect(await lock.take()).toEqual({ state: "off" });
    await lock.assertHeld();
    await lock.release();
    expect(client.counts().byKind["lock"]).toBeUndefined();
  });
});

describe("a table of the customer that is called lockstep", () => {
  const properties = { key: { type: "string" }, release: { type: "string" } };
  const schema = { type: "object", required: ["key"], additionalProperties: false, properties };

  beforeEach(() => office.admin.standby("POST", TABLES, { name: "lockstep", schema }));

  it("is never written: there is no lock, which is said, or refused where it is required", async () => {
    expect(await lockOf("ann").take()).toEqual({
      state: "unavailable",
      reason: "the organisation has a data table lockstep with other columns, which lockstep does not write",
    });
    await expect(lockOf("ann", { settings: { ...settings, use: "required" } }).take()).rejects.toMatchObject({
      code: "lock-unavailable",
      exit: 1,
    });
    expect(await rows()).toEqual([]);
  });

  it("is part of a snapshot, and the lock's own table is not", async () => {
    expect([...(await office.snapshot("standby")).objects.keys()]).toContain("data-table/lockstep");
    await office.admin.standby("DELETE", `${TABLES}/${await tableOf()}`);
    await lockOf("ann").take();
    const snapshot = await office.snapshot("standby");
    expect(
      [...snapshot.objects.keys(), ...snapshot.ids.keys()].filter((name) => name.startsWith("data-table/")),
    ).toEqual([]);
    expect(snapshot.counts["data-table"]).toMatchObject({
      listed: 1,
      kept: 0,
      skipped: { "holds the lock of lockstep": 1 },
    });
  });
});

function anyTime(): unknown {
  return expect.stringMatching(/^2026-.*Z$/);
}
