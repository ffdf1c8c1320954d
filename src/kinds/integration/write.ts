import type { Steps } from "../../model/api.ts";
import { isObj, textOf, type Json, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { createdId } from "../../model/unclear-write.ts";
import { putConfiguration, readCurrent } from "./configuration.ts";

/** Creates an integration, configures it, and then gives it the state it starts with (genesys-api §4.4). */
export function* createIntegration({ body, wanted }: Change): Steps<string> {
  const name = textOf(wanted["name"]);
  const integrationType = { id: textOf(wanted["integrationType"]) };
  const id = yield* createdId({ op: "POST /api/v2/integrations", body: { name, integrationType } });
  const { version } = yield* readCurrent(id);
  yield* putConfiguration(id, name, configurationOf(body), version ?? 1);
  yield* setState(id, body["intendedState"]);
  return id;
}

/** Writes what differs: the configuration, which holds the name too, or the state where it is set in the configuration. */
export function* updateIntegration({ id, body, wanted, entity, touched }: Change): Steps<string> {
  if (touched.has("name") || touched.has("configuration")) {
    const current = isObj(entity?.["configuration"]) ? entity["configuration"] : {};
    yield* putConfiguration(id, textOf(wanted["name"]), configurationOf(body), current["version"] ?? 1);
  }
  if (touched.has("intendedState")) yield* setState(id, body["intendedState"]);
  return id;
}

function configurationOf(body: Obj): Obj {
  return isObj(body["configuration"]) ? body["configuration"] : {};
}

function* setState(id: string, intendedState: Json | undefined): Steps<void> {
  if (intendedState === undefined) return;
  yield { op: "PATCH /api/v2/integrations/{id}", path: { id }, body: { intendedState } };
}
