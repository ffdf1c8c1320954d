import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { GuardError, LockstepError } from "../model/error.ts";
import { createRedactor } from "../model/redactor.ts";
import { systemClock } from "../platform/clock.ts";
import { nodeFiles } from "../platform/files.ts";
import { assertPackages } from "../platform/optional-packages.ts";
import { placeholdersFor } from "../platform/placeholders.ts";
import { resolveSecret } from "../platform/secrets.ts";
import type { Workspace } from "../model/workspace.ts";
import { loadWorkspace } from "../platform/workspace.ts";
import { runError } from "./failure.ts";
import { readSettings, ROLES, type StackSettings } from "./settings.ts";

/** The outputs of a stack, by name. */
export type StackOutputs = Record<string, unknown>;

/**
 * The program of every stack: what it builds is told by `lockstep:role`. The engine runs it through `index.ts`; it can also
 * be given to the Automation API as an inline program.
 * @throws RunError one line for every expected failure
 */
export async function program(): Promise<StackOutputs> {
  try {
    return await build();
  } catch (error) {
    throw runError(error);
  }
}

async function build(): Promise<StackOutputs> {
  const settings = readSettings(pulumi.runtime.allConfig());
  assertOwnRole(settings, pulumi.getStack());
  // An inline program has no project directory of its own.
  const root = pulumi.getRootDirectory() || process.cwd();
  const files = nodeFiles();
  const workspace = await loadWorkspace(resolve(root, settings.config), files);
  assertOwnCredential(settings, workspace);
  if (settings.role === "dns") {
    assertPackages(["@pulumi/aws"]);
    const { dnsStack } = await import("./dns/index.ts");
    return dnsStack({ config: workspace.config, file: workspace.file });
  }
  const { primaryStack, standbyStack } = await import("./org-stack.ts");
  const stack = settings.role === "primary" ? primaryStack : standbyStack;
  const readSecret = (reference: string): Promise<string> =>
    resolveSecret(reference, process.env, files, workspace.directory);
  // Nothing that an organisation says reaches this program but through the provider, which has a redactor of its own.
  const ports = { files, readSecret, redactor: createRedactor() };
  const placeholders = (): ReturnType<typeof placeholdersFor> => placeholdersFor(workspace, ports);
  return { ...(await stack({ settings, app: { workspace, files, clock: systemClock, placeholders }, root })) };
}

/**
 * What writes the primary is a login of its own, so that no other command holds one that could.
 * @throws GuardError `same-credential`
 */
function assertOwnCredential({ approval }: StackSettings, { config, file }: Workspace): void {
  if (approval?.writeClientId !== config.orgs.primary.clientId) return;
  throw new GuardError(
    "same-credential",
    "lockstep:writeClientId names the login that every other command uses, orgs.primary.clientId",
    "Make an OAuth client of its own for this stack, and say where its id is: `pulumi config set lockstep:writeClientId env:PRIMARY_WRITE_CLIENT_ID`.",
    { file, path: "lockstep:writeClientId" },
  );
}

/**
 * A stack that has the name of another role would be taken for that: its state holds other objects.
 * @throws LockstepError `stack-config`
 */
function assertOwnRole({ role }: StackSettings, stack: string): void {
  const [called] = ROLES.filter((name) => name === stack);
  if (called === undefined || called === role) return;
  throw new LockstepError(
    "stack-config",
    `The stack ${stack} has lockstep:role ${role}`,
    `Set it with \`pulumi config set lockstep:role ${called}\`, or select the stack ${role}.`,
    { path: "lockstep:role" },
  );
}
