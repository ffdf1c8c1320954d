import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { baselinePath } from "../../../src/importers/baseline.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { splitCoordinate } from "../../../src/model/coordinate.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { nodeFiles } from "../../../src/platform/files.ts";
import { repositoryFiles } from "../../../src/snapshot/repository-directory.ts";
import { snapshotFiles } from "../../../src/snapshot/snapshot-files.ts";
import { fill, openOffice, seedSteps, type Office } from "../../conformance/office.ts";

/** A project directory with a configuration, the snapshot of a full primary and a repository made of it. */
export interface Project {
  readonly directory: string;
  readonly office: Office;
  readonly primary: Snapshot;
  /** An organisation without anything of its own, but with the primary's people and what else lockstep does not write. */
  readonly empty: Snapshot;
  /** Writes the configuration again. @param more sections besides `orgs` */
  readonly configure: (more?: object, orgs?: { readonly primary?: object; readonly standby?: object }) => Promise<void>;
  /** Writes the primary's snapshot again. */
  readonly save: (snapshot: Snapshot, takenAt?: string) => Promise<void>;
  /** Writes the baseline of the primary and another organisation. */
  readonly remember: (targetId: string, lines: readonly object[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Makes a project out of two simulated organisations: a full primary and an empty standby. */
export async function openProject(): Promise<Project> {
  const office = await openOffice();
  await fill(office, "primary", seedSteps());
  const [primary, bare] = [await office.snapshot("primary"), await office.snapshot("standby")];
  const people = [...primary.ids].filter(([name]) => KINDS.get(splitCoordinate(name).kind)?.mode === "map");
  const empty = { ...bare, ids: new Map([...people, ...bare.ids]) };
  const directory = await mkdtemp(join(tmpdir(), "lockstep-stacks-"));
  const files = nodeFiles();
  const login = { baseUrl: "http://simulated.invalid", clientId: "env:ID", clientSecret: "env:SECRET" };
  const configure: Project["configure"] = (more = {}, orgs = {}) => {
    const both = { primary: { ...login, ...orgs.primary }, standby: { ...login, ...orgs.standby } };
    const repository = { directory: "organisation" };
    return writeFile(join(directory, "lockstep.yaml"), stringify({ orgs: both, repository, ...more }));
  };
  const save: Project["save"] = (snapshot, takenAt = new Date().toISOString()) => {
    const run = { startedAt: takenAt, finishedAt: takenAt, requests: { total: 1, byKind: {} } };
    return files.replaceDirectory(
      join(directory, "snapshots/primary"),
      snapshotFiles(snapshot, KINDS, "lockstep", run),
    );
  };
  const remember: Project["remember"] = (targetId, lines) =>
    files.write(
      baselinePath(directory, primary.org.id, targetId),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
    );
  await configure();
  await save(primary);
  await files.replaceDirectory(join(directory, "organisation"), repositoryFiles(primary, KINDS, "lockstep"));
  const close = (): Promise<void> => rm(directory, { recursive: true, force: true });
  return { directory, office, primary, empty, configure, save, remember, close };
}

/** What the provider's inventory says of an organisation that looks like this snapshot. */
export function inventoryOf(snapshot: Snapshot): Record<string, unknown> {
  const { org, ids, objects } = snapshot;
  return {
    orgId: org.id,
    orgName: org.name,
    homeDivision: org.homeDivision,
    ids: Object.fromEntries(ids),
    unread: [],
    namesakes: {},
    current: {},
    skipped: [...ids.keys()].filter((at) => !objects.has(at) && KINDS.get(splitCoordinate(at).kind)?.mode === "write"),
  };
}

/** An organisation that holds the same objects under ids of its own. */
export function twinOf(snapshot: Snapshot, id: string): Snapshot {
  const ids = new Map([...snapshot.ids].map(([coordinate, own]) => [coordinate, `${id}-${own}`]));
  return { ...snapshot, org: { ...snapshot.org, id, name: "Twin" }, ids };
}
