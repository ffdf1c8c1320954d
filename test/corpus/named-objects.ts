import { readFlow } from "../../src/simulator/architect/document.ts";
import { namesIn } from "../../src/simulator/architect/names.ts";
import type { FlowFile } from "./flow-files.ts";

/** A flow that a file holds, and what else it names. */
export interface CorpusFlow extends FlowFile {
  readonly type: string;
  readonly name: string;
  readonly names: readonly Named[];
}

/** An object that has to be there before a flow can be published. */
export interface Named {
  readonly kind: string;
  readonly name: string;
  /** Category of a data action, type of a flow. */
  readonly qualifier: string;
}

/**
 * Reads flows as the simulated platform does: what it will look for is what has to be created.
 * @returns flows by file; those that it cannot read are left for it to refuse
 */
export function readFlows(files: readonly FlowFile[]): CorpusFlow[] {
  return files.flatMap((file) => {
    const read = readFlow(file.yaml);
    if ("problem" in read) return [];
    const { type, name, root, content, division } = read.flow;
    const divisions = division === undefined ? [] : [{ kind: "division", name: division, qualifier: "" }];
    const names = namesIn(root, content).map((named) => ({
      kind: named.kind,
      name: named.name,
      qualifier: named.qualifier ?? (named.kind === "flow" ? flowTypeAt(named.path, type) : ""),
    }));
    return [{ ...file, type, name, names: [...divisions, ...names] }];
  });
}

/** A flow is transferred to one of its own type; only in-queue flows are overridden (architect-yaml §4.2). */
function flowTypeAt(path: string, type: string): string {
  return path.includes("/overrideInQueueFlow") ? "INQUEUECALL" : type;
}

/** Every object that the flows name, once each. */
export function namedObjects(flows: readonly CorpusFlow[]): Named[] {
  return [...new Map(flows.flatMap(({ names }) => names).map((named) => [JSON.stringify(named), named])).values()];
}
