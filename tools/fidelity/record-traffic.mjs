// Loaded by `node --import` into every process of a test run: writes what simulators were asked and answered to
// LOCKSTEP_RECORD, one JSON line for each exchange that shows something new.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { subscribe } from "node:diagnostics_channel";

const LONGEST_CHOICE = 40;
const target = join(process.env.LOCKSTEP_RECORD, `${process.pid}-${Date.now()}.jsonl`);
const seen = new Set();

function json(body) {
  if (body === undefined || body.length === 0) return undefined;
  try {
    return JSON.parse(typeof body === "string" ? body : Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}

function queryOf(parameters) {
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]));
}

/** Text that could be one of a list of choices is compared by value, any other by its place. */
function choice(text) {
  return /^[A-Za-z][A-Za-z0-9_.-]*$/.test(text) && text.length <= LONGEST_CHOICE ? text : "text";
}

function* facts(value, path) {
  if (Array.isArray(value)) {
    yield `${path}[]${value.length > 0}`;
    for (const item of value) yield* facts(item, `${path}[]`);
  } else if (value !== null && typeof value === "object") {
    yield `${path}{}`;
    for (const [name, item] of Object.entries(value)) yield* facts(item, `${path}/${name}`);
  } else
    yield `${path}:${typeof value === "string" ? choice(value) : typeof value === "number" ? "number" : String(value)}`;
}

function isNew(operation, exchange) {
  let fresh = false;
  for (const fact of facts(exchange, operation)) {
    if (seen.has(fact)) continue;
    seen.add(fact);
    fresh = true;
  }
  return fresh;
}

subscribe("lockstep:simulator:exchange", ({ request, answer, pattern, replaced }) => {
  // What a test has answered on purpose says nothing about the simulator.
  if (replaced || answer.fault !== undefined || pattern === null || request.headers["x-not-recorded"] !== undefined)
    return;
  const [path, query = ""] = request.url.split("?");
  const asked = query === "" ? undefined : queryOf(new URLSearchParams(query));
  const method = request.method.toUpperCase();
  const { status } = answer;
  const isJson = answer.headers["Content-Type"] === "application/json";
  const empty = answer.body === undefined || answer.body.length === 0;
  const exchange = { query: asked, request: json(request.body), answer: isJson ? json(answer.body) : undefined, empty };
  if (!isNew(`${method} ${pattern} ${status}`, exchange)) return;
  appendFileSync(target, `${JSON.stringify({ method, path, pattern, status, ...exchange })}\n`);
});
