import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { Sink } from "../../model/ports.ts";
import { isShown, nameOf, type Step } from "./changes.ts";

const SHOWN: ReadonlySet<string> = new Set(["info", "info#err", "warning"]);

/** Warnings and notes of the program and of the provider, for people; each once. */
export function notesTo(sink: Sink): (event: EngineEvent) => void {
  const told = new Set<string>();
  return ({ diagnosticEvent: said }) => {
    if (said === undefined || said.ephemeral === true || !SHOWN.has(said.severity)) return;
    const text = said.message.trim();
    const message = said.severity === "warning" ? `Warning: ${text}` : text;
    if (text === "" || told.has(message)) return;
    told.add(message);
    sink({ event: "note", message });
  };
}

/** Steps of an update as they go, for the same display that an apply has. */
export function stepsTo(sink: Sink, total: number): (event: EngineEvent) => void {
  const settled = new Set<string>();
  const left = (): number => Math.max(0, total - settled.size);
  const tell = (step: Step, outcome: "started" | "done" | "failed"): void => {
    if (!isShown(step) || step.op === "same") return;
    const { coordinate } = nameOf(step.urn);
    if (outcome !== "started") settled.add(step.urn);
    sink({ event: "operation", id: step.urn, coordinate, action: step.op, outcome, left: left() });
  };
  return ({ resourcePreEvent, resOutputsEvent, resOpFailedEvent }) => {
    if (resourcePreEvent !== undefined) tell(resourcePreEvent.metadata, "started");
    if (resOutputsEvent !== undefined) tell(resOutputsEvent.metadata, "done");
    if (resOpFailedEvent !== undefined) tell(resOpFailedEvent.metadata, "failed");
  };
}
