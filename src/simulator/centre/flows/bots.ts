import type { SeedObject } from "../types.ts";
import { transferToAcd } from "./actions.ts";
import { head, lineQueue } from "./context.ts";
import type { FlowContext } from "./context.ts";
import { pathTo, promptSettings } from "./frame.ts";
import { exp, lit, none, quoted, seconds, unset, variable } from "./values.ts";
import type { FlowAction } from "./values.ts";

type Talk = "MakeCommunication" | "ToCommunication";

const speak = (talk: Talk, text: string): SeedObject => exp(`${talk}(\n  ${quoted(text)})`);

function errorHandling(talk: Talk): SeedObject {
  return {
    settingsErrorHandling: {
      errorHandling: { exit: none },
      enableAgentEscalation: lit(true),
      errorEventHandover: speak(talk, "Something went wrong. A colleague will help you."),
      agentEscalationConfirmation: speak(talk, "Would you like to speak to a colleague?"),
      agentEscalationHandover: speak(talk, "One moment, please."),
      recognitionFailureEventHandover: speak(talk, "I did not get that. A colleague will help you."),
      recognitionFailureEventHandling: { exit: none },
      ...(talk === "ToCommunication" ? { agentEscalationHandling: { exit: none } } : {}),
    },
  };
}

const userInput = (talk: Talk): SeedObject => ({
  settingsUserInput: {
    noMatchesMax: lit(3),
    noInputsMax: lit(3),
    noInputsTimeout: talk === "MakeCommunication" ? seconds(7) : lit({ minutes: 1 }),
    confirmationRejectionsMax: lit(3),
    collectionLowConfidenceThreshold: lit(20),
    collectionHighConfidenceThreshold: lit(70),
    confirmationLowConfidenceThreshold: lit(40),
    noMatchApology: speak(talk, "Sorry."),
    noInputApology: speak(talk, "Are you still there?"),
    noToConfirmationApology: speak(talk, "My mistake."),
    confirmationNoMatchApology: speak(talk, "Please say yes or no."),
    confirmationNoInputApology: speak(talk, "Please say yes or no."),
  },
  settingsKnowledge: none,
});

const topics = ["claim", "order", "no", "renewal"] as const;

const answer = (talk: Talk, text: string): FlowAction => ({
  communicate: { name: "Communicate", communication: speak(talk, text) },
});

const askForSlot = (): FlowAction => ({
  askForSlot: {
    name: "Ask for policy number",
    slot: { name: "PolicyNumber" },
    question: speak("MakeCommunication", "What is your policy number?"),
    customValidation: unset,
    confirmationMode: lit("never"),
    noInput: speak("MakeCommunication", "Please say or type the number."),
    noMatch: speak("MakeCommunication", "It has eight digits."),
    voiceEndOfInputTimeout: unset,
    outputs: { maxNoInputs: { enabled: false } },
  },
});

/** A bot with intents; the flow that calls it reads its slots. */
export function bot(context: FlowContext): SeedObject {
  const start = context.refId(context.flow.name);
  const intents = topics.map((name, index) => ({
    intent: {
      name,
      actions: [
        answer("MakeCommunication", `Let us look at your ${name}.`),
        ...(index % 2 === 0 ? [askForSlot()] : []),
      ],
      enabled: true,
    },
  }));
  return {
    botFlow: {
      ...head(context, "Answers the easy questions", false, pathTo("botFlow", "bot", start)),
      variables: ["Slot.PolicyNumber", "Slot.Topic"].map((name) =>
        variable("string", name, { input: true, output: true }),
      ),
      settingsActionDefaults: Object.fromEntries(
        ["askForIntent", "askForBoolean", "askForSlot", "loopAnythingElse"].map((name) => [
          name,
          { voiceEndOfInputTimeout: seconds(1) },
        ]),
      ),
      ...errorHandling("MakeCommunication"),
      ...promptSettings,
      settingsBotFlow: {
        intentSettings: topics.map((name) => ({
          intent: { confirmation: speak("MakeCommunication", `Is it about your ${name}?`), name },
        })),
      },
      ...userInput("MakeCommunication"),
      bots: [
        {
          bot: {
            name: context.flow.name,
            refId: start,
            actions: [
              {
                askForIntent: {
                  name: "Ask for Intent",
                  question: speak("MakeCommunication", "How can we help?"),
                  noInput: speak("MakeCommunication", "A few words are enough."),
                  noMatch: speak("MakeCommunication", "Please say that in other words."),
                  voiceEndOfInputTimeout: unset,
                  outputs: {
                    intents,
                    noIntent: { actions: [answer("MakeCommunication", "A colleague will help you.")] },
                  },
                },
              },
              { exitBotFlow: { name: "Exit Bot Flow" } },
            ],
          },
        },
      ],
    },
  };
}

/** A digital bot that offers buttons and hands over to a queue. */
export function digitalBot(context: FlowContext): SeedObject {
  const start = context.refId("Greeting");
  const paths = ["Track an order", "Yes", "No"].map((name, index) => ({
    path: { name, actions: [transferToAcd(lineQueue(context, index), { voice: false })] },
  }));
  return {
    digitalBot: {
      ...head(context, "", false, pathTo("digitalBot", "bot", start)),
      ...errorHandling("ToCommunication"),
      settingsBotFlow: none,
      ...userInput("ToCommunication"),
      bots: [
        {
          bot: {
            name: "Greeting",
            refId: start,
            actions: [
              {
                digitalMenu: {
                  name: "Digital Menu",
                  question: speak("ToCommunication", "What would you like to do?"),
                  noMatch: speak("ToCommunication", "Please choose a button."),
                  selection: unset,
                  outputs: { maxNoInputs: { enabled: false }, maxNoMatches: { enabled: false }, paths },
                },
              },
            ],
          },
        },
      ],
    },
  };
}
