import type { SeedObject } from "../types.ts";
import {
  collectInput,
  decision,
  endState,
  endTask,
  playAudio,
  say,
  sendResponse,
  setParticipantData,
  updateData,
} from "./actions.ts";
import { callData } from "./calls-out.ts";
import { actionLike, anyQueue, head, lineQueue } from "./context.ts";
import type { FlowContext } from "./context.ts";
import { callDefaults, promptSettings } from "./frame.ts";
import { exp, lit, named, none, promptAudio, quoted, unset, variable } from "./values.ts";
import type { FlowAction } from "./values.ts";

const holdMusic = (): FlowAction => ({
  holdMusic: {
    name: "Hold Music",
    prompt: exp("Flow.HoldPrompt"),
    bargeInEnabled: lit(false),
    playStyle: { entirePrompt: true },
  },
});

const createCallback = (queue: string, script: string): FlowAction => ({
  createCallback: {
    name: "Create Callback",
    callbackNumber: exp("ToPhoneNumber(Call.Ani)"),
    calleeName: unset,
    queue: named(queue),
    callbackScript: { [script]: none },
    failureOutputs: { errorType: unset, errorMessage: unset },
    outputs: { success: { actions: [] }, failure: { actions: [] } },
  },
});

function offer(context: FlowContext): readonly FlowAction[] {
  const waiting = actionLike(context, "Get Waiting Calls");
  return [
    updateData([
      "integer",
      "Task.minutes",
      exp("If(IsSet(Call.EstimatedWaitTime), ToInt(Call.EstimatedWaitTime.totalSeconds / 60), 5)"),
    ]),
    decision(
      "Long wait?",
      "Task.minutes > 5",
      [
        collectInput("Task.choice", 1, "Press 1 and we call you back.", [
          decision("Callback?", `Task.choice == ${quoted("1")}`, [
            createCallback(lineQueue(context, 0), `${context.flow.line} Desktop`),
            playAudio(promptAudio(context.plan.prompts[4] ?? "Callback_Offer")),
            { disconnect: { name: "Disconnect" } },
          ]),
        ]),
      ],
      [callData(waiting, { input: "Call.CurrentQueue.id", output: "Task.waiting" })],
    ),
  ];
}

/** What callers hear while they wait: announcements, position, an offer to be called back, and music. */
export const inQueueCall = (context: FlowContext): SeedObject => ({
  inqueueCall: {
    ...head(context, `Waiting calls, ${context.flow.line}`, true),
    variables: [variable("string", "Flow.lastMessage", { initial: lit("") })],
    settingsInQueueCall: {
      holdMusic: named(
        context.index % 2 === 0 ? "PromptSystem.on_hold_music" : `Prompt.${context.plan.prompts[6] ?? "Hold_Music"}`,
      ),
    },
    ...callDefaults,
    ...promptSettings,
    startUpTaskVariables: [
      variable("string", "Task.choice"),
      variable("integer", "Task.minutes"),
      variable("string", "Task.waiting"),
    ],
    startUpTaskActions: [
      playAudio(promptAudio(context.plan.prompts[2] ?? "Please_Hold")),
      ...(context.index % 2 === 0 ? offer(context) : [say("You are number one in the line.")]),
      setParticipantData({ overflow: lit(anyQueue(context, context.index + 3)) }),
      holdMusic(),
      endTask(),
    ],
  },
});

const quietState = (context: FlowContext, name: string, text: string): SeedObject => ({
  name,
  refId: context.refId(name),
  actions: [sendResponse(text), endState()],
});

/** What writers get while they wait, for e-mail and messages. */
export const inQueueDigital = (context: FlowContext, root: "inqueueEmail" | "inqueueShortMessage"): SeedObject => ({
  [root]: {
    ...head(context, "Waiting writers", false),
    settingsErrorHandling: { errorHandling: { endInQueueState: none } },
    startUpState:
      root === "inqueueEmail"
        ? { name: "Initial State", refId: context.refId("Initial State"), actions: [endState()] }
        : quietState(context, "Initial State", "Thanks for your patience."),
    periodicState: { name: "Recurring State", refId: context.refId("Recurring State"), actions: [endState()] },
  },
});
