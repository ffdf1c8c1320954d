import { join } from "node:path";
import { existsSync } from "node:fs";
import { KINDS } from "../../../src/kinds/index.ts";
import { coordinateOf, splitCoordinate, splitKey, type Coordinate } from "../../../src/model/coordinate.ts";
import type { Query } from "../../../src/model/api.ts";
import type { Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { readContract, type Contract } from "../../../tools/fidelity/contract.ts";
import { furnish } from "../companions.ts";
import { adminOf, openOffice, rawState, type Admin, type Office } from "../office.ts";
import { SECRETS } from "../settings.ts";

const CONTRACT = join(import.meta.dirname, "..", "..", "..", "..", "shared", "contract");

/**
 * What descriptors are held against: an organisation that works as the reference says, the official definition, and
 * requests that lockstep really sent. Nothing of it follows from a descriptor.
 */
export interface World {
  readonly office: Office;
  /** A furnished organisation, and lockstep's snapshot of it: for ids and coordinates only. */
  readonly admin: Admin;
  readonly snapshot: Snapshot;
  /** Addresses of everything that the organisation stores. */
  readonly paths: readonly string[];
  /** The simulator's save of both organisations as they were at first. */
  readonly start: string;
  readonly asked: readonly Asked[];
  /** Absent where `../shared` is missing: what only the definition tells is then not checked. */
  readonly contract: Contract | undefined;
}

/** A request that lockstep sent: while it took a snapshot, or while it wrote. */
export interface Asked {
  readonly phase: "read" | "write";
  readonly method: string;
  readonly path: string;
}

/** One object as the organisation answers it. */
export interface Raw {
  readonly coordinate: Coordinate;
  readonly id: string;
  readonly address: string;
}

function contractAtHand(): Contract | undefined {
  return existsSync(CONTRACT) ? readContract(CONTRACT) : undefined;
}

/** The objects of a kind that the snapshot knows, with the addresses at which they are answered. */
export function rawObjects({ snapshot }: World, name: string): Raw[] {
  const kind = KINDS.get(name);
  if (kind?.read === undefined) return [];
  const [, path = ""] = kind.read.get.op.split(" ");
  const query = new URLSearchParams(inText(kind.read.get.query));
  const more = query.size === 0 ? "" : `?${query.toString()}`;
  return [...snapshot.ids].flatMap(([coordinate, id]) => {
    if (splitCoordinate(coordinate).kind !== name) return [];
    const address = path
      .replace("{id}", encodeURIComponent(id))
      .replace(/\{\w+\}/, parentId(kind, coordinate, snapshot));
    return [{ coordinate, id, address: address + more }];
  });
}

/** Query parameters as text. */
export function inText(query: Query = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}

function parentId({ parent }: Kind, coordinate: Coordinate, { ids }: Snapshot): string {
  const [key = ""] = splitKey(splitCoordinate(coordinate).key);
  return encodeURIComponent(ids.get(coordinateOf(parent?.kind ?? "", key)) ?? "");
}

/** The answer for one object. */
export async function answerOf({ admin }: World, { address }: Raw): Promise<Obj> {
  return (await admin("GET", address)) as Obj;
}

/** Puts both organisations back as they were at first. */
export async function restored({ office, start }: World): Promise<void> {
  await control(office, `restore/${start}`);
}

async function control({ simulator }: Office, url: string): Promise<string> {
  return String((await simulator.handle({ method: "POST", url: `/_sim/${url}`, headers: {} })).body);
}

/** Two new organisations: the seed's contact centre in the primary, and what an apply of lockstep makes of it in the standby. */
export async function openWorld(): Promise<World> {
  const office = await openOffice(SECRETS);
  await furnish(office);
  const primary = await office.snapshot("primary");
  await office.apply(office.plan(await office.drift(primary, await office.snapshot("standby"))));
  return worldOf(office);
}

/** The world of the standby, as it is now: filled by the seed and by an apply of lockstep. */
export async function worldOf(office: Office): Promise<World> {
  const { log, orgs } = office.simulator.world;
  const isOwn = ({ org, client }: (typeof log)[number]): boolean =>
    org === "standby" && client === orgs.get("standby")?.client.id;
  const written = log.filter((line) => isOwn(line) && line.method !== "GET");
  const mark = log.length;
  const snapshot = await office.snapshot("standby");
  const { id } = JSON.parse(await control(office, "save")) as { id: string };
  const asked = [...unique("write", written), ...unique("read", log.slice(mark).filter(isOwn))];
  const paths = Object.keys(await rawState(office, "standby"));
  // These checks write fields that only the server sets: not what the official definition is held against.
  const admin = await adminOf(office.simulator, "standby", { "x-not-recorded": "probe" });
  return { office, admin, snapshot, paths, start: id, asked, contract: contractAtHand() };
}

/** One request of each sort: addresses that differ only in ids are one. */
function unique(phase: Asked["phase"], lines: readonly { readonly method: string; readonly path: string }[]): Asked[] {
  const sorts = new Map(
    lines.map(({ method, path }) => [
      `${method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "")}`,
      { method, path },
    ]),
  );
  return [...sorts.values()].map((request) => ({ phase, ...request }));
}
