import { isList, isObj, type Json } from "../../model/json.ts";
import { literalsOf } from "./expression.ts";
import { parsedFlow, type FlowDoc } from "./parse.ts";
import { placePointer, rootPlace, walk } from "./place.ts";

/** One action of a flow that reads SIP headers. */
export interface SipHeaderRead {
  readonly action: "getSIPHeaders" | "getRawSIPHeaders";
  /** Name of the action in the flow. */
  readonly name: string;
  /** Pointer to the action, in the form of {@link comparableFlow}. */
  readonly path: string;
  /** Header names that are written out, as written; header names compare case-insensitively. */
  readonly headers: readonly string[];
  /** The action reads every header. */
  readonly all: boolean;
  /** Some or all names are computed when the flow runs. */
  readonly dynamic: boolean;
}

/**
 * SIP headers that a flow reads from the initial INVITE (architect-yaml §5). An empty or absent collection means all
 * headers; `getRawSIPHeaders` always reads all. No export with this action was available to us: the property that holds the names is
 * taken to be the one whose key speaks of headers (unverified).
 */
export function sipHeadersRead(input: string | FlowDoc): SipHeaderRead[] {
  const doc = parsedFlow(input);
  const reads: SipHeaderRead[] = [];
  walk(rootPlace(doc), doc.text, (place) => {
    const action = actionOf(place.key ?? "");
    // Settings use action names as keys as well: only list items are actions (architect-yaml §2).
    if (!action || !isObj(place.data) || place.parent?.key !== undefined) return;
    const name = typeof place.data.name === "string" ? place.data.name : "";
    const wanted = action === "getRawSIPHeaders" ? EVERYTHING : headersAskedFor(place.data);
    reads.push({ action, name, path: placePointer(place), ...wanted });
  });
  return reads;
}

function actionOf(key: string): SipHeaderRead["action"] | undefined {
  const lower = key.toLowerCase();
  return lower === "getsipheaders" ? "getSIPHeaders" : lower === "getrawsipheaders" ? "getRawSIPHeaders" : undefined;
}

type Asked = Pick<SipHeaderRead, "headers" | "all" | "dynamic">;

const EVERYTHING: Asked = { headers: [], all: true, dynamic: false };

function headersAskedFor(action: { [key: string]: Json }): Asked {
  const asked = Object.entries(action).find(([key, value]) => /header/i.test(key) && !isOutput(key, value));
  if (!asked) return EVERYTHING;
  const [, value] = asked;
  const { headers, dynamic } = namesIn(value);
  return { headers: [...new Set(headers)], all: headers.length === 0 && !dynamic, dynamic };
}

/** What an action gives back is bound to a variable (`var`, architect-yaml §6) or stands among its outputs. */
function isOutput(key: string, value: Json): boolean {
  return /result|output/i.test(key) || (isObj(value) && (value.var !== undefined || value.noValue === true));
}

interface Names {
  readonly headers: readonly string[];
  readonly dynamic: boolean;
}

/** Names in `[..]`, `{lit: [..]}`, `{lit: X}`, or an expression such as `MakeList("X-A", "X-B")`. */
function namesIn(value: Json): Names {
  if (typeof value === "string") return { headers: value === "" ? [] : [value], dynamic: false };
  if (isList(value)) {
    const parts = value.map(namesIn);
    return { headers: parts.flatMap((part) => part.headers), dynamic: parts.some((part) => part.dynamic) };
  }
  if (!isObj(value)) return { headers: [], dynamic: false };
  if (typeof value.exp === "string") return namesInExpression(value.exp);
  return value.lit === undefined ? namesIn(Object.values(value).filter(isObj)) : namesIn(value.lit);
}

const STRING = /"(?:[^"\\]|\\[\s\S])*"/g;

function namesInExpression(expression: string): Names {
  if (/\bMakeEmptyList\b|^\s*NOT_SET\s*$/i.test(expression)) return { headers: [], dynamic: false };
  const rest = expression.replace(STRING, "").replace(/\bMakeList\b/gi, "");
  return { headers: literalsOf(expression), dynamic: /[\p{L}_]/u.test(rest) };
}
