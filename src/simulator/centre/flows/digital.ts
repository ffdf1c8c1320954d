import type { SeedObject } from "../types.ts";
import {
  decision,
  disconnect,
  evaluateScheduleGroup,
  findQueue,
  sendResponse,
  setParticipantData,
  switchOn,
  transferToAcd,
} from "./actions.ts";
import { callData, callFlow, dataTableLookup } from "./calls-out.ts";
import { actionLike, anyQueue, flowLike, head, lineQueue, tableLike } from "./context.ts";
import type { FlowContext } from "./context.ts";
import { pathTo } from "./frame.ts";
import { changeState, state } from "./menus.ts";
import { exp, intoVariable, lit, named, namedTwice, none, quoted, unset, variable } from "./values.ts";
import type { FlowAction } from "./values.ts";

const disconnects: SeedObject = { settingsErrorHandling: { errorHandling: { disconnect: none } } };

function conversation(context: FlowContext, endRef: string): readonly FlowAction[] {
  const { plan } = context;
  return [
    evaluateScheduleGroup(
      {
        schedule: namedTwice(plan.scheduleGroups[context.index % plan.scheduleGroups.length] ?? ""),
        emergency: exp(`FindEmergencyGroup(${quoted(plan.emergencyGroups[0] ?? "")})`),
      },
      {
        open: [],
        closed: [
          sendResponse("We answer again tomorrow morning."),
          changeState("Goodbye", "inboundShortMessage", endRef),
        ],
        holiday: [],
        emergency: [sendResponse("We are dealing with an incident."), disconnect()],
      },
    ),
    callFlow(
      "bot",
      flowLike(context, "bot"),
      { "Slot.PolicyNumber": unset },
      { "Slot.PolicyNumber": intoVariable("State.policy"), "Slot.Topic": intoVariable("State.topic") },
    ),
    switchOn(
      "Topic",
      [
        [
          `State.topic == ${quoted("claim")}`,
          [transferToAcd(lineQueue(context, 0), { voice: false, skills: plan.skills.slice(2, 4) })],
        ],
        [
          `State.topic == ${quoted("order")}`,
          [
            callData(actionLike(context, "Get Order (Retail)"), {
              input: "State.policy",
              output: "State.orderState",
              voice: false,
            }),
            sendResponse("Your order is on its way."),
          ],
        ],
      ],
      [transferToAcd("Priority Service Desk", { voice: false }), changeState("Goodbye", "inboundShortMessage", endRef)],
    ),
  ];
}

/** Web and mobile messaging: schedule, bot, order look-up, transfer. */
export function inboundMessage(context: FlowContext): SeedObject {
  const start = context.refId("Initial State");
  const goodbye = context.refId("Goodbye");
  return {
    inboundShortMessage: {
      ...head(context, "Messages from web and apps", false, pathTo("inboundShortMessage", "state", start)),
      ...disconnects,
      states: [
        state(
          "Initial State",
          start,
          conversation(context, goodbye),
          ["State.orderState", "State.policy", "State.topic"].map((name) => variable("string", name)),
        ),
        state("Goodbye", goodbye, [sendResponse("Good bye."), disconnect()]),
      ],
    },
  };
}

const autoReply = (): FlowAction => ({
  sendAutoReply: {
    name: "Send Auto Reply",
    from: unset,
    replyTo: unset,
    subject: lit("We have received your e-mail"),
    body: exp(`Append(${quoted("Dear ")}, Email.Message.from, ${quoted(", we will answer soon.")})`),
  },
});

/** E-mails: a reply at once, then to a queue that a table names. */
export function inboundEmail(context: FlowContext): SeedObject {
  const start = context.refId("Initial State");
  const lookup = dataTableLookup(
    tableLike(context, "Routing by Line"),
    `Lower(Email.Message.subject)`,
    "State.queueName",
    [findQueue(lineQueue(context, 0), "State.queue", [])],
    [transferToAcd(anyQueue(context, 1), { voice: false })],
  );
  return {
    inboundEmail: {
      ...head(context, "E-mails to the service address", false, pathTo("inboundEmail", "state", start)),
      settingsInboundEmailHandling: { emailHandling: { disconnect: none } },
      ...disconnects,
      states: [
        state(
          "Initial State",
          start,
          [autoReply(), lookup, disconnect()],
          [variable("queue", "State.queue"), variable("string", "State.queueName")],
        ),
      ],
    },
  };
}

/** The old web chat. */
export function inboundChat(context: FlowContext): SeedObject {
  const start = context.refId("Initial State");
  return {
    inboundChat: {
      ...head(context, "Chats from the old web site", false, pathTo("inboundChat", "state", start)),
      variables: [variable("queue", "Flow.queue", { initial: named(lineQueue(context, 0)) })],
      settingsErrorHandling: { errorHandling: { queue: { targetQueue: named(anyQueue(context, 0)) } } },
      states: [
        state("Initial State", start, [
          setParticipantData({ channel: lit("chat") }),
          transferToAcd(lineQueue(context, 0), { voice: false }),
          disconnect(),
        ]),
      ],
    },
  };
}

/** Asks for a survey by text message after a call. */
export function surveyInvite(context: FlowContext): SeedObject {
  const start = context.refId("Invite");
  return {
    surveyInvite: {
      name: context.flow.name,
      division: context.flow.division,
      startUpRef: pathTo("surveyInvite", "state", start),
      states: [
        state("Invite", start, [
          decision(
            "Has a mobile?",
            "!IsNotSetOrEmpty(Survey.CustomerContact)",
            [callData(actionLike(context, "Send Text Message"), { input: "Survey.Url", voice: false })],
            [{ abortSurveyInvite: { name: "Abort Survey", disposition: lit("error") } }],
          ),
        ]),
      ],
    },
  };
}
