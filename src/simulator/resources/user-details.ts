import { badRequest } from "../errors.ts";
import { listBody, wanted } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { numberAt, objectAt, textAt } from "../json.ts";
import { pageAnswer } from "../listing.ts";
import type { Call, Needs, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { dropEntry, entriesOf, entryOf, isDeleted, putEntry } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { userKind } from "./user.ts";

const users = "/api/v2/users/{id}";
const utilizationPath = "/api/v2/routing/users/{id}/utilization";
const media = ["call", "callback", "chat", "email", "message", "workitem"];

/** A rating that people have in skills and in languages; both are kept and answered alike. */
interface Rating {
  readonly part: "user-skill" | "user-language";
  readonly of: "skill" | "language";
  /** Last part of the address of the list. */
  readonly list: string;
  readonly uri: string;
}

const ratings: readonly Rating[] = [
  { part: "user-skill", of: "skill", list: "routingskills", uri: "skillUri" },
  { part: "user-language", of: "language", list: "routinglanguages", uri: "languageUri" },
];

function shownRating(rating: Rating, user: Entry, call: Call): (entry: Entry) => JsonObject {
  return ({ id, data }) => ({
    id,
    name: textAt(entryOf(call.org, rating.of, id)?.data.name),
    proficiency: numberAt(data.proficiency),
    state: textAt(data.state),
    [rating.uri]: `/api/v2/routing/${rating.of}s/${id}`,
    selfUri: `/api/v2/users/${user.id}/${rating.list}/${id}`,
  });
}

function ratingsOf(rating: Rating, call: Call): Reply {
  const user = wanted(userKind, call);
  const entries = entriesOf(call.org, rating.part, user.id);
  return { status: 200, json: pageAnswer(entries, { paging: "page" }, call, shownRating(rating, user, call)) };
}

function rate(rating: Rating, user: Entry, call: Call, item: Json): Entry {
  const { id, proficiency, state } = objectAt(item);
  const rated = entryOf(call.org, rating.of, textAt(id));
  if (!rated || isDeleted(rated)) throw badRequest(`The ${rating.of} does not exist`, "invalid.value");
  if (typeof proficiency !== "number" || proficiency < 0 || proficiency > 5)
    throw badRequest("proficiency must be between 0 and 5", "invalid.value");
  const data = { id: rated.id, proficiency, state: textAt(state) || "active" };
  return putEntry(call.org, rating.part, { id: rated.id, data, hidden: {} }, user.id);
}

function ratingRoutes(rating: Rating): Route[] {
  const path = `${users}/${rating.list}`;
  const assigning = anyOf("routing:skill:assign", ...(rating.of === "language" ? ["routing:language:assign"] : []));
  return [
    { method: "GET", path, needs: anyOf(), handle: (call) => ratingsOf(rating, call) },
    {
      method: "PATCH",
      path: `${path}/bulk`,
      needs: assigning,
      handle(call) {
        const user = wanted(userKind, call);
        for (const item of listBody(call, 50)) rate(rating, user, call, item);
        return ratingsOf(rating, call);
      },
    },
    {
      method: "DELETE",
      path: `${path}/{ratedId}`,
      needs: assigning,
      handle(call) {
        dropEntry(call.org, rating.part, call.params.ratedId ?? "", wanted(userKind, call).id);
        return { status: rating.of === "skill" ? 200 : 204 };
      },
    },
  ];
}

/** How many conversations of each kind somebody takes at once: the organisation's figures, nobody has own ones here. */
function utilization(): JsonObject {
  const standard = media.map((name): [string, Json] => [
    name,
    { maximumCapacity: name === "call" ? 1 : 4, interruptableMediaTypes: [], includeNonAcd: false },
  ]);
  return { utilization: Object.fromEntries(standard), labelUtilizations: {}, level: "Organization" };
}

const voicemailPolicy = {
  enabled: true,
  alertTimeoutSeconds: 18,
  sendEmailNotifications: true,
  disableEmailPii: false,
};

/** An answer that is the same for everybody; 404 for nobody. */
function forEverybody(path: string, needs: Needs, json: JsonObject): Route {
  return {
    method: "GET",
    path,
    needs,
    handle(call) {
      wanted(userKind, call);
      return { status: 200, json };
    },
  };
}

const viewing = anyOf("routing:utilization:manage", "routing:utilization:view");
/** What the official provider asks of each user: skills, languages, utilization, the voicemail policy (cx-as-code §5). */
export const userDetails: Resource = {
  kind: "user-details",
  path: utilizationPath,
  fields: {},
  needs: {},
  routes: [
    ...ratings.flatMap(ratingRoutes),
    forEverybody(utilizationPath, viewing, utilization()),
    forEverybody("/api/v2/voicemail/userpolicies/{id}", anyOf(), voicemailPolicy),
  ],
};
