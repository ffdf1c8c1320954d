import { readFlow, withHeader } from "../architect/document.ts";
import type { Read } from "../architect/document.ts";
import { isFlowType } from "../architect/vocabulary.ts";
import { ApiError, badRequest } from "../errors.ts";
import { isoTime, objectBody } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, listAt, numberAt, objectAt, textAt } from "../json.ts";
import { queryValues } from "../listing.ts";
import type { Call, Route } from "../resource.ts";
import { allOf } from "../resource.ts";
import { addEntry, entryOf, later } from "../store.ts";
import { downloadAddress, uploadAddress } from "../transfer.ts";
import type { Entry, Org, Reply, World } from "../world.ts";
import { flowNamed, publishFlow } from "./flow-publish.ts";
import type { Published, Publisher } from "./flow-publish.ts";

const importPath = "/api/v2/flows/jobs";
/** How an overloaded backend shows in a job (genesys-api §8.1 "Failure"). */
const overloaded = "Archy failed: could not find the flow or its version, exit code: 107.";
const exportPath = "/api/v2/flows/export/jobs";

function messages(texts: readonly string[], now: number): Json[] {
  return texts.map((text) => ({ dateTime: isoTime(now), type: "Error", text }));
}

function jobOf(call: Call, kind: string): Entry {
  const job = entryOf(call.org, kind, call.params.id ?? "");
  if (!job) throw new ApiError(404, "general.resource.not.found", `The job ${call.params.id ?? ""} was not found.`);
  return job;
}

function shownJob(call: Call, job: Entry): JsonObject {
  const { messages: texts = [], ...data } = job.data;
  return queryValues(call, "expand").includes("messages") ? { ...data, messages: texts } : data;
}

function registerImport(call: Call): Reply {
  const job = addEntry(
    call.org,
    "flow-job",
    { status: "Registered", command: "Publish" },
    { clientId: call.clientId, fails: call.failJob },
  );
  const headers = { "x-amz-meta-jobid": job.id };
  const presignedUrl = uploadAddress(call, { task: "flow-upload", id: job.id, headers });
  return { status: 202, json: { id: job.id, presignedUrl, headers, selfUri: `${importPath}/${job.id}` } };
}

function startImport(org: Org, args: JsonObject, world: World): void {
  const job = entryOf(org, "flow-job", textAt(args.id));
  if (job?.data.status !== "Registered") return;
  job.data = { ...job.data, status: "Started" };
  job.hidden = { ...job.hidden, content: args.content ?? "" };
  later(org, world.clock.now() + world.settings.jobMs, "flow-import", { id: job.id, clientId: args.clientId ?? "" });
}

function published(org: Org, read: Read, yaml: string, by: Publisher): Published {
  return "problem" in read ? { errors: [read.problem] } : publishFlow(org, read.flow, yaml, by);
}

function finishImport(org: Org, args: JsonObject, world: World): void {
  const job = entryOf(org, "flow-job", textAt(args.id));
  if (!job) return;
  const now = world.clock.now();
  const yaml = textAt(job.hidden.content);
  const read = readFlow(yaml);
  const by = { clientId: textAt(job.hidden.clientId), now };
  const outcome = job.hidden.fails === true ? { errors: [overloaded] } : published(org, read, yaml, by);
  delete job.hidden.content;
  if ("errors" in outcome) {
    job.data = { ...job.data, status: "Failure", messages: messages(outcome.errors, now) };
  } else {
    const { id } = outcome.flow;
    job.data = { ...job.data, status: "Success", flow: { id, selfUri: `/api/v2/flows/${id}` } };
  }
}

function exportedFlow(call: Call): { flow: Entry | undefined; version: string } {
  const flows = listAt(objectBody(call).flows);
  if (flows.length !== 1) {
    throw badRequest("The length of the flows list must be exactly one", "archy.export.invalid.flows.length");
  }
  const item = objectAt(flows[0]);
  const wanted = objectAt(item.flow);
  const type = textAt(wanted.type).toUpperCase();
  const id = idAt(wanted);
  if (item.flow === undefined) throw badRequest("The flow is missing", "archy.export.missing.flow");
  if (id === "" && (textAt(wanted.name) === "" || !isFlowType(type))) {
    throw badRequest("The flow needs an id, or a name and a type", "archy.export.cannot.id.flow");
  }
  const flow = id === "" ? flowNamed(call.org, type, textAt(wanted.name)) : entryOf(call.org, "flow", id);
  return { flow: flow?.data.deleted === true ? undefined : flow, version: textAt(wanted.version) };
}

function exportedYaml(call: Call, flow: Entry, versionId: string): string | undefined {
  const id = versionId || textAt(objectAt(flow.data.publishedVersion).id);
  const version = entryOf(call.org, "flow-version", id, flow.id);
  if (!version) return undefined;
  const division = entryOf(call.org, "division", idAt(flow.data.division));
  const header = { name: textAt(flow.data.name), division: textAt(division?.data.name) };
  return withHeader(textAt(version.hidden.yaml), textAt(version.hidden.root), header);
}

function registerExport(call: Call): Reply {
  const { flow, version } = exportedFlow(call);
  const yaml = flow && !call.failJob ? exportedYaml(call, flow, version) : undefined;
  const hidden: JsonObject = yaml === undefined ? {} : { yaml };
  const due = call.now + call.world.settings.jobMs;
  const job = addEntry(call.org, "flow-export-job", { status: "Registered", command: "Export" }, { ...hidden, due });
  return { status: 202, json: { id: job.id, status: "Registered", totalFlows: 1, selfUri: `${exportPath}/${job.id}` } };
}

function exportState(call: Call): Reply {
  const job = jobOf(call, "flow-export-job");
  if (call.now < numberAt(job.hidden.due)) job.data = { ...job.data, status: "Started" };
  else if (job.hidden.yaml === undefined) {
    job.data = { ...job.data, status: "Failure", messages: messages([overloaded], call.now) };
  } else {
    const downloadUrl = downloadAddress(call, textAt(job.hidden.yaml), "application/x-yaml");
    job.data = { ...job.data, status: "Success", downloadUrl: job.data.downloadUrl ?? downloadUrl };
  }
  return { status: 200, json: { ...shownJob(call, job), selfUri: `${exportPath}/${job.id}` } };
}

/** Flow jobs: import by presigned PUT and export by signed download (genesys-api §8.1, §8.2). */
export const flowJobRoutes: readonly Route[] = [
  { method: "POST", path: importPath, needs: allOf("architect:job:create"), handle: registerImport },
  {
    method: "GET",
    path: `${importPath}/{id}`,
    needs: allOf("architect:job:view"),
    handle: (call) => {
      const job = jobOf(call, "flow-job");
      return { status: 200, json: { ...shownJob(call, job), selfUri: `${importPath}/${job.id}` } };
    },
  },
  { method: "POST", path: exportPath, needs: allOf("architect:jobExport:create"), handle: registerExport },
  { method: "GET", path: `${exportPath}/{id}`, needs: allOf("architect:jobExport:view"), handle: exportState },
];

export const flowJobTasks: Readonly<Record<string, (org: Org, args: JsonObject, world: World) => void>> = {
  "flow-upload": startImport,
  "flow-import": finishImport,
};
