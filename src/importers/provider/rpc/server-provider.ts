import { defined } from "../../../model/defined.ts";
import { setMaxListeners } from "node:events";
import { KINDS } from "../../../kinds/index.ts";
import { splitCoordinate } from "../../../model/coordinate.ts";
import { LockstepError } from "../../../model/error.ts";
import { listOf, textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Sink } from "../../../model/ports.ts";
import { digestJson } from "../../../canonical/digest.ts";
import { readOnlyRefusal } from "../write/access.ts";
import { checkInputs, checkLink, type Checked } from "../check/check.ts";
import { create } from "../write/create.ts";
import { diffLink, diffResource, type ResourceDiff } from "../check/diff.ts";
import { resourceEdits, wantedObject } from "../check/edits.ts";
import { treatmentOf } from "../read/inputs.ts";
import { inventoryOf } from "../read/inventory.ts";
import { readLink, writeLink } from "../write/links.ts";
import { outputsOf, type LiveObject } from "../read/live.ts";
import { read } from "../read/read.ts";
import { objectId, kindNamed, type Session } from "./session.ts";
import { settingsOf } from "./read-settings.ts";
import type { ProviderSettings } from "./settings.ts";
import { kindOfToken, LINK_TOKEN, PACKAGE } from "../schema/tokens.ts";
import { remove } from "../write/remove.ts";
import { update } from "../write/update.ts";
import { coordinateFor, unfinishedInputs } from "../write/write.ts";
import { notConfigured, openOrganisation, type OpenOrganisation, type OpenApp } from "./server-open.ts";

/** A resource as the engine keeps it. */
export interface Resource {
  readonly id: string;
  readonly outputs: Obj;
  readonly inputs?: Obj;
}

/** What the engine knows of a resource when it asks for something. */
export interface ResourceCall {
  readonly type: string;
  readonly id: string;
  readonly olds: Obj;
  readonly oldInputs: Obj;
  readonly news: Obj;
  readonly preview: boolean;
}

/** The provider, whatever carries its calls. Every call may throw a LockstepError. */
export interface Provider {
  configure(args: Obj, urn: string): void;
  check(asked: Pick<ResourceCall, "type" | "news" | "olds">): Checked;
  diff(asked: Pick<ResourceCall, "type" | "olds" | "oldInputs" | "news">): Promise<ResourceDiff>;
  create(asked: Pick<ResourceCall, "type" | "news" | "preview">): Promise<Resource>;
  /** Undefined when the object is gone. */
  read(asked: Pick<ResourceCall, "type" | "id" | "olds" | "oldInputs">): Promise<Resource | undefined>;
  update(asked: Omit<ResourceCall, "oldInputs">): Promise<Obj>;
  remove(asked: Pick<ResourceCall, "type" | "id" | "olds">): Promise<void>;
  invoke(token: string, args: Obj): Promise<Obj>;
  /** Ends waits and requests under way, and gives locks back; what comes after a new configuration works again. */
  cancel(): void;
  close(): Promise<void>;
}

interface Configured {
  readonly settings: ProviderSettings;
  readonly urn: string;
  readonly abort: AbortController;
  opened?: Promise<OpenOrganisation>;
}

/** A provider that is not configured yet. An organisation is opened when something about it is asked for. */
export function createProvider(openApp: OpenApp, sink: Sink): Provider {
  let configured: Configured | undefined;
  // A refresh and a preview ask for differences too, and note nothing.
  let isUpdate = false;

  const settled = (): Configured => {
    if (configured === undefined) throw notConfigured();
    return configured;
  };

  async function session(): Promise<Session> {
    const now = settled();
    const { abort, settings, urn } = now;
    now.opened ??= openApp(settings.config, abort.signal).then((app) => openOrganisation(app, settings, urn, sink));
    try {
      return (await now.opened).session;
    } catch (error) {
      delete now.opened;
      throw error;
    }
  }

  /** A provider that only reads refuses before anything is sent. */
  function assertWrites(verb: "create" | "update" | "delete", what: string): void {
    const { access, org } = settled().settings;
    if (access === "read-only") throw readOnlyRefusal(org, verb, what);
  }

  /**
   * An object of the standby that is what it should be becomes baseline, as with an apply: a later change of its name is then
   * known for what it is. Nobody is asked for that; without an open organisation it is left for another time.
   */
  async function noteEqual(kind: Kind, olds: Obj, news: Obj): Promise<void> {
    if (!isUpdate || configured?.settings.access !== "write" || configured.opened === undefined) return;
    const { retained, linked, sourceId = "" } = treatmentOf(news);
    const coordinate = textOf(olds["coordinate"]);
    const { session: open } = await configured.opened;
    const targetId = open.target.ids.get(coordinate);
    // Whether the whole object is in step, its Link knows.
    if (retained || linked.length > 0 || targetId === undefined) return;
    const whole = unfinishedInputs(open, { kind, coordinate, news });
    if (resourceEdits(kind, olds, whole).length === 0) await open.unfinished.over(coordinate);
    const { wanted } = wantedObject(kind, olds, news);
    await open.baseline.record(coordinate, { sourceId, targetId, digest: digestJson(wanted) });
  }

  /** Nobody may come to close a provider that was told to stop: an engine that is killed, or one that had attached to it. */
  async function give(opened: Configured["opened"]): Promise<void> {
    await opened?.then(
      (open) => open.close(),
      () => undefined,
    );
  }

  async function close(): Promise<void> {
    const opened = configured?.opened;
    configured = undefined;
    await give(opened);
  }

  return {
    configure(args, urn) {
      const settings = settingsOf(args);
      const abort = new AbortController();
      // Every request and wait under way listens to it.
      setMaxListeners(0, abort.signal);
      void close();
      isUpdate = false;
      configured = { settings, urn, abort };
    },
    check: ({ type, news, olds }) =>
      type === LINK_TOKEN ? checkLink(KINDS, news) : checkInputs(kindOf(type), news, olds),
    async diff({ type, olds, oldInputs, news }) {
      if (type === LINK_TOKEN) return diffLink(linkedKind(news), olds, news);
      const kind = kindOf(type);
      const diff = diffResource(kind, olds, oldInputs, news);
      if (diff.changes === "none") await noteEqual(kind, olds, news);
      return diff;
    },
    async create({ type, news, preview }) {
      if (type === LINK_TOKEN) {
        if (preview) return { id: "", outputs: news };
        assertWrites("update", textOf(news["target"]));
        return writeLink(await session(), news);
      }
      const kind = kindOf(type);
      const coordinate = coordinateFor(kind, news);
      if (preview) return { id: "", outputs: { ...news, coordinate } };
      assertWrites("create", coordinate);
      const live = await create(await session(), { kind, coordinate, news });
      return { id: live.id, outputs: outputs(live, news) };
    },
    async read({ type, id, olds, oldInputs }) {
      if (type === LINK_TOKEN) {
        const link = await readLink(await session(), id, olds);
        if (link === undefined) return undefined;
        const { revisions: _, ...inputs } = link;
        return { id, outputs: link, inputs };
      }
      const kind = kindOf(type);
      const found = await read(await session(), kind, id, { olds, oldInputs });
      if (found === undefined && Object.keys(olds).length === 0) throw notThere(kind, id, settled().settings.org);
      return found === undefined ? undefined : { id, ...found };
    },
    async update({ type, id, olds, news, preview }) {
      const isLink = type === LINK_TOKEN;
      const coordinate = isLink ? textOf(news["target"]) : coordinateFor(kindOf(type), news);
      if (preview) {
        const { revisions, state } = olds;
        const beside = defined({ revisions, state });
        return { ...news, ...defined({ coordinate: isLink ? undefined : coordinate }), ...beside };
      }
      assertWrites("update", coordinate);
      if (isLink) return (await writeLink(await session(), news, olds)).outputs;
      const kind = kindOf(type);
      return outputs(await update(await session(), { kind, coordinate, news }, { id, olds }), news);
    },
    async remove({ type, id, olds }) {
      // What a Link wrote belongs to its object.
      if (type === LINK_TOKEN) return;
      assertWrites("delete", textOf(olds["coordinate"]));
      await remove(await session(), kindOf(type), { id, olds });
    },
    async invoke(token, args) {
      if (token === `${PACKAGE}:index:getId`) return { id: objectId(await session(), textOf(args["coordinate"])) };
      if (token === `${PACKAGE}:index:getInventory`) {
        isUpdate = args["update"] === true;
        return inventoryOf(
          await session(),
          listOf(args["also"]).map((one) => textOf(one)),
        );
      }
      throw new LockstepError("unknown-function", `There is no function ${token}`, "Use getId or getInventory.");
    },
    cancel: () => {
      configured?.abort.abort(interrupted());
      void give(configured?.opened);
    },
    close,
  };
}

/** The outputs of a resource after a write. */
export function outputs(live: LiveObject, news: Obj): Obj {
  return outputsOf(live, splitCoordinate(live.coordinate).key, news["lockstep"]);
}

function kindOf(token: string): Kind {
  return kindNamed(KINDS, kindOfToken(token), token);
}

function linkedKind(news: Obj): Kind {
  const target = textOf(news["target"]);
  return kindNamed(KINDS, splitCoordinate(target).kind, target);
}

/** An import of what is gone: the engine would only say that an id does not exist. */
function notThere(kind: Kind, id: string, org: ProviderSettings["org"]): LockstepError {
  return new LockstepError(
    "object-vanished",
    `The ${org} has no ${kind.title.toLowerCase()} with the id ${id} any more`,
    org === "primary"
      ? "Take a new snapshot with `lockstep snapshot primary`, and run the same command again."
      : "Run the same command again.",
  );
}

function interrupted(): LockstepError {
  return new LockstepError(
    "interrupted",
    "Stopped before it was finished",
    "Run the same command again; what was written is in the journal and is not repeated.",
  );
}
