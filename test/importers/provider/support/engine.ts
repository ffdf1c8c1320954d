import { expect } from "vitest";
import { KINDS } from "../../../../src/kinds/index.ts";
import type { Obj } from "../../../../src/model/json.ts";
import type { Snapshot } from "../../../../src/model/snapshot.ts";
import { registrations, type Registration } from "../../../../src/importers/provider/rpc/registration.ts";
import type { FoundDrift } from "../../../../src/app/find-drift.ts";
import type { PluginClient, State } from "./client.ts";

/** A resource that a program registers. */
export interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly news: Obj;
  /** Logical names of what has to be there before. */
  readonly needs: readonly string[];
  /** Id of the object, where the program adopts it. */
  readonly adopts?: string;
}

/** Logical name → state. */
export type States = Map<string, State>;

/** What became of the resources: logical names by outcome. */
export interface Outcome {
  readonly created: string[];
  readonly imported: string[];
  readonly updated: string[];
  readonly same: string[];
}

/** The resources of the standby's program: the desired objects in order, Links after all of them. */
export function programFor(drift: FoundDrift, source: Snapshot, known: Snapshot["ids"]): Resource[] {
  const { desired } = drift.comparison;
  const { items, blocked } = registrations(desired, KINDS, new Set([...known.keys(), ...desired.keys()]));
  expect(blocked).toEqual([]);
  const adopts = (coordinate: string): { adopts?: string } => {
    const id = known.get(coordinate);
    return id === undefined ? {} : { adopts: id };
  };
  const sourceId = (coordinate: string): string =>
    source.ids.get(drift.pairing.origin.get(coordinate) ?? coordinate) ?? "";
  const objects = items.map((item) => ({
    name: item.coordinate,
    kind: item.kind.name,
    news: inputsOf(item, sourceId(item.coordinate)),
    needs: item.dependsOn,
    ...adopts(item.coordinate),
  }));
  const links = items.flatMap(({ coordinate, link }) =>
    link === undefined
      ? []
      : [
          {
            name: link.name,
            kind: "link",
            news: { target: coordinate, values: link.values },
            needs: [coordinate, ...link.dependsOn],
          },
        ],
  );
  return [...objects, ...links];
}

function inputsOf({ coordinate, object, linked }: Registration, sourceId: string): Obj {
  const key = coordinate.slice(coordinate.indexOf("/") + 1);
  return { ...object, key, lockstep: { sourceId, ...(linked.length === 0 ? {} : { linked: [...linked] }) } };
}

/** Registers resources one at a time, as the engine does: check, diff, and what that asks for. */
export async function up(client: PluginClient, program: readonly Resource[], states: States): Promise<Outcome> {
  const outcome: Outcome = { created: [], imported: [], updated: [], same: [] };
  for (const { name, kind, news, adopts } of program) {
    const before = states.get(name);
    const { inputs, failures } = await client.check(kind, news, before?.inputs);
    expect([name, failures]).toEqual([name, []]);
    const found = before ?? (adopts === undefined ? undefined : await client.read(kind, adopts));
    if (found === undefined) {
      const preview = await client.create(kind, inputs, true);
      expect(preview).toMatchObject({ id: "", outputs: inputs });
      states.set(name, await client.create(kind, inputs));
      outcome.created.push(name);
      continue;
    }
    if (before === undefined) outcome.imported.push(name);
    const { changes } = await client.diff(kind, found, inputs);
    states.set(name, changes === "none" ? { ...found, inputs } : await client.update(kind, found, inputs));
    (changes === "none" ? outcome.same : outcome.updated).push(name);
  }
  return outcome;
}

/** Reads every resource again; what is gone leaves the state. Gives the names of those that differ from their old inputs. */
export async function refresh(client: PluginClient, program: readonly Resource[], states: States): Promise<string[]> {
  const drifted: string[] = [];
  for (const { name, kind } of program) {
    const state = states.get(name);
    if (state === undefined) continue;
    const read = await client.read(kind, state.id, state);
    if (read === undefined) states.delete(name);
    else states.set(name, read);
    if (read === undefined || (await client.diff(kind, read, state.inputs)).changes === "some") drifted.push(name);
  }
  return drifted;
}
