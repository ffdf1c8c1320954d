import { notFound } from "../errors.ts";
import { isoTime } from "../engine.ts";
import { guidFrom } from "../ids.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, listAt, pick, textAt } from "../json.ts";
import { pageAnswer, queryValues } from "../listing.ts";
import { shuffled } from "../references.ts";
import type { Call, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { entriesOf } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { liveTrunkBases, propertyOf } from "./trunk-base.ts";

const path = "/api/v2/telephony/providers/edges/trunks";
const telephony = anyOf("telephony:plugin:all");

function trunkId(call: Call, base: Entry): string {
  return guidFrom(`${call.org.id}/trunk/${base.id}`);
}

/** The run-time instance of a trunk base; its state follows the base's in-service switch (genesys-api §5.4). */
function shownTrunk(call: Call, base: Entry): JsonObject {
  const id = trunkId(call, base);
  const enabled = propertyOf(base, "trunk_enabled") === true;
  const proxies = listAt(propertyOf(base, "trunk_transport_serverProxyList"));
  const since = textAt(base.data.dateModified);
  const group = entriesOf(call.org, "edge-group")[0];
  const optionsStatus = proxies.map((proxy) => ({
    proxyAddress: textAt(proxy),
    optionState: enabled,
    optionStateTime: since,
  }));
  return {
    id,
    ...pick(base.data, ["name", "version", "dateCreated", "dateModified", "state", "trunkType", "trunkMetabase"]),
    trunkBase: {
      id: base.id,
      name: textAt(base.data.name),
      selfUri: `${path.replace("trunks", "trunkbasesettings")}/${base.id}`,
    },
    ...(group ? { edgeGroup: { id: group.id, name: textAt(group.data.name) } } : {}),
    inService: enabled,
    enabled,
    connectedStatus: { connected: enabled, connectedStateTime: since },
    optionsStatus,
    optionsEnabledStatus: proxies.length > 0 ? "ENABLED" : "DISABLED",
    registersEnabledStatus: "NOT_SUPPORTED",
    proxyAddressList: proxies.map(textAt),
    family: 2,
    selfUri: `${path}/${id}`,
  };
}

function metricsOf(call: Call, base: Entry): JsonObject {
  const id = trunkId(call, base);
  return {
    eventTime: isoTime(call.now),
    trunk: { id, name: textAt(base.data.name), selfUri: `${path}/${id}` },
    calls: { inboundCallCount: 0, outboundCallCount: 0 },
    qos: { mismatchCount: 0 },
  };
}

function baseOf(call: Call): Entry {
  const base = liveTrunkBases(call).find((candidate) => trunkId(call, candidate) === call.params.id);
  if (!base) throw notFound("The trunk");
  return base;
}

function listTrunks(call: Call): Reply {
  const wanted = (name: string, valueOf: (base: Entry) => string) => {
    const values = queryValues(call, name);
    return (base: Entry): boolean => values.length === 0 || values.includes(valueOf(base));
  };
  const kept = liveTrunkBases(call)
    .filter(wanted("trunkType", ({ data }) => textAt(data.trunkType)))
    .filter(wanted("trunkBase.id", ({ id }) => id))
    .filter(wanted("edge.id", ({ data }) => idAt(data.edge)));
  const bases = shuffled(kept, call.world.settings.shuffleSeed, ({ id }) => id);
  return { status: 200, json: pageAnswer(bases, { paging: "page" }, call, (base) => shownTrunk(call, base)) };
}

function metrics(call: Call): Reply {
  const ids = queryValues(call, "trunkIds");
  const json: Json[] = liveTrunkBases(call)
    .filter((base) => ids.includes(trunkId(call, base)))
    .map((base) => metricsOf(call, base));
  return { status: 200, json };
}

const routes: readonly Route[] = [
  { method: "GET", path, needs: telephony, handle: listTrunks },
  { method: "GET", path: `${path}/metrics`, needs: telephony, handle: metrics },
  {
    method: "GET",
    path: `${path}/{id}`,
    needs: telephony,
    handle: (call) => ({ status: 200, json: shownTrunk(call, baseOf(call)) }),
  },
  {
    method: "GET",
    path: `${path}/{id}/metrics`,
    needs: telephony,
    handle: (call) => ({ status: 200, json: metricsOf(call, baseOf(call)) }),
  },
];

/** Trunks: read-only instances of the trunk bases (genesys-api §5.1). */
export const trunk: Resource = { kind: "trunk", path, fields: {}, needs: {}, routes };
