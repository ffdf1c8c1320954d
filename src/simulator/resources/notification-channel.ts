import { listBody } from "../engine.ts";
import { badRequest } from "../errors.ts";
import { objectAt, textAt } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { channelsOf, channelShown, channelWanted, openChannel, topicError, usedNow } from "../notifications/channel.ts";
import { judgeTopic } from "../notifications/topics.ts";
import type { Call, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import type { Channel, Reply } from "../world.ts";

const path = "/api/v2/notifications/channels";
/** Topics of one channel (genesys-api §14.1: the cap is unverified). */
const mostTopics = 1000;

function listing(entities: Json[]): Reply {
  return { status: 200, json: { entities } };
}

function topicShown(topic: string, more: JsonObject = { state: "Permitted" }): JsonObject {
  return { id: topic, ...more };
}

/** The topics of a body that the client may hear, and what is answered about each. */
function judged(call: Call): { readonly topics: string[]; readonly shown: JsonObject[] } {
  const asked = [...new Set(listBody(call).map((item) => textAt(objectAt(item).id)))];
  const ignoreErrors = call.query.get("ignoreErrors") === "true";
  const topics: string[] = [];
  const shown = asked.map((topic) => {
    const { problem, permission = "" } = judgeTopic(call.org, call.clientId, topic);
    if (problem === undefined) {
      topics.push(topic);
      return topicShown(topic);
    }
    if (!ignoreErrors) throw topicError(topic, problem);
    const rejectionReason = problem === "unknown" ? "notification.invalid.topic" : "notification.unauthorized.topic";
    const missingPermissions = permission === "" ? [] : [permission];
    return topicShown(topic, { state: "Rejected", rejectionReason, missingPermissions });
  });
  return { topics, shown };
}

function subscribe(call: Call, before: (channel: Channel) => Iterable<string>): Reply {
  const channel = channelWanted(call);
  const { topics, shown } = judged(call);
  const all = new Set([...before(channel), ...topics]);
  if (all.size > mostTopics)
    throw badRequest(`At most ${mostTopics} topics`, "notification.subscription.too.many.subscriptions");
  channel.topics = all;
  usedNow(channel, call.now);
  return listing(shown);
}

/** Channels of other tokens are there, without what would let one connect (definition, `includechannels`). */
function list(call: Call): Reply {
  const scope = call.query.get("includechannels") ?? "token";
  const own = (channel: Channel): boolean => channel.token === call.tokenText;
  const channels = channelsOf(call.world, call).filter((channel) => scope === "oauthclient" || own(channel));
  return listing(
    channels.map((channel) => {
      const shown = channelShown(channel, call);
      return own(channel) ? shown : { expires: shown.expires ?? "" };
    }),
  );
}

function route(method: string, below: string, handle: (call: Call) => Reply): Route {
  return { method, path: `${path}${below}`, needs: anyOf(), handle };
}

/** Notification channels (genesys-api §14.1): no permission is needed for one, only for topics. */
export const notificationChannel: Resource = {
  kind: "notification-channel",
  path,
  fields: {},
  needs: {},
  routes: [
    route("GET", "", list),
    route("POST", "", (call) => ({ status: 200, json: channelShown(openChannel(call), call) })),
    route("HEAD", "/{id}", (call) => (channelWanted(call), { status: 200 })),
    route("GET", "/{id}/subscriptions", (call) =>
      listing([...channelWanted(call).topics].map((topic) => topicShown(topic))),
    ),
    route("POST", "/{id}/subscriptions", (call) => subscribe(call, ({ topics }) => topics)),
    route("PUT", "/{id}/subscriptions", (call) => subscribe(call, () => [])),
    route("DELETE", "/{id}/subscriptions", (call) => {
      channelWanted(call).topics = new Set();
      return { status: 204 };
    }),
  ],
};
