import type { SeedObject } from "../types.ts";
import { collectInput, decision, disconnect, endTask, updateData } from "./actions.ts";
import { callData } from "./calls-out.ts";
import { actionLike, anyQueue, head } from "./context.ts";
import type { FlowContext } from "./context.ts";
import { callDefaults, languages, menuDefaults, pathTo, promptSettings } from "./frame.ts";
import { milestoneNames, outcomeNames } from "../marks.ts";
import { changeState, state, task } from "./menus.ts";
import { exp, lit, named, tts, unset, variable } from "./values.ts";

/** A module that other flows call to find out who is calling. */
export function commonModule(context: FlowContext): SeedObject {
  const lookup = callData(actionLike(context, "Get Customer by Phone"), {
    input: "Common.phoneNumber",
    output: "Common.customerId",
    success: [updateData(["boolean", "Common.success", lit(true)])],
    failure: [updateData(["boolean", "Common.success", lit(false)])],
  });
  return {
    commonModule: {
      name: context.flow.name,
      description: "Finds the customer for a phone number",
      division: context.flow.division,
      supportedLanguages: languages(["en-us"], false)["supportedLanguages"] ?? {},
      variables: [
        variable("string", "Common.customerId", { output: true }),
        variable("string", "Common.phoneNumber", { input: true }),
        variable("boolean", "Common.success", { initial: lit(false), output: true }),
      ],
      settingsCommonModule: {
        compatibleFlowTypes: ["inboundcall", "inboundshortmessage", "workflow"].map((flowType) => ({ flowType })),
      },
      settingsActionDefaults: { callData: { processingPrompt: unset }, callDataSecure: { processingPrompt: unset } },
      ...promptSettings,
      startUpTaskActions: [lookup, endTask()],
    },
  };
}

/** Takes card details where nobody and no recording can hear them. The type's YAML is little documented: kept plain. */
export function secureCall(context: FlowContext): SeedObject {
  const start = context.refId("Take Card");
  return {
    secureCall: {
      ...head(context, "Card payments", true, pathTo("secureCall", "task", start)),
      initialGreeting: tts("You are in our secure payment area."),
      ...callDefaults,
      ...menuDefaults,
      tasks: [
        task(
          "Take Card",
          start,
          [
            collectInput("Task.card", 16, "Please enter your card number.", [
              callData(actionLike(context, "Take Payment"), { input: "Task.card", output: "Task.receipt" }),
            ]),
            disconnect(),
          ],
          [variable("string", "Task.card"), variable("string", "Task.receipt")],
        ),
      ],
    },
  };
}

/** Background work: looks a conversation up, creates a callback, ends. */
export function workflow(context: FlowContext): SeedObject {
  const start = context.refId("Initial State");
  const act = context.refId("Act");
  return {
    workflow: {
      ...head(context, "Started by a trigger", false, pathTo("workflow", "state", start)),
      variables: [
        variable("string", "Flow.conversationId", { input: true }),
        variable("string", "Flow.phoneNumber", { input: true }),
      ],
      settingsErrorHandling: { errorHandling: { endWorkflow: { none: true } } },
      states: [
        state(
          "Initial State",
          start,
          [
            { initializeFlowOutcome: { name: "Initialize Flow Outcome", flowOutcome: named(outcomeNames.reported) } },
            updateData(
              ["queue", "State.queue", { lit: { name: anyQueue(context, context.index) } }],
              ["integer", "State.tries", exp("State.tries + 1")],
            ),
            decision(
              "Number known?",
              "IsSet(Flow.phoneNumber)",
              [changeState("Act", "workflow", act)],
              [{ endWorkflow: { name: "End Workflow", exitReason: lit("NoNumber") } }],
            ),
          ],
          [variable("queue", "State.queue"), variable("integer", "State.tries", { initial: lit(0) })],
        ),
        state("Act", act, [
          { addFlowMilestone: { name: "Add Milestone", milestone: named(milestoneNames.reported) } },
          callData(actionLike(context, "Create Callback"), { input: "Flow.phoneNumber", voice: false }),
          callData(actionLike(context, "Log Survey Answer"), { input: "Flow.conversationId", voice: false }),
          {
            setFlowOutcome: {
              name: "Set Flow Outcome",
              flowOutcome: named(outcomeNames.reported),
              flowOutcomeValue: lit("success"),
            },
          },
          { endWorkflow: { name: "End Workflow", exitReason: lit("Done") } },
        ]),
      ],
    },
  };
}
