import type { Obj } from "../../../src/model/json.ts";
import type { Run } from "./engine.ts";

/** How many resources each operation was about; `refresh` steps and looks at provider settings are left out. */
export function operations({ events }: Run): { readonly [operation: string]: number } {
  const summary = events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges ?? {};
  return Object.fromEntries(Object.entries(summary).filter(([, count]) => count > 0));
}

/** A resource of which a preview or an update changes properties. */
export interface Change {
  readonly name: string;
  /** Property paths as the engine writes them, sorted. */
  readonly paths: readonly string[];
  /** The outputs before, and the inputs after. */
  readonly before: Obj;
  readonly after: Obj;
}

/** Each resource with a changed property, once. */
export function changes({ events }: Run): Change[] {
  const steps = events.flatMap(({ resourcePreEvent, resOutputsEvent }) => resourcePreEvent ?? resOutputsEvent ?? []);
  const differing = steps.filter(
    ({ metadata }) => metadata.op !== "same" && Object.keys(metadata.detailedDiff ?? {}).length > 0,
  );
  const byName = differing.map(({ metadata }): [string, Change] => {
    const [name, paths] = [nameOf(metadata.urn), Object.keys(metadata.detailedDiff ?? {}).sort()];
    return [name, { name, paths, before: metadata.old?.outputs ?? {}, after: metadata.new?.inputs ?? {} }];
  });
  return [...new Map(byName).values()];
}

/** Name of each resource with a changed property → the paths that changed. */
export function changed(run: Run): { readonly [name: string]: readonly string[] } {
  return Object.fromEntries(changes(run).map(({ name, paths }) => [name, paths]));
}

/** What the engine and its plugins called an error. */
export function errors({ events }: Run): string[] {
  const diagnostics = events.flatMap(({ diagnosticEvent }) => diagnosticEvent ?? []);
  return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

/** The last part of a URN. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Names of the resources that a step was taken for, sorted. */
export function named({ events }: Run, operation: string): string[] {
  const steps = events.flatMap(({ resourcePreEvent }) => resourcePreEvent ?? []);
  const found = steps.filter(({ metadata }) => metadata.op === operation && metadata.type !== "pulumi:pulumi:Stack");
  return found
    .map(({ metadata }) => nameOf(metadata.urn))
    .filter((name) => name.includes("/"))
    .sort();
}

/** What the program gave for each resource that a step was taken for: name → inputs. */
export function registered({ events }: Run, operation: string): ReadonlyMap<string, Obj> {
  const steps = events.flatMap(({ resourcePreEvent }) => resourcePreEvent ?? []);
  const found = steps.filter(({ metadata }) => metadata.op === operation);
  return new Map(found.map(({ metadata }) => [nameOf(metadata.urn), (metadata.new?.inputs ?? {}) as Obj]));
}
