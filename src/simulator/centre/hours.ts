import { divisionAt, post } from "./foundations.ts";
import type { Plan } from "./plan.ts";
import { cycle } from "./random.ts";
import type { SeedObject, SeedStep } from "./types.ts";
import { to } from "./types.ts";

/** Start, end and recurrence; local times without a zone (genesys-api §4.3). No rule means once. */
type Times = readonly [start: string, end: string, rrule?: string];

const weekly = "FREQ=WEEKLY;INTERVAL=1;BYDAY=";

const recurring: readonly Times[] = [
  ["2025-01-06T08:00:00.000", "2025-01-06T18:00:00.000", `${weekly}MO,TU,WE,TH,FR`],
  ["2025-01-11T09:00:00.000", "2025-01-11T12:30:00.000", `${weekly}SA`],
  ["2025-01-06T18:00:00.000", "2025-01-06T22:00:00.000", `${weekly}MO,TU,WE,TH`],
  ["2025-01-12T10:00:00.000", "2025-01-12T16:00:00.000", `${weekly}SU`],
  ["2025-01-06T00:00:00.000", "2025-01-07T00:00:00.000", "FREQ=DAILY;INTERVAL=1"],
];

const days = ["01-01", "05-05", "08-25", "07-14", "09-19", "12-25", "11-11"];

function timesAt(index: number): Times {
  const position = index % 14;
  if (position < 5) return cycle(recurring, position);
  if (position < 12) {
    const day = `2025-${cycle(days, position - 5)}`;
    const once: Times = [`${day}T00:00:00.000`, `${day}T23:59:59.000`];
    return position % 2 === 0 ? [once[0], once[1], "FREQ=YEARLY;INTERVAL=1"] : once;
  }
  return ["2025-01-06T22:00:00.000", "2025-01-07T06:00:00.000", "FREQ=DAILY;INTERVAL=1"];
}

/** Opening hours, holidays and closures; the first one has every writable property. */
export const scheduleSteps = (plan: Plan): readonly SeedStep[] =>
  plan.schedules.map((name, index) => {
    const [start, end, rrule] = timesAt(index);
    return post("schedule", name, "/api/v2/architect/schedules", {
      name,
      division: divisionAt(plan, index % 2),
      ...(index % 3 === 0 ? { description: `${name}, as printed on the web site` } : {}),
      start,
      end,
      ...(rrule === undefined ? {} : { rrule }),
    });
  });

const zones = ["Europe/London", "America/Toronto", "Europe/Vienna"];

/** Which schedules a group has open, closed and as holidays. */
function members(plan: Plan, index: number): SeedObject {
  const at = (position: number): SeedObject => to("schedule", cycle(plan.schedules, position));
  const round = Math.floor(index / 5) * 14;
  return {
    openSchedules: [at(round + (index % 5)), at(round + ((index + 1) % 5))],
    closedSchedules: [at(round + 12), at(round + 13)],
    holidaySchedules: [0, 1, 2, 3, 4].map((day) => at(round + 5 + day)),
  };
}

/** Groups of schedules with their time zone. */
export const scheduleGroupSteps = (plan: Plan): readonly SeedStep[] =>
  plan.scheduleGroups.map((name, index) =>
    post("schedule-group", name, "/api/v2/architect/schedulegroups", {
      name,
      division: divisionAt(plan, index),
      ...(index % 2 === 0 ? { description: `${name} of ${plan.company}` } : {}),
      timeZone: cycle(zones, index),
      ...members(plan, index),
    }),
  );
