import { badRequest } from "./errors.ts";
import { parseAction } from "./faults.ts";
import { keepFrom } from "./keeps.ts";
import type { Json, JsonObject } from "./json.ts";
import { isObject, listAt, pick, textAt } from "./json.ts";
import type { Fault, Loss, Settings } from "./world.ts";

function positive(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "number" || value < 0)
    throw badRequest(`${name} must be a number of 0 or more`, "invalid.value");
  return value;
}

function isPattern(path: string): boolean {
  try {
    return new RegExp(path) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The answer that a fault gives: 200 and JSON unless it says otherwise; a body that is no text is written as JSON. With `carriedOut` the request takes effect first. */
function answerFrom({
  status = 200,
  contentType = "application/json",
  body = "",
  carriedOut = false,
}: JsonObject): NonNullable<Fault["answer"]> {
  const fits = typeof status === "number" && Number.isInteger(status) && status >= 200 && status <= 599;
  if (!fits) throw badRequest("status must be between 200 and 599", "invalid.value");
  if (typeof contentType !== "string") throw badRequest("contentType must be a string", "invalid.value");
  if (typeof carriedOut !== "boolean") throw badRequest("carriedOut must be a boolean", "invalid.value");
  return { status, contentType, body: typeof body === "string" ? body : JSON.stringify(body), carriedOut };
}

function demandKnownAction(action: Json | undefined): string {
  if (typeof action === "string" && (action === "answer" || parseAction(action))) return action;
  throw badRequest("unknown fault action", "invalid.value");
}

function faultFrom(value: Json): Fault {
  if (!isObject(value)) throw badRequest("a fault must be an object", "invalid.value");
  const action = demandKnownAction(value.action);
  const where = Object.entries(pick(value, ["org", "method", "path"])).filter(([, text]) => typeof text === "string");
  if (!isPattern(textAt(value.path))) throw badRequest("path is no regular expression", "invalid.value");
  return {
    ...Object.fromEntries(where),
    ...(action === "answer" ? { answer: answerFrom(value) } : {}),
    after: positive(value, "after") ?? 0,
    times: positive(value, "times") ?? 1,
    action,
    seen: 0,
  };
}

function lossFrom(value: Json): Loss {
  if (!isObject(value)) throw badRequest("a loss must be an object", "invalid.value");
  const named = pick(value, ["org", "service", "entityType", "action"]);
  const where = Object.entries(named).filter(([, text]) => typeof text === "string");
  const counts = { after: positive(value, "after") ?? 0, times: positive(value, "times") ?? 1, seen: 0 };
  return { ...Object.fromEntries(where), ...counts };
}

function socketsFrom(value: Json): Settings["sockets"] {
  if (value === "open" || value === "refuse" || value === "silent") return value;
  throw badRequest("sockets must be open, refuse or silent", "invalid.value");
}

/** The settings with the changes of a body; throws 400 for values that make no sense. */
export function changedSettings(settings: Settings, body: JsonObject): Settings {
  return {
    ratePerMinute: positive(body, "ratePerMinute") ?? settings.ratePerMinute,
    tokenSeconds: positive(body, "tokenSeconds") ?? settings.tokenSeconds,
    shuffleSeed: positive(body, "shuffleSeed") ?? settings.shuffleSeed,
    jobMs: positive(body, "jobMs") ?? settings.jobMs,
    lagMs: positive(body, "lagMs") ?? settings.lagMs,
    unlisted: body.unlisted === undefined ? settings.unlisted : listAt(body.unlisted).map(textAt),
    faults: body.faults === undefined ? settings.faults : listAt(body.faults).map(faultFrom),
    keeps: body.keeps === undefined ? settings.keeps : listAt(body.keeps).map(keepFrom),
    auditDelayMs: positive(body, "auditDelayMs") ?? settings.auditDelayMs,
    auditMissing: body.auditMissing === undefined ? settings.auditMissing : listAt(body.auditMissing).map(textAt),
    sockets: body.sockets === undefined ? settings.sockets : socketsFrom(body.sockets),
    auditLosses: body.auditLosses === undefined ? settings.auditLosses : listAt(body.auditLosses).map(lossFrom),
  };
}

/** The settings as the control interface shows them. */
export function settingsJson(settings: Settings): JsonObject {
  return {
    ...settings,
    faults: settings.faults.map((fault) => ({ ...fault })),
    keeps: settings.keeps.map((rule) => ({ ...rule })),
    auditLosses: settings.auditLosses.map((loss) => ({ ...loss })),
  };
}
