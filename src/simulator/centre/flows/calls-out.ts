import type { SeedObject } from "../types.ts";
import type { ActionPlan, TablePlan } from "../plan.ts";
import { allUnset, exp, intoVariable, none, unset } from "./values.ts";
import type { FlowAction } from "./values.ts";

const actionFailures = allUnset(
  "errorCode",
  "status",
  "correlationId",
  "entityId",
  "entityName",
  "userMessage",
  "userParamsMessage",
  "userParams.key",
  "userParams.value",
  "details.errorCode",
  "details.fieldName",
  "details.entityId",
  "details.entityName",
);

/** Calls a data action by category and name; both are map keys (architect-yaml §4.3). */
export function callData(
  action: ActionPlan,
  options: {
    readonly input: string;
    readonly output?: string;
    readonly voice?: boolean;
    readonly success?: readonly FlowAction[];
    readonly failure?: readonly FlowAction[];
  },
): FlowAction {
  const bound = action.outputs.map((name, index): [string, SeedObject] => [
    name,
    index === 0 && options.output !== undefined ? intoVariable(options.output) : unset,
  ]);
  return {
    callData: {
      name: action.name,
      ...((options.voice ?? true) ? { processingPrompt: unset } : {}),
      timeout: { lit: { minutes: 1 } },
      category: {
        [action.category]: {
          dataAction: {
            [action.name]: {
              inputs: Object.fromEntries(action.inputs.map((name) => [name, exp(options.input)])),
              successOutputs: Object.fromEntries(bound),
              failureOutputs: actionFailures,
            },
          },
        },
      },
      outputs: {
        success: { actions: options.success ?? [] },
        failure: { actions: options.failure ?? [] },
        timeout: { actions: [] },
      },
    },
  };
}

/** Reads one row of a data table; table and columns are map keys. The row's first column goes into a variable. */
export function dataTableLookup(
  table: TablePlan,
  lookup: string,
  result: string,
  found: readonly FlowAction[],
  notFound: readonly FlowAction[],
): FlowAction {
  const columns = table.columns.map(({ name }, index): [string, SeedObject] => [
    name,
    index === 0 ? intoVariable(result) : unset,
  ]);
  return {
    dataTableLookup: {
      name: `Look up ${table.name}`,
      lookupValue: exp(lookup),
      dataTable: {
        [table.name]: {
          foundOutputs: Object.fromEntries(columns),
          failureOutputs: allUnset("errorType", "errorMessage"),
        },
      },
      outputs: { found: { actions: found }, notFound: { actions: notFound }, failure: { actions: [] } },
    },
  };
}

/** Calls a bot flow, digital bot flow or common module by name, always its latest published version (architect-yaml §4.2). */
export const callFlow = (
  kind: "bot" | "digitalbot" | "commonmodule",
  flow: string,
  inputs: SeedObject = none,
  outputs: SeedObject = none,
): FlowAction => {
  const target = { [flow]: { ver_latestPublished: { inputs, outputs } } };
  if (kind === "commonmodule") return { callCommonModule: { name: `Call ${flow}`, commonModule: target } };
  const asked = { name: `Call ${flow}`, inputText: unset, exitReason: unset };
  if (kind === "digitalbot") return { callDigitalBotFlow: { ...asked, digitalBotFlow: target } };
  return { callBotFlow: { ...asked, intent: unset, botFlow: target } };
};
