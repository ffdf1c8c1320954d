import { asEntity, ask, bodyInWords, type Shaped } from "../../model/answer.ts";
import type { Answer, Steps } from "../../model/api.ts";
import { isObj, textOf, type Json, type Obj } from "../../model/json.ts";

const ACTION = "/api/v2/integrations/actions/{id}";

type Place = typeof ACTION | `${typeof ACTION}/draft`;

/** The version of a data action: everything about it that can change raises it. */
export function actionVersion(entity: Obj): string | undefined {
  return typeof entity["version"] === "number" ? String(entity["version"]) : undefined;
}

/** What goes in and comes out. Lists leave it out (genesys-api §3); an action that was read alone has it. */
export function* readContract(entity: Obj): Steps<Json> {
  if (entity["contract"] !== undefined) return entity["contract"];
  const id = textOf(entity["id"]);
  const call = { op: `GET ${ACTION}`, path: { id }, query: { expand: "contract" } } as const;
  return (yield* ask(call, (answer) => asEntityWith(answer, id, "contract")))["contract"] ?? {};
}

/** An action with what its query expands: what is missing all the same was not asked for as far as the service is concerned. */
function asEntityWith(answer: Answer, id: string, expanded: string): Shaped<Obj> {
  const shaped = asEntity(answer, id);
  if ("fault" in shaped || (shaped.value[expanded] ?? null) !== null) return shaped;
  return { fault: `an object without ${expanded}, which was asked for` };
}

const REQUEST_TEMPLATE = "/config/request/requestTemplate";

const SUCCESS_TEMPLATE = "/config/response/successTemplate";

/** Where an action holds its templates. */
export const TEMPLATES = [REQUEST_TEMPLATE, SUCCESS_TEMPLATE] as const;

/**
 * The configuration of the list, with the templates of which it holds only the address (genesys-api §4.4).
 * @param known templates that need not be read
 */
export function readConfig(entity: Obj, known?: ReadonlySet<string>): Steps<Obj> {
  return configWithTemplates(entity, ACTION, known);
}

/** The configuration of a draft, in the same form. */
export function readDraftConfig(draft: Obj): Steps<Obj> {
  return configWithTemplates(draft, `${ACTION}/draft`);
}

function* configWithTemplates(entity: Obj, place: Place, known: ReadonlySet<string> = new Set()): Steps<Obj> {
  const config = isObj(entity["config"]) ? entity["config"] : {};
  const request = isObj(config["request"]) ? config["request"] : {};
  const response = isObj(config["response"]) ? config["response"] : {};
  const id = textOf(entity["id"]);
  return {
    ...config,
    request: known.has(REQUEST_TEMPLATE) ? request : yield* withTemplate(place, id, request, "requestTemplate"),
    response: known.has(SUCCESS_TEMPLATE) ? response : yield* withTemplate(place, id, response, "successTemplate"),
  };
}

function* withTemplate(place: Place, id: string, holder: Obj, name: string): Steps<Obj> {
  if (holder[name] !== undefined || textOf(holder[`${name}Uri`]) === "") return holder;
  const fileName = `${name.toLowerCase()}.vm`;
  const call = { op: `GET ${place}/templates/{fileName}`, path: { id, fileName } } as const;
  return { ...holder, [name]: yield* ask(call, asTemplate) };
}

/** A template is a text, which may be empty. */
function asTemplate(answer: Answer): Shaped<string> {
  const template = answer.text ?? answer.body;
  return typeof template === "string" ? { value: template } : { fault: `${bodyInWords(answer)} instead of a template` };
}
