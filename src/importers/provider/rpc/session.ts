import PQueue from "p-queue";
import type { Api } from "../../../model/api.ts";
import type { Config } from "../../../model/config.ts";
import { coordinateOf, splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import { LockstepError } from "../../../model/error.ts";
import { namesakesOf } from "../../../model/namesakes.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Plan } from "../../../model/plan.ts";
import type { Clock, Files, Sink } from "../../../model/ports.ts";
import type { Placeholders } from "../../../model/placeholders.ts";
import type { Finding } from "../../../model/snapshot.ts";
import { didYouMean } from "../../../model/suggest.ts";
import { withheldKinds } from "../../../model/withheld-kinds.ts";
import { narrowKinds } from "../../../exporters/assert-grants.ts";
import { identify } from "../../../exporters/identify.ts";
import { listKinds, type Listing } from "../../../exporters/list-kinds.ts";
import { nameIndex } from "../../../canonical/references.ts";
import type { Locking, StandbyLock } from "../../lock/standby-lock.ts";
import type { Holding } from "../../claims.ts";
import { openKeptValues } from "../../kept-values.ts";
import { openBaseline, type BaselineRecorder } from "../../baseline.ts";
import { openTarget, remember } from "../../target.ts";
import { openUnfinished, type UnfinishedNotes } from "../../unfinished.ts";
import type { Writing } from "../../write-one.ts";
import { openOrgJournal, type Journal } from "../../journal.ts";
import type { LiveObject } from "../read/live.ts";
import type { ProviderSettings } from "./settings.ts";

/** What a session takes: one organisation that is logged in to, and the places that its state is in. */
export interface SessionPorts {
  readonly settings: ProviderSettings;
  readonly api: Api;
  readonly org: { readonly id: string; readonly name: string };
  readonly region: string;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly config: Pick<Config, "orgs" | "include" | "flows" | "guards">;
  /**
   * Loads the approved plan; undefined where none is needed. Only a write needs it: the engine also reads with the settings
   * of the last time, whose plan may be gone. @throws GuardError `plan-not-approved` …
   */
  readonly approvedPlan: () => Promise<Plan | undefined>;
  readonly files: Files;
  readonly clock: Clock;
  readonly sink: Sink;
  readonly secretsFor: Writing["secretsFor"];
  readonly given?: Writing["given"];
  /** Given where nothing that looks like a secret is kept, in the engine's state either. */
  readonly placeholders?: Placeholders | undefined;
  /** The lock of the standby, which is taken before the first write. */
  readonly lock: Pick<StandbyLock, "take" | "assertHeld">;
  readonly paths: {
    readonly journal: string;
    readonly baseline: string | undefined;
    readonly unfinished: string;
    readonly kept: string;
  };
}

/** One organisation while a plugin process works on it: what a sweep of its lists showed, and what was learned since. */
export interface Session extends SessionPorts, Writing {
  /** Entities of the sweep that nothing has been written to since. */
  readonly swept: Map<Coordinate, Obj>;
  /** Objects that were read from the sweep, so that a resource and its Link share one reading. */
  readonly reads: Map<Coordinate, Promise<LiveObject | undefined>>;
  /** Kinds that could not be listed completely, and why. */
  readonly unread: ReadonlyMap<string, string>;
  /** Objects that others may refer to and that are left unchanged, such as what the platform manages. */
  readonly skipped: ReadonlySet<Coordinate>;
  /** Names that several objects share, with a finding for each. */
  readonly namesakes: ReadonlyMap<Coordinate, Finding>;
  readonly homeDivision: string;
  readonly journal: Journal;
  readonly baseline: BaselineRecorder;
  /** Values that the organisation gave back instead of what was written. */
  readonly kept: Awaited<ReturnType<typeof openKeptValues>>;
  /** Writes of several requests that were begun and not ended, by an apply too. */
  readonly unfinished: UnfinishedNotes;
  /** The object that a text names. */
  readonly named: () => ReturnType<typeof nameIndex>;
  /** Notes which object an id is; undefined when the object is gone. Whatever was read of it before counts no more. */
  readonly learn: (coordinate: Coordinate, id: string | undefined) => void;
  /** Runs work on an object of a kind, no more at a time than the organisation takes. */
  readonly inTurn: <Result>(kind: Kind, work: () => Promise<Result>) => Promise<Result>;
  /** Done once, before the first write: `opened` tells the approved plan, `locked` that the standby is locked. */
  readonly once: { opened?: Promise<Plan | undefined>; locked?: Promise<Locking> };
  /** Objects that every new organisation has; known once the primary is opened for writing. */
  readonly platform: Set<Coordinate>;
  /** Values that were taken from objects for others, by id: the engine's state has the objects with them. */
  readonly released: Map<string, readonly Holding[]>;
}

/**
 * Opens a session: one sweep of the lists of every kind. A kind that cannot be listed is marked, not left out.
 * Objects that share their name are set aside: none of them is known by it.
 * @throws LockstepError of the client
 */
export async function openSession(ports: SessionPorts): Promise<Session> {
  const { api, org, region, sink, config, files } = ports;
  const { members } = config.include;
  const withheld = withheldKinds(ports.kinds, members);
  const kinds = [...ports.kinds.values()].filter(({ name }) => !withheld.has(name));
  const options = { api, org, region, kinds: ports.kinds, members, allowIncomplete: true, sink };
  const { reasons } = await narrowKinds(options, kinds);
  const listings = await listKinds(options, kinds, reasons);
  const identified = identify(listings, kinds);
  const target = openTarget(api, ports.kinds, { ids: {}, members }, ports.placeholders);
  for (const [coordinate, id] of identified.ids) remember(target, coordinate, id);
  for (const [name, { entities }] of listings) {
    for (const { id } of entities) {
      const coordinate = identified.coordinateOfId(name, textOf(id));
      if (coordinate !== undefined) target.names.set(coordinateOf(name, textOf(id)), coordinate);
    }
  }
  const swept = new Map([...identified.kept].map(([coordinate, { entity }]) => [coordinate, entity]));
  const reads: Session["reads"] = new Map();
  let index: ReturnType<typeof nameIndex> | undefined;
  const turns = new Map<string, PQueue>();
  sink({ event: "sweep-done", org: org.name, objects: swept.size });
  return {
    ...ports,
    target,
    swept,
    reads,
    unread: unreadOf(listings),
    skipped: new Set([...identified.ids.keys()].filter((coordinate) => !identified.kept.has(coordinate))),
    namesakes: namesakesOf(identified.findings),
    homeDivision: identified.homeDivision,
    journal: await openOrgJournal(files, ports.paths.journal, ports.clock),
    baseline: await openBaseline(files, ports.paths.baseline),
    kept: await openKeptValues(files, ports.paths.kept),
    unfinished: await openUnfinished(files, ports.paths.unfinished),
    named: () => (index ??= nameIndex(target.ids.keys())),
    learn: (coordinate, id) => {
      swept.delete(coordinate);
      reads.delete(coordinate);
      index = undefined;
      if (id !== undefined) remember(target, coordinate, id);
      else target.ids.delete(coordinate);
    },
    inTurn: (kind, work) => {
      const concurrency = kind.read?.atOnce;
      if (concurrency === undefined) return work();
      const turn = turns.get(kind.name) ?? new PQueue({ concurrency });
      turns.set(kind.name, turn);
      return turn.add(work);
    },
    once: {},
    platform: new Set(),
    released: new Map(),
  };
}

function unreadOf(listings: ReadonlyMap<string, Listing>): Map<string, string> {
  return new Map(
    [...listings].flatMap(([name, { incomplete }]) => (incomplete === undefined ? [] : [[name, incomplete] as const])),
  );
}

/** The kind of a resource type. @throws LockstepError `unknown-resource` */
export function kindNamed(kinds: ReadonlyMap<string, Kind>, name: string | undefined, token: string): Kind {
  const kind = name === undefined ? undefined : kinds.get(name);
  if (kind?.mode === "write") return kind;
  const written = [...kinds.values()].filter(({ mode }) => mode === "write").map((each) => each.name);
  throw new LockstepError(
    "unknown-resource",
    `There is no resource type ${JSON.stringify(token)}`,
    didYouMean(name ?? token, written) || "Use one of the classes of lockstep/pulumi.",
  );
}

/** The id of an object. @throws LockstepError `not-found` with a suggestion */
export function objectId({ target, org }: Session, coordinate: Coordinate): string {
  const id = target.ids.get(coordinate);
  if (id !== undefined) return id;
  const { kind } = splitCoordinate(coordinate);
  const known = [...target.ids.keys()].filter((other) => splitCoordinate(other).kind === kind);
  throw new LockstepError(
    "not-found",
    `${org.name} has no ${coordinate}`,
    didYouMean(coordinate, known) || "A coordinate is kind/key, such as queue/Billing.",
    { coordinate },
  );
}
