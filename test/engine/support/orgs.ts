import { program } from "../../../src/stacks/program.ts";
import type { Workspace } from "../../scenarios/support/workspace.ts";
import { works } from "../../scenarios/support/refused.ts";
import { inlineStack, type EnginePlace, type EngineStack } from "./engine.ts";

/** What a stack of an organisation is set to, besides its role and its files. */
export interface OrgStackOptions {
  readonly role: "primary" | "standby";
  /** Name of the stack; the role when it is not given. */
  readonly name?: string;
  readonly config?: { readonly [key: string]: string };
}

/** Directory of a workspace that the primary's snapshot is in. */
const SNAPSHOT = "snapshot";

/** The stack of an organisation, with the `lockstep.yaml` and the credentials of a workspace. */
export async function orgStack(
  place: EnginePlace,
  workspace: Workspace,
  { role, name = role, config }: OrgStackOptions,
): Promise<EngineStack> {
  const files = { "lockstep:config": workspace.path("lockstep.yaml"), "lockstep:snapshot": workspace.path(SNAPSHOT) };
  return inlineStack(place, {
    name,
    program,
    config: { "lockstep:role": role, ...files, ...config },
    env: workspace.env,
  });
}

/** Reads the primary into the workspace, as a stack expects it. */
export async function takeSnapshot(workspace: Workspace): Promise<void> {
  await works(workspace, 0, "snapshot", "primary", "-o", SNAPSHOT);
}
