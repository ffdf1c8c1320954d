import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { KINDS } from "../../../src/kinds/index.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { nodeFiles } from "../../../src/platform/files.ts";
import { serve } from "../../../src/simulator/http.ts";
import { startLine } from "../../../src/simulator/index.ts";
import { snapshotFiles } from "../../../src/snapshot/snapshot-files.ts";
import { CANARY, type Office } from "../../conformance/office.ts";

/** The organisations of an office on HTTP, and a directory with a `lockstep.yaml` for them, as a stack needs it. */
export interface PairPlace {
  readonly config: string;
  /** Credentials and secrets for the provider. */
  readonly env: { readonly [name: string]: string };
  /** Replaces the snapshot of the primary that the stack starts from. */
  store(primary: Snapshot): Promise<void>;
  close(): Promise<void>;
}

/** Serves the organisations of an office. @param pairing `secrets` and the like of `lockstep.yaml` */
export async function openPairPlace(office: Office, pairing: object): Promise<PairPlace> {
  const served = await serve(office.simulator, 0);
  const directory = mkdtempSync(join(tmpdir(), "lockstep-pairs-"));
  const { orgs } = startLine(office.simulator, served.baseUrl);
  const side = (name: string): object => ({
    baseUrl: served.baseUrl,
    orgId: orgs[name]?.id,
    clientId: `env:${name}_ID`,
    clientSecret: `env:${name}_SECRET`,
  });
  const config = join(directory, "lockstep.yaml");
  writeFileSync(config, stringify({ orgs: { primary: side("primary"), standby: side("standby") }, ...pairing }));
  const files = nodeFiles();
  return {
    config,
    env: {
      CANARY,
      ...Object.fromEntries(
        Object.entries(orgs).flatMap(([name, { client }]) => [
          [`${name}_ID`, client.id],
          [`${name}_SECRET`, client.secret],
        ]),
      ),
    },
    store: (primary) => {
      const run = { startedAt: new Date().toISOString(), finishedAt: new Date().toISOString(), requests: {} };
      return files.replaceDirectory(
        join(directory, "snapshots", "primary"),
        snapshotFiles(primary, KINDS, "lockstep 0.0.0", run),
      );
    },
    close: async () => {
      await served.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
