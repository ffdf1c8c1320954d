import { againstFloor, totalOf } from "./requests.ts";
import type { Simulated } from "./simulated.ts";
import { rounded, type Figure } from "./table.ts";
import type { Workspace } from "./workspace.ts";

const SIDES = ["primary", "standby"] as const;

/** A live `diff` and the `plan` after it, in a folder where nothing has been read before. */
export async function compareLive(simulated: Simulated, workspace: Workspace): Promise<Figure[]> {
  const first = await sentBy(simulated, "full", () => workspace.lockstep(["diff", "--format", "json"], [0, 2]));
  const second = await sentBy(simulated, "unchanged", () => workspace.lockstep(["plan", "-o", "live.json"], [0, 2]));
  return [...figuresOf("diff", first), ...figuresOf("plan after it", second)];
}

interface Sent {
  readonly sent: number;
  readonly floor: number;
}

/** Requests to both organisations while a command runs, and the fewest possible. */
async function sentBy(simulated: Simulated, which: "full" | "unchanged", work: () => Promise<unknown>): Promise<Sent> {
  const states = await Promise.all(SIDES.map((side) => simulated.state(side)));
  const mark = await simulated.mark();
  await work();
  const totals = await Promise.all(
    SIDES.map(async (side, index) =>
      totalOf(againstFloor(states[index] ?? {}, await simulated.log(side, mark), which)),
    ),
  );
  return totals.reduce((sum, { sent, floor }) => ({ sent: sum.sent + sent, floor: sum.floor + floor }));
}

function figuresOf(what: string, { sent, floor }: Sent): Figure[] {
  return [
    { what: `${what}: requests`, value: `${sent}` },
    { what: `${what}: floor`, value: `${floor}` },
    { what: `${what}: requests / floor`, value: rounded(sent / floor), goal: "1.00", met: sent <= floor },
  ];
}
