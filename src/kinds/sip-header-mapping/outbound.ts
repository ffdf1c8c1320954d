import { isObj, textOf, type Obj } from "../../model/json.ts";
import { customHeaders } from "./custom-headers.ts";
import type { HeaderUse } from "./mappings.ts";

/** What trunks send: custom headers, user-to-user information, the conversation id and the caller's identity (trunk-properties §1). */
export function outboundHeaders(trunks: ReadonlyMap<string, Obj>): HeaderUse[] {
  return [...trunks].flatMap(([by, trunk]) => {
    const properties = isObj(trunk["properties"]) ? trunk["properties"] : {};
    return [...custom(properties), ...uui(properties), ...conversation(properties), ...identity(properties)].map(
      (use) => ({ by, ...use }),
    );
  });
}

type Sent = Omit<HeaderUse, "by">;

function custom(properties: Obj): Sent[] {
  return customHeaders(properties).map(({ header, value }) => ({ header, what: { custom: value } }));
}

/** The header that carries user-to-user information where none is named (trunk-properties §1). */
const UUI_HEADER = "User-to-User";

function uui(properties: Obj): Sent[] {
  if (properties["trunk_sip_uuiEnabled"] !== true) return [];
  const details = {
    encoding: textOf(properties["trunk_sip_uuiEncoding"]),
    protocolDiscriminator: textOf(properties["trunk_sip_uuiPd"]),
  };
  const set = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== ""));
  return [{ header: textOf(properties["trunk_sip_uuiHeader"]) || UUI_HEADER, what: { uui: set } }];
}

function conversation(properties: Obj): Sent[] {
  return properties["trunk_sip_conversationHeader"] === true
    ? [{ header: "@conversation", what: { conversation: true } }]
    : [];
}

/** Settings that decide which caller a trunk announces. */
function identity(properties: Obj): Sent[] {
  const settings = Object.entries(properties).filter(
    ([name]) => name.startsWith("trunk_outboundIdentity_") || name === "trunk_calling_id_priority",
  );
  return settings.length === 0 ? [] : [{ header: "@identity", what: { identity: Object.fromEntries(settings) } }];
}
