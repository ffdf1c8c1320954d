import { beforeAll, describe, expect, it } from "vitest";
import { furnish } from "../../conformance/companions.ts";
import { openOffice, rawState, type Office } from "../../conformance/office.ts";
import { SECRETS } from "../../conformance/settings.ts";
import { programFor, up, type Resource, type States } from "./support/engine.ts";
import { untilWrite } from "./support/killed.ts";
import { pluginIn } from "./support/plugin.ts";
import { CallError } from "./support/client.ts";

/** Kinds that are created in one request, in several, with parts, and by jobs. */
const EVERY_WAY = ["skill", "queue", "data-table", "site", "flow"];

let office: Office;
let everything: readonly Resource[];
let saved: string;

/** One object of each of these kinds, the one that needs least, with what it needs. */
function withNeeds(all: readonly Resource[], kinds: readonly string[]): Resource[] {
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
  const names = new Set(kinds.flatMap((kind) => [...least(kind)]));
  return all.filter(({ name }) => names.has(name));
}

beforeAll(async () => {
  office = await openOffice(SECRETS);
  await furnish(office);
  const [primary, standby] = [await office.snapshot("primary"), await office.snapshot("standby")];
  everything = programFor(await office.drift(primary, standby), primary, standby.ids);
  saved = await control("POST", "/_sim/save");
}, 120_000);

async function control(method: string, url: string): Promise<string> {
  const { body } = await office.simulator.handle({ method, url, headers: {} });
  return (JSON.parse(String(body)) as { id: string }).id;
}

/** Runs the program until the plugin is killed after a write; then again, as the engine would: without what it did not hear of. */
async function killedAfter(
  write: number,
  program: readonly Resource[],
): Promise<{ finished: boolean; states: States }> {
  const states: States = new Map();
  const transport = untilWrite(office, write);
  const first = await pluginIn(office, {}, transport);
  const work = up(first.client, program, states).then(
    () => true,
    (error: unknown) => {
      if (error instanceof CallError) return false;
      throw error;
    },
  );
  const finished = await Promise.race([work.then(() => true), transport.reached.then(() => false)]);
  // A plugin that is killed gives nothing back: its last request to do so gets no answer either, so nobody waits for it.
  void first.close();
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

describe.each<[string, number, readonly string[]]>([
  ["lists that are up to date", 0, EVERY_WAY],
  ["lists that lag behind", 3_000, ["skill", "data-table"]],
])("with %s", (_, lagMs, kinds) => {
  it("a plugin that is killed after any write creates nothing twice", { timeout: 240_000 }, async () => {
    office.simulator.configure({ lagMs });
    const program = withNeeds(everything, kinds);
    const before = await twice();
    let write = 1;
    for (let finished = false; !finished; write += 1) {
      for (const path of office.files.texts.keys()) if (path.includes(".lockstep")) await office.files.write(path, "");
      await control("POST", `/_sim/restore/${saved}`);
      const run = await killedAfter(write, program);
      expect([write, await twice()]).toEqual([write, before]);
      const there = Object.keys(await rawState(office, "standby")).join("\n");
      const lost = program.filter(({ name }) => !there.includes(run.states.get(name)?.id ?? name));
      expect([write, lost]).toEqual([write, []]);
      finished = run.finished;
    }
    expect(write).toBeGreaterThan(kinds.length);
    office.simulator.configure({ lagMs: 0 });
  });
});
