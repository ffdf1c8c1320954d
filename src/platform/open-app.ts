import { LockstepError } from "../model/error.ts";
import { createRedactor, type Redactor } from "../model/redactor.ts";
import type { App } from "../model/app.ts";
import type { Clock, Connect, Files, ProgressOf, Random } from "../model/ports.ts";
import { statePath, type Workspace } from "../model/workspace.ts";
import type { Transport } from "./genesys/transport.ts";
import type { TakeLock } from "./org-lock.ts";
import { placeholdersFor } from "./placeholders.ts";
import { resolveSecret, type Environment } from "./secrets.ts";
import { thisProcess } from "./this-process.ts";
import { loadWorkspace } from "./workspace.ts";

/** What the adapters take from the process that they run in. */
export interface ProcessPorts {
  readonly env: Environment;
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
  readonly takeLock: TakeLock;
  /** Aborted when the work is to end: waits and requests under way end with it. */
  readonly signal: AbortSignal;
  /** Answers in place of the network; tests and the demo use it. */
  readonly transport?: Transport | undefined;
}

/** Who opens an app: its name and version, and where progress goes; nowhere unless given. */
export interface AppOptions {
  readonly tool: string;
  readonly progress?: ProgressOf;
  /** What relative paths of `file:` references start from; the directory of the configuration unless given. */
  readonly secretsFrom?: string | undefined;
}

/**
 * Loads a configuration and puts an adapter behind each port that the use cases take. Nobody is logged in to yet.
 * @param file absolute path of `lockstep.yaml`
 * @throws LockstepError when the configuration is missing or wrong
 */
export async function openApp(
  file: string,
  ports: ProcessPorts,
  { tool, progress, secretsFrom }: AppOptions,
): Promise<App> {
  const workspace = await loadWorkspace(file, ports.files);
  const redactor = createRedactor();
  const resolve = (reference: string): Promise<string> =>
    resolveSecret(reference, ports.env, ports.files, secretsFrom ?? workspace.directory);
  const readSecret = async (reference: string): Promise<string> => {
    const secret = await resolve(reference);
    // Genesys Cloud repeats refused values in its messages.
    redactor.hide(secret);
    return secret;
  };
  let placeholders: ReturnType<App["placeholders"]> | undefined;
  return {
    workspace,
    tool,
    files: ports.files,
    clock: ports.clock,
    connect: connectTo(ports, workspace, { resolve, redactor }),
    lockOrg: (orgId, holder) => ports.takeLock(statePath(workspace, "lock", `${orgId}.json`), holder),
    worker: thisProcess(),
    readSecret,
    placeholders: () => (placeholders ??= placeholdersFor(workspace, { files: ports.files, readSecret, redactor })),
    nameService: async () => (await import("./route53/name-service.ts")).route53(ports.signal),
    messenger: async () => {
      const { openMessenger } = await import("./messages/open-messenger.ts");
      return openMessenger({ ...ports, readSecret });
    },
    progress: progress ?? (() => () => undefined),
  };
}

interface LoginPorts {
  /** Reads what a reference names, secret or not, such as a client id. */
  readonly resolve: (reference: string) => Promise<string>;
  readonly redactor: Redactor;
}

function connectTo(ports: ProcessPorts, { config }: Workspace, { resolve, redactor }: LoginPorts): Connect {
  const { clock, random, signal, transport } = ports;
  return async (side, access, { login, orgId, giveUpAfterMs, signal: alone, afterStop = false } = {}) => {
    const org = config.orgs[side];
    const { clientId, clientSecret } = login ?? org;
    try {
      const { connect } = await import("./genesys/connect.ts");
      return await connect({
        region: org.region,
        baseUrl: org.baseUrl,
        orgId: org.orgId,
        pinnedOrgId: orgId,
        clientId: await resolve(clientId),
        clientSecret: await resolve(clientSecret),
        tokens: org.tokens,
        giveUpAfterMs,
        access,
        clock,
        random,
        signal: signalOf(afterStop ? [] : [signal, alone]),
        transport,
        redactor,
      });
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      const place = { ...error.place, path: error.place.path ?? `/orgs/${side}` };
      throw error.reworded({ message: `Login to the ${side}: ${error.message}`, place });
    }
  };
}

/** Aborted with the first of them; undefined where nothing may break the connection off. */
function signalOf(signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const [first, ...others] = signals.filter((signal) => signal !== undefined);
  return first === undefined || others.length === 0 ? first : AbortSignal.any([first, ...others]);
}
