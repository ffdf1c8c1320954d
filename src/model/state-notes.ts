import type { OperationalState } from "./report.ts";

/** That the standby is out of service, in words: by a switch that is off, or by one that has to be off and is on. */
export function offText({ standby }: Pick<OperationalState, "standby">): string {
  return `${standby === true ? "switched on" : "off"} in the standby`;
}

/** What operational state that is told means: whether the standby is out of service, and whether `lockstep.yaml` wants it so. */
export function stateNotes(state: OperationalState): readonly string[] {
  return [...(state.off ? [offText(state)] : []), ...(state.configured === true ? ["as lockstep.yaml says"] : [])];
}
