import type { Plan } from "../plan.ts";
import type { SeedObject } from "../types.ts";
import {
  collectInput,
  decision,
  disconnect,
  evaluateScheduleGroup,
  getSipHeaders,
  playAudio,
  say,
  setParticipantData,
  switchOn,
  transferToAcd,
  transferToFlow,
  updateData,
} from "./actions.ts";
import { callData, callFlow } from "./calls-out.ts";
import { actionLike, anyQueue, flowLike, head, lineQueue } from "./context.ts";
import type { FlowContext } from "./context.ts";
import { callDefaults, menuDefaults, pathTo } from "./frame.ts";
import { callTask, jumpToMenu, menu, task } from "./menus.ts";
import type { Choice } from "./menus.ts";
import { exp, intoVariable, lit, namedTwice, promptAudio, quoted, tts, variable } from "./values.ts";
import type { FlowAction } from "./values.ts";

const headers = ["X-Caller-Tier", "X-Campaign", "Diversion", "P-Asserted-Identity"];

function identify(context: FlowContext): readonly FlowAction[] {
  const tier = `ToString(GetJsonObjectProperty(Task.headers, ${quoted("X-Caller-Tier")}))`;
  return [
    getSipHeaders(headers, "Task.headers"),
    updateData(
      ["string", "Flow.tier", exp(`If(\n  IsNotSetOrEmpty(Task.headers),\n  ${quoted("standard")},\n  ${tier}\n)`)],
      ["integer", "Flow.attempts", exp("Flow.attempts + 1")],
    ),
    callFlow(
      "commonmodule",
      flowLike(context, "commonmodule"),
      { "Common.phoneNumber": exp("ToString(Call.Ani)") },
      { "Common.customerId": intoVariable("Flow.customerId"), "Common.success": intoVariable("Task.known") },
    ),
    decision("Known customer?", "Task.known", [
      callData(actionLike(context, "Get Open Claims"), { input: "Flow.customerId", output: "Flow.openClaim" }),
      setParticipantData({ customerId: exp("Flow.customerId"), tier: exp("Flow.tier"), entry: lit("main") }),
    ]),
  ];
}

function opening(context: FlowContext, menuRef: string, identifyRef: string): readonly FlowAction[] {
  const { plan } = context;
  return [
    callTask("Identify Caller", identifyRef),
    evaluateScheduleGroup(
      { schedule: namedTwice(plan.scheduleGroups[0] ?? ""), emergency: namedTwice(plan.emergencyGroups[0] ?? "") },
      {
        open: [playAudio(promptAudio(plan.prompts[1] ?? "Recording_Notice")), jumpToMenu(menuRef)],
        closed: [transferToFlow(flowLike(context, "inboundcall-closed"))],
        holiday: [transferToFlow(flowLike(context, "inboundcall-holiday"))],
        emergency: [transferToFlow(flowLike(context, "inboundcall-emergency")), disconnect()],
      },
    ),
  ];
}

function choices(context: FlowContext, payRef: string): readonly Choice[] {
  const lines = context.plan.flows.filter(({ recipe }) => recipe === "inboundcall-line").slice(0, 4);
  return [
    ...lines.map(({ name, line }, index) => ({
      name: line,
      digit: index + 1,
      terms: [line, `${line} insurance`],
      actions: [transferToFlow(name)],
    })),
    { name: "Pay a bill", digit: 6, terms: ["Pay", "Payment"], actions: [callTask("Take Payment", payRef)] },
    { name: "Complaints", digit: 7, terms: ["Complaint", "Réclamation"], queue: anyQueue(context, 2) },
    { name: "Goodbye", digit: 9, terms: ["Goodbye"] },
  ];
}

function payment(context: FlowContext): readonly FlowAction[] {
  return [
    collectInput("Task.policy", 8, "Please enter your eight digit policy number.", [
      callData(actionLike(context, "Get Payment Status"), { input: "Task.policy", output: "Task.balance" }),
    ]),
    switchOn(
      "Where to pay",
      [
        ["ToDecimal(Task.balance) > 0.0", [transferToFlow(flowLike(context, "securecall"), true)]],
        [
          `Lower(Flow.tier) == ${quoted("gold")}`,
          [
            transferToAcd("Priority Service Desk", {
              priority: 10,
              skills: context.plan.skills.slice(0, 2),
              inQueueFlow: flowLike(context, "inqueuecall"),
            }),
          ],
        ],
      ],
      [transferToAcd(lineQueue(context, 1), { language: context.plan.languages[0] ?? "English" })],
    ),
    say("Thank you for calling."),
    disconnect(),
  ];
}

/** What callers hear first; the standby says that it is the standby. */
export const mainGreeting = ({ company, side }: Pick<Plan, "company" | "side">): string =>
  side === "primary" ? `Welcome to ${company}.` : `Welcome to ${company}. Some services are limited today.`;

/** The front door: reads SIP headers, identifies the caller, asks schedules, offers lines, payment and complaints. */
export function mainIvr(context: FlowContext): SeedObject {
  const menuRef = context.refId("Main Menu");
  const startRef = context.refId("Open or Closed");
  const identifyRef = context.refId("Identify Caller");
  const payRef = context.refId("Take Payment");
  return {
    inboundCall: {
      ...head(context, "Front door of all published numbers", true, pathTo("inboundCall", "task", startRef)),
      initialGreeting: tts(mainGreeting(context.plan)),
      variables: [
        variable("integer", "Flow.attempts", { initial: lit(0) }),
        variable("string", "Flow.customerId"),
        variable("string", "Flow.openClaim"),
        variable("string", "Flow.tier", { initial: lit("standard") }),
      ],
      ...callDefaults,
      ...menuDefaults,
      menus: [
        menu(
          "Main Menu",
          menuRef,
          exp(
            `AudioPlaybackOptions(Append(ToAudio(Prompt.${context.plan.prompts[0] ?? "Welcome"}), ToAudioTTS(${quoted("Please choose one of the following.")})), true)`,
          ),
          choices(context, payRef),
        ),
      ],
      tasks: [
        task("Open or Closed", startRef, opening(context, menuRef, identifyRef)),
        task("Identify Caller", identifyRef, identify(context), [
          variable("json", "Task.headers"),
          variable("boolean", "Task.known"),
        ]),
        task("Take Payment", payRef, payment(context), [
          variable("string", "Task.balance"),
          variable("string", "Task.policy"),
        ]),
      ],
    },
  };
}
