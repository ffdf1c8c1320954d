import { divisionAt, inDivision, post } from "./foundations.ts";
import type { Plan } from "./plan.ts";
import { flowOf, fullQueue, groupRouting, lateQueueProperties, ordinaryMedia } from "./queue-settings.ts";
import { cycle, randomFor } from "./random.ts";
import type { Random } from "./random.ts";
import type { SeedObject, SeedStep } from "./types.ts";
import { hasReference, ref } from "./types.ts";

const wrapUpPrompts = [
  "OPTIONAL",
  "MANDATORY",
  "MANDATORY_TIMEOUT",
  "MANDATORY_FORCED_TIMEOUT",
  "AGENT_REQUESTED",
] as const;

function acw(index: number): SeedObject {
  const wrapupPrompt = cycle(wrapUpPrompts, index);
  return { wrapupPrompt, ...(index % 5 > 1 ? { timeoutMs: 15000 + (index % 4) * 5000 } : {}) };
}

/** Every queue but the fully set one; what it has varies with its position. */
function ordinaryQueue(plan: Plan, index: number): SeedObject {
  return {
    description: index % 4 === 0 ? `Team ${cycle(plan.queues, index)}` : "",
    mediaSettings: ordinaryMedia(index),
    acwSettings: acw(index),
    skillEvaluationMethod: cycle(["ALL", "BEST", "NONE"], index),
    scoringMethod: "TimestampAndPriority",
    lastAgentRoutingMode: cycle(["AnyAgent", "Disabled", "QueueMembersOnly"], index),
    enableTranscription: index % 2 === 0,
    enableManualAssignment: index % 3 === 0,
    enableAudioMonitoring: false,
    suppressInQueueCallRecording: index % 6 === 0,
    ...(index % 3 !== 2 ? { queueFlow: flowOf(plan, "inqueuecall", index) } : {}),
    ...(index % 7 === 1 ? { emailInQueueFlow: flowOf(plan, "inqueueemail") } : {}),
    ...(index % 8 === 3 ? { conditionalGroupRouting: groupRouting(plan, cycle(plan.queues, index + 1)) } : {}),
    ...(index % 9 === 4 ? { callingPartyNumber: "+18005550101", callingPartyName: "Claims" } : {}),
    ...(index % 5 === 2
      ? {
          bullseye: {
            rings: [15, 30].map((threshold) => ({
              expansionCriteria: [{ type: "TIMEOUT_SECONDS", threshold }],
              actions: { skillsToRemove: [] },
              memberGroups: [],
            })),
          },
        }
      : {}),
  };
}

const lastDivision = (plan: Plan): SeedObject => inDivision(plan, plan.divisions.at(-1) ?? plan.home);

/** The queues: shells first, the properties that close a cycle in a second pass. */
export const queueSteps = (plan: Plan): readonly SeedStep[] =>
  plan.queues.map((name, index) => {
    const settings = index === 0 ? fullQueue(plan, cycle(plan.queues, 1)) : ordinaryQueue(plan, index);
    const division = index === plan.queues.length - 1 ? lastDivision(plan) : divisionAt(plan, index);
    return {
      ...post("queue", name, "/api/v2/routing/queues", { name, division, ...settings }),
      late: lateQueueProperties.filter((property) => hasReference(settings[property])),
    };
  });

/** Some codes for each queue; the last code is left to the last queue. */
const codesOf = ({ wrapUpCodes, queues }: Plan, index: number, random: Random): readonly string[] => [
  ...random.some(wrapUpCodes.slice(0, -1), 3 + random.int(6)),
  ...(index === queues.length - 1 ? wrapUpCodes.slice(-1) : []),
];

/** Members by e-mail and wrap-up codes by name, one request each per queue. */
export function queuePartSteps(plan: Plan): readonly SeedStep[] {
  return plan.queues.flatMap((queue, index) => {
    const random = randomFor(plan.seed, `parts of ${queue}`);
    const at = [["queue", queue]] as const;
    const codes = codesOf(plan, index, random);
    const people = random.some(plan.people, 2 + random.int(8));
    return [
      post(
        "queue-wrap-up-codes",
        queue,
        "/api/v2/routing/queues/{0}/wrapupcodes",
        codes.map((code) => ({ id: ref("wrap-up-code", code) })),
        at,
      ),
      ...(index % 11 === 10
        ? []
        : [
            post(
              "queue-members",
              queue,
              "/api/v2/routing/queues/{0}/members",
              people.map(({ email }) => ({ id: ref("user", email) })),
              at,
            ),
          ]),
    ];
  });
}
