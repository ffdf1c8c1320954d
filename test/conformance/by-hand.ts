import { isObj, textOf, type Json } from "../../src/model/json.ts";
import type { Body } from "./office.ts";

/** Values of an answer that are no configuration of the object, or that cannot be changed here: pattern of the name → why. */
const UNTOUCHED: readonly (readonly [RegExp, string])[] = [
  [
    /^trunk\/properties\/[^/]+\/(type|enum|items|required)/,
    "the template's description of the property (genesys-api §5.2)",
  ],
  [/^trunk\/properties\/[^/]+\/value\/default/, "the template's default (genesys-api §5.2)"],
  [/^trunk\/trunk(Metabase|Type)/, "a trunk of another metabase is another trunk (genesys-api §5.1)"],
  [/^data-table\/schema\/(type|required)/, "every table has the same (genesys-api §4.3)"],
  [/^data-table\/schema\/properties\/[^/]+\/type$/, "the rows of a table would not fit any more"],
  [
    /^web-configuration\/customI18nLabels\/.*\/(language|key)$/,
    "names the entry, so that another value is another entry",
  ],
  [/^web-configuration\/(defaultLanguage|languages)/, "the default is one of the languages; changed as a piece"],
  [/^web-deployment\/allowAllDomains$/, "excludes a list of domains"],
  [/^(group\/type|response-library\/responseType)$/, "fixed at creation (definitions GroupUpdate, Library)"],
  [/^group\/addresses\/.*\/mediaType$/, "there is only one type"],
  [/^group\/owner(s|Ids)/, "answers have the owners, writes their ids; changed as a piece"],
  [/^skill-group\/memberDivisions/, "has an address of its own; changed as a piece"],
  [/^did-pool\/provider$/, "purchased pools are not kept, so the pool would leave the snapshot"],
  [/^data-action\/secure$/, "fixed at creation (genesys-api §4.4)"],
  [
    /^([^/]+|site\/numberPlans\/\*|integration\/configuration)\/(id|selfUri)$/,
    "who it is, given by the server (genesys-api §1.3)",
  ],
  [/^site\/numberPlans\/\*\/priority$/, "moves the plan, and with it every position; changed as a piece"],
  [/^wrap-up-code\/division\/selfUri$/, "the address of the division"],
  [/^queue\/bullseye\/rings\/\*\/expansionCriteria\/\*\/type$/, "there is only one type"],
];

/** Why a value is left unchanged; undefined when it is changed. */
export function untouched(name: string): string | undefined {
  return UNTOUCHED.find(([pattern]) => pattern.test(name))?.[1];
}

/** Does an object change together with one that was planned, as the API wants it? Deployments follow their configuration. */
export function goesAlong(path: string, entity: Body | undefined, planned: ReadonlySet<string>): boolean {
  const { configuration } = (entity ?? {}) as { readonly configuration?: { readonly id?: string } };
  return path.includes("/webdeployments/deployments/") && planned.has(configuration?.id ?? "");
}

/** New values that have to be given, because not every other one is valid here. */
export const GIVEN: ReadonlyMap<string, (value: Json, home: string) => Json> = new Map<
  string,
  (value: Json, home: string) => Json
>([
  ["integration/intendedState", (value) => (value === "ENABLED" ? "DISABLED" : "ENABLED")],
  // A timeout goes with these two only.
  [
    "queue/acwSettings/wrapupPrompt",
    (value) => (value === "MANDATORY_TIMEOUT" ? "MANDATORY_FORCED_TIMEOUT" : "MANDATORY_TIMEOUT"),
  ],
  ["ivr/dnis/*", (value) => textOf(value).replace(/\d\d$/, "89")],
  ["outbound-route/classificationTypes/*", (value) => (value === "Extension" ? "Network" : "Extension")],
  ["queue/agentOwnedRouting/maxOwnedCallbackHours", (value) => Number(value) - 1],
  ["site/edgeAutoUpdateConfig/start", (value) => textOf(value).replace(/T\d\d/, "T00")],
  ["wrap-up-code/division", (value, home) => (isObj(value) && value["id"] === "*" ? { id: home } : { id: "*" })],
  ["wrap-up-code/division/id", (value, home) => (value === "*" ? home : "*")],
]);
