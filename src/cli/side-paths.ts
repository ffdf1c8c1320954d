import type { SidePaths } from "../app/index.ts";
import { KINDS } from "../kinds/index.ts";
import type { Narrowing } from "../model/narrowing.ts";
import { checkedNarrowing } from "../pairing/narrowing.ts";
import { fromCwd, type Context } from "./context.ts";

/** Options that say what of the organisations is read. */
interface Selected {
  readonly only: readonly string[];
  readonly kind: readonly string[];
}

/** What the options narrow a command to. @throws LockstepError `unknown-kind`, `nothing-selected` */
export function narrowingOf({ only, kind: kinds }: Selected): Narrowing | undefined {
  return checkedNarrowing({ only, kinds }, KINDS);
}

/** Where the options say that both sides are read from, and what of them. @throws as {@link narrowingOf} */
export function sidePathsOf(
  context: Context,
  { from, to, fresh, ...selected }: Selected & Pick<SidePaths, "from" | "to" | "fresh">,
): SidePaths {
  const narrowing = narrowingOf(selected);
  return { from: fromCwd(context, from), to: fromCwd(context, to), fresh, narrowing };
}
