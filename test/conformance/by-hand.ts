import { isObj, textOf, type Json } from "../../src/model/json.ts";

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

/** New values that have to be given, because not every other one is valid here. */
export const GIVEN: ReadonlyMap<string, (value: Json, home: string) => Json> = new Map<
  string,
  (value: Json, home: string) => Json
>([
  ["integration/intendedState", (value) => (value === "ENABLED" ? "DISABLED" : "ENABLED")],
  ["ivr/dnis/*", (value) => textOf(value).replace(/\d\d$/, "89")],
  ["outbound-route/classificationTypes/*", (value) => (value === "Extension" ? "Network" : "Extension")],
  ["queue/agentOwnedRouting/maxOwnedCallbackHours", (value) => Number(value) - 1],
  ["site/edgeAutoUpdateConfig/start", (value) => textOf(value).replace(/T\d\d/, "T00")],
  ["wrap-up-code/division", (value, home) => (isObj(value) && value["id"] === "*" ? { id: home } : { id: "*" })],
  ["wrap-up-code/division/id", (value, home) => (value === "*" ? home : "*")],
]);
