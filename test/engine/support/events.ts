import type { Run } from "./engine.ts";

/** How many resources each operation was about; `refresh` steps and looks at provider settings are left out. */
export function operations({ events }: Run): { readonly [operation: string]: number } {
  const summary = events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges ?? {};
  return Object.fromEntries(Object.entries(summary).filter(([, count]) => count > 0));
}

/** Name of each resource with a changed property → the paths that changed. */
export function changed({ events }: Run): { readonly [name: string]: readonly string[] } {
  const steps = events.flatMap(({ resourcePreEvent, resOutputsEvent }) => resourcePreEvent ?? resOutputsEvent ?? []);
  const differing = steps.filter(
    ({ metadata }) => metadata.op !== "same" && Object.keys(metadata.detailedDiff ?? {}).length > 0,
  );
  return Object.fromEntries(
    differing.map(({ metadata }) => [nameOf(metadata.urn), Object.keys(metadata.detailedDiff ?? {}).sort()]),
  );
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
