import * as pulumi from "@pulumi/pulumi";
import { program } from "../../../src/stacks/program.ts";

/** A resource that the program registered. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** The id that it is imported under; empty for a new one. */
  readonly id: string;
}

/** What a run of the program did. */
export interface Run {
  readonly resources: readonly Registered[];
  readonly calls: readonly string[];
  readonly outputs: Record<string, unknown>;
}

/**
 * Runs the program without an engine.
 * @param inventory what the provider answers to `getInventory`
 * @param stack name of the stack
 */
export async function runMocked(
  config: { readonly [key: string]: string },
  inventory: Record<string, unknown>,
  stack = "test",
): Promise<Run> {
  const resources: Registered[] = [];
  const calls: string[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        resources.push({ type, name, inputs: inputs as Record<string, unknown>, id: id ?? "" });
        return { id: id === undefined || id === "" ? `new-${name}` : id, state: inputs as Record<string, unknown> };
      },
      call: ({ token }) => {
        calls.push(token);
        return inventory;
      },
    },
    "lockstep",
    stack,
  );
  pulumi.runtime.setAllConfig({ ...config });
  const outputs = await program();
  await pulumi.runtime.disconnect();
  return { resources, calls, outputs };
}
