import { describe, expect, it } from "vitest";
import { KINDS } from "../../../src/kinds/index.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { furnish } from "../../conformance/companions.ts";
import { openOffice, type Office } from "../../conformance/office.ts";
import { SECRETS } from "../../conformance/settings.ts";
import { programFor, refresh, up, type Resource, type States } from "./support/engine.ts";
import { pluginIn } from "./support/plugin.ts";

const MINUTES = 120_000;

/** Requests that change the standby. */
function writesIn({ simulator }: Office, since: number): string[] {
  return simulator.world.log
    .slice(since)
    .filter(({ org, method, path }) => org === "standby" && method !== "GET" && path.startsWith("/api/"))
    .filter(({ path }) => path !== "/api/v2/flows/export/jobs")
    .map(({ method, path }) => `${method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")}`);
}

async function furnished(): Promise<{ office: Office; primary: Snapshot }> {
  const office = await openOffice(SECRETS);
  await furnish(office);
  return { office, primary: await office.snapshot("primary") };
}

async function programOf(office: Office, primary: Snapshot): Promise<Resource[]> {
  const standby = await office.snapshot("standby");
  return programFor(await office.drift(primary, standby), primary, standby.ids);
}

describe("an empty standby", () => {
  it(
    "gets everything of the primary with the writes of an apply, and nothing the second time",
    { timeout: MINUTES },
    async () => {
      const applied = await furnished();
      const since = applied.office.simulator.world.log.length;
      const plan = applied.office.plan(
        await applied.office.drift(applied.primary, await applied.office.snapshot("standby")),
      );
      await applied.office.apply(plan);
      const { office, primary } = await furnished();
      const { client } = await pluginIn(office);
      const program = await programOf(office, primary);
      const states: States = new Map();
      const mark = office.simulator.world.log.length;
      const outcome = await up(client, program, states);
      expect(outcome.imported.length).toBeGreaterThan(0);
      const kinds = new Set(program.map(({ kind }) => kind));
      expect([...kinds].sort()).toEqual(
        ["link", ...[...KINDS.values()].filter(({ mode }) => mode === "write").map(({ name }) => name)].sort(),
      );
      expect(writesIn(office, mark).sort()).toEqual(writesIn(applied.office, since).sort());
      const { report } = await office.drift(primary, await office.snapshot("standby"));
      expect(report.changes).toEqual([]);
      const again = office.simulator.world.log.length;
      expect(await refresh(client, program, states)).toEqual([]);
      expect((await up(client, program, states)).same).toHaveLength(program.length);
      expect(writesIn(office, again)).toEqual([]);
    },
  );
});
