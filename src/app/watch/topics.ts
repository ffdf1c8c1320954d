import type { Coordinate } from "../../model/coordinate.ts";
import { splitCoordinate } from "../../model/coordinate.ts";
import { isObj, textOf } from "../../model/json.ts";
import { parseJson } from "../../snapshot/json-text.ts";

/** WatchedTopics to listen to, each with the object that it is about. */
export interface WatchedTopics {
  readonly objects: ReadonlyMap<string, Coordinate>;
  /** Objects that have a topic and found no place: they are only polled. */
  readonly left: number;
}

/** WatchedTopics that one channel holds (genesys-api §14.1: the cap is unverified). */
const MOST_TOPICS = 1000;

/** Kinds with a topic of their own (genesys-api §14.1). */
const OWN: { readonly [kind: string]: string } = {
  flow: "v2.flows.",
  outcome: "v2.flows.outcomes.",
  prompt: "v2.architect.prompts.",
  "web-configuration": "v2.webdeployments.configurations.",
  "web-deployment": "v2.webdeployments.deployments.",
};

/**
 * Entity types under which other kinds are audited: `v2.audits.entitytype.TYPE.entityid.ID`, ids concrete (genesys-api §14.1). That the
 * topic spells them as the audit log does is unverified; what is refused is polled. What callers meet first comes first.
 */
const AUDITED: { readonly [kind: string]: readonly string[] } = {
  ivr: ["IVR"],
  "emergency-group": ["EmergencyGroup"],
  "schedule-group": ["ScheduleGroup"],
  schedule: ["Schedule"],
  queue: ["Queue"],
  "data-table": ["Schema", "Row"],
  "data-action": ["Action"],
  integration: ["Integration"],
  trunk: ["TrunkBase"],
  site: ["Site"],
  "skill-group": ["SkillGroup"],
  group: ["DirectoryGroup"],
};

/** The topics about objects of an organisation, those that matter most first. @param ids by coordinate */
export function topicsOf(ids: ReadonlyMap<Coordinate, string>): WatchedTopics {
  const all = [...Object.keys(OWN), ...Object.keys(AUDITED)].flatMap((kind) =>
    [...ids]
      .filter(([at]) => splitCoordinate(at).kind === kind)
      .flatMap(([at, id]) => topicsFor(kind, id).map((topic) => [topic, at] as const)),
  );
  return { objects: new Map(all.slice(0, MOST_TOPICS)), left: Math.max(0, all.length - MOST_TOPICS) };
}

function topicsFor(kind: string, id: string): string[] {
  // A topic is separated by dots: an id that holds one would be another topic.
  if (!/^[\w-]+$/.test(id)) return [];
  const own = OWN[kind];
  if (own !== undefined) return [`${own}${id}`];
  return (AUDITED[kind] ?? []).map((type) => `v2.audits.entitytype.${type}.entityid.${id}`);
}

/** What a message of a channel means. */
export type Heard = "alive" | "closing" | { readonly topic: string };

/**
 * Reads a message. What is not understood still shows that somebody is there. Only the topic counts: what changed is read from the
 * organisation, never taken from an event.
 */
export function heardIn(text: string): Heard {
  const parsed = parseJson(text);
  const topic = "value" in parsed && isObj(parsed.value) ? textOf(parsed.value["topicName"]) : "";
  // The service says a minute before that it closes its connections (developer centre, "Notification service").
  if (topic === "v2.system.socket_closing") return "closing";
  return topic === "" || topic === "channel.metadata" ? "alive" : { topic };
}
