import { ApiError, badRequest } from "../errors.ts";
import { cleanObject, demand } from "../clean.ts";
import { isoTime, listBody, show, wanted } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { inWords, isObject, listAt, numberAt, textAt } from "../json.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { list, object, oneOf, required, text, whole } from "../shape.ts";
import { addEntry, dropEntry, entriesOf, putEntry } from "../store.ts";
import type { Entry, Org, Reply } from "../world.ts";
import { domainFields } from "./domain-fields.ts";
import { site } from "./site.ts";

const path = `${site.path}/{parentId}/numberplans`;
const telephony = anyOf("telephony:plugin:all");
const matchTypes = ["digitLength", "e164NumberList", "interCountryCode", "intraCountryCode", "numberList", "regex"];

function siteOf(call: Call): Entry {
  return wanted(site, { ...call, params: { id: call.params.parentId ?? "" } });
}

/** The plans of a site in their order, which decides which one matches first. */
export function plansOf(org: Org, siteId: string): Entry[] {
  const plans = entriesOf(org, "number-plan", siteId);
  return plans.sort((a, b) => numberAt(a.data.priority) - numberAt(b.data.priority));
}

/** The plans that every site is created with (genesys-api §5.5). */
const defaultPlans: readonly JsonObject[] = [
  { name: "Emergency", matchType: "numberList", classification: "Emergency", numbers: [{ start: "911", end: "911" }] },
  {
    name: "Suicide Prevention",
    matchType: "numberList",
    classification: "Suicide Prevention",
    numbers: [{ start: "988", end: "988" }],
  },
  { name: "Extension", matchType: "digitLength", classification: "Extension", digitLength: { start: "3", end: "6" } },
  { name: "National", matchType: "intraCountryCode", classification: "National" },
  { name: "International", matchType: "interCountryCode", classification: "International" },
  {
    name: "Network",
    matchType: "regex",
    classification: "Network",
    match: "^([^@\\:]+@)([^@ ]+)?$",
    normalizedFormat: "sip:$1$2",
  },
];

/** Gives a site its default plans. */
export function addDefaultPlans(org: Org, siteId: string, now: number): void {
  for (const [at, plan] of defaultPlans.entries()) {
    const stamps = {
      priority: at + 1,
      version: 1,
      state: "active",
      dateCreated: isoTime(now),
      dateModified: isoTime(now),
    };
    addEntry(org, "number-plan", { ...plan, ...stamps }, {}, siteId);
  }
}

function shownPlans(call: Call, owner: Entry): Json[] {
  return plansOf(call.org, owner.id).map((plan) => show(numberPlan, plan, call));
}

function demandClassifications(call: Call, owner: Entry, plans: readonly JsonObject[]): void {
  const kept = new Set(plans.map((plan) => textAt(plan.classification)));
  for (const route of entriesOf(call.org, "outbound-route", owner.id)) {
    if (route.data.state === "deleted") continue;
    const lost = listAt(route.data.classificationTypes)
      .map(textAt)
      .find((type) => !kept.has(type));
    if (lost !== undefined) throw badRequest(`The route ${textAt(route.data.name)} uses ${lost}`, "number.plan.in.use");
  }
}

/** The place in the list is what orders the plans, whatever priority a client repeats (official provider). */
function replacePlans(call: Call): Reply {
  const owner = siteOf(call);
  if (owner.data.managed === true) throw new ApiError(403, "managed.property.not.allowed", "The site is managed");
  const plans = listBody(call, 200).map((item, at) => {
    const plan = cleanObject(isObject(item) ? item : {}, numberPlan.fields);
    demand(plan, numberPlan.fields);
    return { ...plan, priority: at + 1, ...(isObject(item) ? { given: item.id ?? "" } : {}) };
  });
  const names = plans.map((plan: JsonObject) => inWords(plan.name).toLowerCase());
  if (new Set(names).size < names.length)
    throw badRequest("Two plans have the same name", "duplicate.number.plan.name");
  demandClassifications(call, owner, plans);
  const before = plansOf(call.org, owner.id);
  for (const plan of before) dropEntry(call.org, "number-plan", plan.id, owner.id);
  for (const plan of plans) storePlan(call, owner, plan, before);
  return { status: 200, json: shownPlans(call, owner) };
}

function storePlan(call: Call, owner: Entry, plan: JsonObject, before: readonly Entry[]): void {
  const { given, ...data } = plan;
  const old = before.find(({ id }) => id === given) ?? before.find((entry) => entry.data.name === data.name);
  const now = isoTime(call.now);
  const dateCreated = old?.data.dateCreated ?? now;
  const stamps = { version: numberAt(old?.data.version) + 1, state: "active", dateCreated, dateModified: now };
  if (old)
    putEntry(call.org, "number-plan", { id: old.id, data: { id: old.id, ...data, ...stamps }, hidden: {} }, owner.id);
  else addEntry(call.org, "number-plan", { ...data, ...stamps }, {}, owner.id);
}

/** Number plans of a site: read and replaced as one ordered list (genesys-api §5.5). */
export const numberPlan: Resource = {
  kind: "number-plan",
  path,
  parent: "site",
  fields: {
    ...domainFields,
    name: required(text),
    description: text,
    match: text,
    normalizedFormat: text,
    priority: whole,
    numbers: list(object({ start: text, end: text })),
    digitLength: object({ start: text, end: text }),
    classification: text,
    matchType: oneOf(...matchTypes),
  },
  needs: { view: telephony },
  routes: [
    {
      method: "GET",
      path,
      needs: telephony,
      handle: (call) => ({ status: 200, json: shownPlans(call, siteOf(call)) }),
    },
    { method: "PUT", path, needs: telephony, handle: replacePlans },
    {
      method: "GET",
      path: `${path}/classifications`,
      needs: telephony,
      handle(call) {
        const types = plansOf(call.org, siteOf(call).id).map((plan) => textAt(plan.data.classification));
        return { status: 200, json: [...new Set(types)].filter((type) => type !== "") };
      },
    },
  ],
};
