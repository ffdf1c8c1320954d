import { describe, expect, it } from "vitest";
import { flow } from "../../src/kinds/flow.ts";
import { exportFlow } from "../../src/kinds/flow/export.ts";
import { publishFlow, updateFlow } from "../../src/kinds/flow/publish.ts";
import { restoreFlow } from "../../src/kinds/flow/restore.ts";
import { revisionOf } from "../../src/kinds/flow/revision.ts";
import { textOf, type Obj } from "../../src/model/json.ts";
import { fixtureOf } from "./fixture.ts";
import { change, errorOf, trace } from "./steps.ts";

const { entity } = fixtureOf("flow");
const yaml = textOf(entity["yaml"]);
const wanted: Obj = {
  name: "Main",
  type: "INBOUNDCALL",
  description: "Answers the main number",
  division: "division/Claims",
  yaml,
};
const job = { id: "job-1", presignedUrl: "https://files.invalid/1", headers: { "x-amz-meta-jobid": "job-1" } };
const published = [job, {}, { status: "Started" }, { status: "Success", flow: { id: "flow-1" } }];

describe("key and keep", () => {
  it("tells flows of one name apart by their type", () => {
    expect(flow.key(entity)).toBe("inboundcall:Main");
  });

  it.each([
    [{ deleted: true }, "deleted"],
    [{ system: true }, "part of the platform"],
    [{ publishedVersion: {} }, "never published"],
    [{}, true],
  ])("of %j says %s", (differs, verdict) => {
    expect(flow.keep?.({ ...entity, ...differs })).toBe(verdict);
  });
});

describe("revision", () => {
  const revision = revisionOf(entity);

  it.each([
    ["version", { publishedVersion: { id: "4.0" } }],
    ["flow of the same name", { id: "another" }],
    ["division", { division: { id: "d", name: "Sales" } }],
  ])("changes with another %s", (_what, differs) => {
    expect(revisionOf({ ...entity, ...differs })).not.toBe(revision);
  });

  it("stays when only the state of editing changes", () => {
    expect(revisionOf({ ...entity, savedVersion: { id: "9.0" }, lockedClient: null })).toBe(revision);
  });
});

describe("export", () => {
  const done = { status: "Success", downloadUrl: "https://files.invalid/2" };

  it("pins the published version and downloads what the job made", () => {
    const { asked, result } = trace(exportFlow(entity), [{ id: "job-1" }, done, { download: yaml }]);
    expect(asked).toEqual([
      {
        op: "POST /api/v2/flows/export/jobs",
        body: { flows: [{ flow: { id: entity["id"], version: "3.0" }, exportType: "Yaml" }] },
      },
      { op: "GET /api/v2/flows/export/jobs/{id}", path: { id: "job-1" }, query: { expand: "messages" } },
      { transfer: "download", url: "https://files.invalid/2" },
    ]);
    expect(result).toBe(yaml);
  });

  it("repeats the whole job, later each time, when the backend was throttled", () => {
    const throttled = { status: "Failure", messages: [{ type: "Error", text: "Archy failed, exit code: 107" }] };
    const answers = [{ id: "a" }, throttled, { id: "b" }, throttled, { id: "c" }, done, { download: yaml }];
    const { pauses, result } = trace(exportFlow(entity), answers);
    expect(pauses.filter((pause) => pause > 10_000)).toEqual([15_000, 30_000]);
    expect(result).toBe(yaml);
  });

  it("gives up with the messages of the job", () => {
    const failed = { status: "Failure", messages: [{ type: "Error", text: "The flow is broken" }] };
    const error = errorOf(() => trace(exportFlow(entity), [{ id: "a" }, failed]));
    expect(error.code).toBe("flow-export-failed");
    expect(error.message).toContain("The flow is broken");
  });

  const other = (from: string, to: string): string => yaml.replace(from, to);
  const wrong: [string, string][] = [
    ["an empty file", ""],
    ["a web page", "<!doctype html>\n<html><body>Sign in</body></html>\n"],
    ["a JSON error", '{"message":"expired","status":403}\n'],
    ["another flow", other("name: Main", "name: Other")],
    ["a flow of another type", yaml.replaceAll("inboundCall", "inqueueCall")],
    ["a text that is cut off within a part", yaml.slice(0, yaml.indexOf("tasks:"))],
    ["a text that is cut off within a line", `${yaml.slice(0, yaml.indexOf("art_10"))}\n`],
  ];

  it.each(wrong)("downloads again what is no such flow: %s", (_, text) => {
    const answers = [{ id: "job-1" }, done, { download: text }, { download: yaml }];
    expect(trace(exportFlow(entity), answers).result).toBe(yaml);
  });

  it.each(wrong)("fails when what it gets stays %s", (_, text) => {
    const download = { download: text };
    const error = errorOf(() => trace(exportFlow(entity), [{ id: "a" }, done, download, download, download]));
    expect(error.code).toBe("flow-export-failed");
  });

  it("keeps a text without an end of line when it comes twice", () => {
    const short = yaml.trimEnd();
    const answers = [{ id: "job-1" }, done, { download: short.slice(0, -1) }, { download: short }, { download: short }];
    expect(trace(exportFlow(entity), answers).result).toBe(short);
  });
});

describe("publish", () => {
  it("uploads the YAML with the headers of the job and waits for its end", () => {
    const { asked, result } = trace(publishFlow(change(wanted, { verb: "create", id: "" })), published);
    expect(asked.slice(0, 2)).toEqual([
      { op: "POST /api/v2/flows/jobs", body: {}, repeatable: true },
      { transfer: "upload", url: "https://files.invalid/1", headers: job.headers, body: yaml },
    ]);
    expect(asked).toHaveLength(4);
    expect(result).toBe("flow-1");
  });

  it("fails with every error of the job and leaves warnings out", () => {
    const messages = [
      { type: "Warning", text: "deprecated" },
      { type: "Error", text: "queue Billing not found" },
      { type: "Error", text: "skill French not found" },
    ];
    expect(() => trace(publishFlow(change(wanted)), [job, {}, { status: "Failure", messages }])).toThrow(
      expect.objectContaining({
        code: "flow-publish-failed",
        message: 'Flow "Main" was not published: queue Billing not found; skill French not found',
      }),
    );
  });

  it("moves a new flow whose YAML does not name its division", () => {
    const silent = yaml.replace("  division: Claims\n", "");
    const created = change({ ...wanted, yaml: silent }, { verb: "create", id: "" });
    expect(trace(publishFlow(created), published).asked.at(-1)).toEqual({
      op: "POST /api/v2/authorization/divisions/{id}/objects/FLOW",
      path: { id: "id:division/Claims" },
      body: ["flow-1"],
    });
    const atHome = change({ ...wanted, yaml: silent, division: "division/@home" }, { verb: "create", id: "" });
    expect(trace(publishFlow(atHome), published).asked).toHaveLength(4);
  });
});

describe("update", () => {
  const only = (...names: string[]): { touched: ReadonlySet<string> } => ({ touched: new Set(names) });
  const put = {
    op: "PUT /api/v2/flows/{id}",
    path: { id: "own-id" },
    body: { name: "Main", type: "INBOUNDCALL", description: "Answers the main number" },
  };

  it("publishes when the YAML changed; the description travels in it", () => {
    const { asked } = trace(updateFlow(change(wanted, only("yaml", "description"))), published);
    expect(asked).toHaveLength(4);
  });

  it("sets a description that the YAML does not carry", () => {
    const other = { ...wanted, yaml: yaml.replace("description: Answers the main number", "description: Old") };
    expect(trace(updateFlow(change(other, only("yaml"))), published).asked.at(-1)).toEqual(put);
    expect(trace(updateFlow(change(wanted, only("description")))).asked).toEqual([put]);
  });

  it("moves without publishing when only the division changed", () => {
    expect(trace(updateFlow(change(wanted, only("division")))).asked).toEqual([
      {
        op: "POST /api/v2/authorization/divisions/{id}/objects/FLOW",
        path: { id: "id:division/Claims" },
        body: ["own-id"],
      },
    ]);
  });

  it("stops when a person or another client is editing the flow", () => {
    const editing = change(wanted, { entity: { name: "Main", lockedUser: { name: "Ann" } } });
    expect(() => trace(updateFlow(editing))).toThrow(
      expect.objectContaining({ code: "flow-locked", message: 'Flow "Main" is being edited by Ann' }),
    );
    const locked = change(wanted, { entity: { name: "Main", lockedClient: { id: "client-2" } } });
    expect(() => trace(updateFlow(locked), [{ OAuthClient: { id: "client-1" } }])).toThrow(
      expect.objectContaining({ code: "flow-locked" }),
    );
  });

  it("releases the lock that an earlier run of the same client left", () => {
    const locked = change(wanted, { entity: { lockedClient: { id: "client-1" } } });
    const { asked } = trace(updateFlow(locked), [{ OAuthClient: { id: "client-1" } }, {}, ...published]);
    expect(asked[1]).toEqual({ op: "POST /api/v2/flows/actions/unlock", query: { flow: "own-id" } });
    expect(asked).toHaveLength(6);
  });
});

describe("restore", () => {
  const revision = revisionOf(entity) ?? "";

  it("publishes the version of the revision and waits until it is the published one", () => {
    const { asked } = trace(restoreFlow("own-id", revision), [
      { complete: false, actionStatus: "STARTED" },
      { publishedVersion: { id: "4.0" } },
      { publishedVersion: { id: "3.0" } },
    ]);
    expect(asked[0]).toEqual({
      op: "POST /api/v2/flows/actions/publish",
      query: { flow: "own-id", version: "3.0" },
    });
    expect(asked).toHaveLength(3);
  });

  it("says why it failed, at once or later", () => {
    const failure = { complete: true, actionStatus: "FAILURE", errorMessage: "a queue is missing" };
    for (const answers of [[failure], [{}, { currentOperation: failure }]]) {
      const error = errorOf(() => trace(restoreFlow("own-id", revision), answers));
      expect(error.code).toBe("flow-restore-failed");
      expect(error.message).toBe("Version 3.0 could not be published again: a queue is missing");
    }
  });
});
