import type { App } from "../../../model/app.ts";
import { GuardError, LockstepError } from "../../../model/error.ts";
import type { Plan } from "../../../model/plan.ts";
import type { Files, Sink } from "../../../model/ports.ts";
import { statePath } from "../../../model/workspace.ts";
import { KINDS } from "../../../kinds/index.ts";
import { baselinePath } from "../../baseline.ts";
import { assertComparable } from "../../comparable.ts";
import { openLockOf, releaseAnyway, tellingWhyNot } from "../../lock/lock-of.ts";
import { parsePlan } from "../../plan-file.ts";
import { keptValuesPath } from "../../kept-values.ts";
import { unfinishedPath } from "../../unfinished.ts";
import { assertPinned, assertStandby } from "../../standby-target.ts";
import { givenSecrets } from "../../given-secrets.ts";
import { secretsFor } from "../../secrets-for.ts";
import { assertApproved } from "../write/access.ts";
import { openSession, type Session } from "./session.ts";
import type { ProviderSettings } from "./settings.ts";

/** Port: opens lockstep on a configuration. @param signal ends the work that was begun with it */
export type OpenApp = (file: string, signal: AbortSignal) => Promise<App>;

/** A session and what ends it. */
export interface OpenOrganisation {
  readonly session: Session;
  /** Gives its locks back and closes the connection, once. */
  close(): Promise<void>;
}

/**
 * Opens the organisation of a provider: login, identity, lock, and one sweep of its lists.
 * @param app on the configuration that the settings name
 * @param urn of the provider resource
 * @throws LockstepError `config-missing`, `org-mismatch`, `org-in-use` …
 */
export async function openOrganisation(
  app: App,
  settings: ProviderSettings,
  urn: string,
  sink: Sink,
): Promise<OpenOrganisation> {
  const { workspace, files, clock } = app;
  const writes = settings.access !== "read-only";
  if (settings.access === "write") assertPinned(workspace.config);
  const { login, orgId, approval } = settings;
  const client = await app.connect(settings.org, writes ? "write" : "read-only", { login, orgId });
  try {
    if (settings.access === "write") {
      await assertStandby(workspace.config, client.org.id, files, workspace.directory);
      if (settings.sourceOrgId !== undefined)
        assertComparable({ id: settings.sourceOrgId, name: client.org.name }, client.org);
    }
    const holder = { name: urn, shared: true };
    const lock = writes ? await app.lockOrg(client.org.id, holder) : undefined;
    const standbyLock = openLockOf(app, client, { allow: settings.allow, shared: true });
    let closing: Promise<void> | undefined;
    const end = async (): Promise<void> => {
      await releaseAnyway(app, { login, orgId: client.org.id }, standbyLock);
      client.close();
      await lock?.release();
    };
    const close = (): Promise<void> => (closing ??= end());
    try {
      const { config, directory } = workspace;
      const source = settings.sourceOrgId ?? (settings.org === "standby" ? config.orgs.primary.orgId : "repository");
      const session = await openSession({
        settings,
        api: client,
        org: client.org,
        region: client.region,
        kinds: KINDS,
        config,
        approvedPlan: async () => (approval === undefined ? undefined : loadApproved(files, approval, client.org.id)),
        files,
        clock,
        sink,
        secretsFor: secretsFor(app),
        given: await givenSecrets(app),
        placeholders: await app.placeholders(),
        lock: { ...standbyLock, take: () => tellingWhyNot(standbyLock, sink) },
        paths: {
          journal: statePath(workspace, "journal", `provider-${client.org.id}.jsonl`),
          unfinished: unfinishedPath(workspace, client.org.id),
          kept: keptValuesPath(workspace, client.org.id),
          baseline: source === undefined ? undefined : baselinePath(directory, source, client.org.id),
        },
      });
      return { session, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    client.close();
    throw error;
  }
}

async function loadApproved(
  files: Files,
  { plan: file, sha256 }: NonNullable<ProviderSettings["approval"]>,
  orgId: string,
): Promise<Plan> {
  const text = await files.read(file);
  if (text === undefined) {
    throw new GuardError(
      "plan-not-approved",
      `There is no plan ${file}`,
      "Set `pulumi config set lockstep:plan` to the plan that was approved.",
      { file },
    );
  }
  const plan = parsePlan(text, file);
  assertApproved(plan, sha256, orgId, file);
  return plan;
}

/** The error for work before the provider was configured. */
export function notConfigured(): LockstepError {
  return new LockstepError(
    "provider-config",
    "This provider was not configured",
    "Give every resource the provider of its stack: `{ provider }`.",
  );
}
