import { isList, isObj, type Json, type Obj, textOf } from "../../model/json.ts";

/** A header that a trunk adds to every call that it sends out. */
export interface CustomHeader {
  readonly header: string;
  readonly value: string;
}

/** Properties whose name speaks of headers though they hold none that people choose (trunk-properties §1). */
const OTHER_MEANING: ReadonlySet<string> = new Set([
  "trunk_fax_transmit_headerFormat",
  "trunk_sip_conversationHeader",
  "trunk_sip_uuiHeader",
]);

/**
 * The custom SIP headers of a trunk. Neither the name nor the shape of the property is documented, so it is found by the rule
 * of trunk-properties §1: its name speaks of headers or of custom settings and its value is a list or a map (unverified).
 */
export function customHeaders(properties: Obj): CustomHeader[] {
  return Object.entries(properties).flatMap(([name, value]) =>
    /header|custom/i.test(name) && !OTHER_MEANING.has(name) ? headersIn(value) : [],
  );
}

/** Headers in `["Name: value"]`, `[{ name, value }]` or `{ Name: value }`. */
function headersIn(value: Json): CustomHeader[] {
  if (isList(value)) return value.flatMap(headerIn);
  if (!isObj(value)) return [];
  return Object.entries(value).map(([header, text]) => ({ header, value: valueIn(text) }));
}

function headerIn(item: Json): CustomHeader[] {
  if (typeof item === "string") {
    const [header = "", ...rest] = item.split(":");
    return header.trim() === "" ? [] : [{ header: header.trim(), value: rest.join(":").trim() }];
  }
  if (!isObj(item)) return [];
  const name = Object.keys(item).find((key) => /^(?:name|key|header|headerName)$/i.test(key));
  const header = name === undefined ? "" : textOf(item[name]);
  return header === "" ? [] : [{ header, value: valueIn(item) }];
}

function valueIn(holder: Json): string {
  if (!isObj(holder)) return holder === null ? "" : typeof holder === "string" ? holder : JSON.stringify(holder);
  const name = Object.keys(holder).find((key) => /value$/i.test(key));
  return name === undefined ? "" : valueIn(holder[name] ?? null);
}
