import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renameIndependently } from "../formats/architect/oracle.ts";
import { createNamed } from "./create-objects.ts";
import { corpusFiles, flowFiles, HAS_CORPUS } from "./flow-files.ts";
import { bringInStep, type Sync } from "./job.ts";
import { loadActions, readActions, SECRET, type LoadedActions } from "./load-actions.ts";
import { loadFlows, type Loaded } from "./load-flows.ts";
import { namedObjects, readFlows } from "./named-objects.ts";
import { openPlace, type Place, type Send } from "./place.ts";
import { dataOf, exportFlows } from "./read-flows.ts";

/** How the second standby calls its queues and flows; for lockstep as patterns, for the test as functions. */
const RENAMES = [
  { kind: "queue", pattern: "^(.*)$", replace: "$1 (standby)" },
  { kind: "flow", pattern: "^(.*)$", replace: "DR $1" },
];
const renamed = (kind: string, name: string): string =>
  kind === "queue" ? `${name} (standby)` : kind === "flow" ? `DR ${name}` : name;

const MINUTES = 60_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (!HAS_CORPUS) say("skipped: ../shared/corpus is not there, so published flows and data actions are not tried");

describe.skipIf(!HAS_CORPUS)("published flows and data actions (skipped without ../shared/corpus)", () => {
  let place: Place;
  let primary: Send;
  let flows: Loaded;
  let actions: LoadedActions;
  let created: ReadonlyMap<string, number>;
  let yamls: ReadonlyMap<string, string>;
  const results = new Map<string, Sync>();

  beforeAll(async () => {
    place = await openPlace(["primary", "standby", "renamed"]);
    primary = await place.login("primary");
    const files = flowFiles();
    created = await createNamed(place, primary, ["standby", "renamed"], namedObjects(readFlows(files)));
    flows = await loadFlows(place, primary, files);
    actions = await loadActions(primary);
    yamls = await exportFlows(primary);
  }, MINUTES);

  afterAll(async () => {
    await place.close();
    report(flows, actions, created, yamls.size, results);
  });

  const pairing = (): object => ({
    secrets: actions.credentials.map((name) => ({
      kind: "credential",
      name: `userDefinedOAuth:${name.replaceAll(/[*?{}[\]\\()!+@]/g, "?")}`,
      path: `/credentialFields/${SECRET.field}`,
      value: "env:LOGIN_SECRET",
    })),
  });

  const sync = async (standby: string, more: object = {}): Promise<Sync> => {
    const result = await bringInStep(place, standby, { ...pairing(), ...more }, { LOGIN_SECRET: SECRET.standby });
    results.set(standby, result);
    return result;
  };

  const inStep = { failures: [], verified: true, differences: [], missing: [], secondWrites: 0, requestsOfSecond: [] };

  it("are loaded, or refused with a reason", () => {
    const count = (directory: string, ending: string): number => corpusFiles(directory, ending).length;
    expect(flows.loaded.length + flows.refused.length).toBe(count("flows", ".yaml"));
    expect(actions.loaded.length + actions.refused.length).toBe(count("data-actions", ".json"));
    for (const { reasons } of [...flows.refused, ...actions.refused]) expect(reasons.join()).not.toBe("");
    expect(flows.loaded.length).toBeGreaterThan(flows.refused.length);
    expect(actions.loaded.length).toBeGreaterThan(actions.refused.length);
  });

  it("reach an empty standby, which is in step then", { timeout: 6 * MINUTES }, async () => {
    const result = await sync("standby");
    expect(result).toMatchObject(inStep);
    for (const { message } of result.announced)
      expect(message).toMatch(/^Refers to (lex-bot|contact-list|worktype)\/.* of a kind that lockstep does not know/);
    expect(result.operations).toBeGreaterThan(flows.stubs.length);
    for (const secret of [SECRET.primary, SECRET.standby]) expect(result.printed).not.toContain(secret);
    const standby = await place.login("standby");
    const arrived = await exportFlows(standby);
    expect([...arrived.keys()].sort()).toEqual([...yamls.keys()].sort());
    const home = await homeName(standby);
    for (const [key, yaml] of yamls) {
      expect(arrived.get(key)).toBe(yaml.replace(/^( +division: "?)Home("?)$/m, `$1${home}$2`));
    }
    expect(await readActions(standby)).toEqual(await readActions(primary));
  });

  it("are renamed everywhere on their way to a standby with other names", { timeout: 6 * MINUTES }, async () => {
    const result = await sync("renamed", { renames: RENAMES });
    expect(result).toMatchObject(inStep);
    const standby = await place.login("renamed");
    const arrived = await exportFlows(standby);
    const home = await homeName(standby);
    const expected = new Map(
      [...yamls].map(([key, yaml]) => {
        const [type = "", ...name] = key.split(":");
        const rename = (kind: string, old: string): string =>
          kind === "division" && old === "Home" ? home : renamed(kind, old);
        return [`${type}:${renamed("flow", name.join(":"))}`, renameIndependently(dataOf(yaml), rename)] as const;
      }),
    );
    expect([...arrived.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [key, data] of expected) expect({ key, data: dataOf(arrived.get(key) ?? "") }).toEqual({ key, data });
    expect(await readActions(standby)).toEqual(await readActions(primary));
  });

  it("keep the templates that their files hold", async () => {
    for (const { id, file, templates } of actions.loaded) {
      for (const [at, name] of ["requesttemplate.vm", "successtemplate.vm"].entries()) {
        if (templates[at] === undefined) continue;
        const { text } = await primary("GET", `/api/v2/integrations/actions/${id}/templates/${name}`);
        expect({ file, text }).toEqual({ file, text: templates[at] });
      }
    }
  });
});

async function homeName(send: Send): Promise<string> {
  return String((await send("GET", "/api/v2/authorization/divisions/home")).body["name"]);
}

function report(
  flows: Loaded,
  actions: LoadedActions,
  created: ReadonlyMap<string, number>,
  published: number,
  results: ReadonlyMap<string, Sync>,
): void {
  const files = ({ loaded, refused }: { loaded: readonly unknown[]; refused: Loaded["refused"] }): string =>
    `${String(loaded.length + refused.length)} files, ${String(loaded.length)} loaded, ${String(refused.length)} refused`;
  say("");
  say(`flows         ${files(flows)}; ${String(published)} flows, ${String(flows.stubs.length)} of them only named`);
  say(`data actions  ${files(actions)}`);
  for (const { file, reasons } of [...flows.refused, ...actions.refused])
    say(`  refused ${file}: ${reasons.join("; ")}`);
  say(`created       ${[...created].map(([kind, count]) => `${String(count)} ${kind}`).join(", ")}`);
  for (const [standby, { operations, writes, differences, secondWrites }] of results) {
    const done = `${String(operations)} operations, ${String(writes)} writes`;
    say(
      `${standby.padEnd(12)}  ${done}; ${String(differences.length)} differences left; second apply ${String(secondWrites)} writes`,
    );
  }
}
