import { beforeAll, describe, expect, it } from "vitest";
import type { Obj } from "../../../src/model/json.ts";
import type { Transport } from "../../../src/platform/genesys/transport.ts";
import { furnish } from "../../conformance/companions.ts";
import { openOffice, rawState, type Office } from "../../conformance/office.ts";
import { SECRETS } from "../../conformance/settings.ts";
import { programFor, up, type Resource, type States } from "./support/engine.ts";
import { pluginIn } from "./support/plugin.ts";
import { CallError } from "./support/client.ts";

/** Kinds that are created in one request, in several, with parts, and by jobs. */
const CHOSEN = ["skill", "wrap-up-code", "queue", "data-table", "site", "flow"];

let office: Office;
let program: readonly Resource[];
let saved: string;

/** One object of each of these kinds, the one that needs least, with what it needs. */
function withNeeds(all: readonly Resource[]): Resource[] {
  const byName = new Map(all.map((resource) => [resource.name, resource]));
  const needsOf = (name: string, found = new Set<string>()): Set<string> => {
    if (found.has(name)) return found;
    found.add(name);
    for (const need of byName.get(name)?.needs ?? []) needsOf(need, found);
    return found;
  };
  const least = (kind: string): Set<string> => {
    const made = all.filter((resource) => resource.kind === kind && resource.adopts === undefined);
    const [first] = made.map(({ name }) => needsOf(name)).sort((one, other) => one.size - other.size);
    return first ?? new Set();
  };
  const names = new Set(CHOSEN.flatMap((kind) => [...least(kind)]));
  return all.filter(({ name }) => names.has(name));
}

beforeAll(async () => {
  office = await openOffice(SECRETS);
  await furnish(office);
  const [primary, standby] = [await office.snapshot("primary"), await office.snapshot("standby")];
  program = withNeeds(programFor(await office.drift(primary, standby), primary, standby.ids));
  saved = await control("POST", "/_sim/save");
}, 120_000);

async function control(method: string, url: string): Promise<string> {
  const { body } = await office.simulator.handle({ method, url, headers: {} });
  return (JSON.parse(String(body)) as { id: string }).id;
}

/** The organisation, as far as the n-th write: its answer never arrives. Tells when it got there. */
function until(write: number): Transport & { readonly reached: Promise<void> } {
  let left = write;
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return {
    reached,
    handle: async (request) => {
      const answer = await office.simulator.handle(request);
      const reads = request.method === "GET" || /\/oauth\/token|export\/jobs/.test(request.url);
      if (reads || (left -= 1) > 0) return answer;
      reach();
      return new Promise(() => undefined);
    },
  };
}

/** Runs the program until the plugin is killed after a write; then again, as the engine would: without what it did not hear of. */
async function killedAfter(write: number): Promise<{ finished: boolean; states: States }> {
  const states: States = new Map();
  const transport = until(write);
  const first = await pluginIn(office, {}, transport);
  const work = up(first.client, program, states).then(
    () => true,
    (error: unknown) => {
      if (error instanceof CallError) return false;
      throw error;
    },
  );
  const finished = await Promise.race([work.then(() => true), transport.reached.then(() => false)]);
  await first.close();
  await work;
  for (let attempt = 1; ; attempt += 1) {
    const again = await pluginIn(office);
    try {
      await up(again.client, program, states);
      return { finished, states };
    } catch (error) {
      if (attempt === 3 || !(error instanceof CallError)) throw error;
    } finally {
      await again.close();
    }
  }
}

/** Names of the objects of an organisation that exist more than once. */
async function twice(): Promise<string[]> {
  const seen = new Map<string, number>();
  for (const [path, entity] of Object.entries(await rawState(office, "standby"))) {
    const collection = path.split("/").slice(0, -1).join("/");
    if (typeof entity["name"] !== "string" || entity["state"] === "deleted" || collection.includes("jobs")) continue;
    const name = `${collection} ${JSON.stringify(entity["type"] ?? "")} ${entity["name"]}`;
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return [...seen].flatMap(([name, count]) => (count > 1 ? [name] : []));
}

describe.each([
  ["lists that are up to date", 0],
  ["lists that lag behind", 3_000],
])("with %s", (_, lagMs) => {
  it("a plugin that is killed after any write creates nothing twice", { timeout: 240_000 }, async () => {
    office.simulator.configure({ lagMs });
    const before = await twice();
    let runs = 0;
    for (let write = 1; ; write += 1) {
      for (const path of office.files.texts.keys()) if (path.includes(".lockstep")) await office.files.write(path, "");
      await control("POST", `/_sim/restore/${saved}`);
      const { finished, states } = await killedAfter(write);
      expect([write, await twice()]).toEqual([write, before]);
      const wrong: Obj[] = [];
      const { client } = await pluginIn(office);
      for (const { name, kind, news } of program) {
        const state = states.get(name);
        const read = state === undefined ? undefined : await client.read(kind, state.id, state);
        if (read === undefined) wrong.push({ write, name });
        else if ((await client.diff(kind, read, news)).changes === "some") wrong.push({ write, name, differs: true });
      }
      expect(wrong).toEqual([]);
      if (finished) break;
      runs += 1;
    }
    expect(runs).toBeGreaterThan(CHOSEN.length);
    office.simulator.configure({ lagMs: 0 });
  });
});
