import { guardHint } from "../../src/model/guard.ts";
import { describe, expect, it } from "vitest";
import { GuardError, LockstepError } from "../../src/model/error.ts";
import type { Progress } from "../../src/model/ports.ts";
import type { Plan } from "../../src/model/plan.ts";
import { sealPlan } from "../../src/importers/plan-file.ts";
import { parsePlan } from "../../src/importers/plan-file.ts";
import { fakeOrg, refused, type FakeOrg } from "./fake-org.ts";
import { applyTo, memoryFiles, planBetween, type MemoryFiles } from "./job.ts";

function orgs(): { from: FakeOrg; to: FakeOrg; files: MemoryFiles } {
  return { from: fakeOrg("primary"), to: fakeOrg("standby"), files: memoryFiles() };
}

const resealed = ({ sha256: _, ...plan }: Plan, changes: Partial<Plan>): Plan => sealPlan({ ...plan, ...changes });
const thrown = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe("an apply is refused before it sends anything", () => {
  it.each<[string, (plan: Plan) => Plan, object]>([
    [
      "to another organisation",
      (plan) => resealed(plan, { target: { orgId: "elsewhere", name: "Elsewhere" } }),
      {
        code: "wrong-target",
        message: "The plan was made for Elsewhere (elsewhere), and this is The standby (standby)",
        hint: "Check orgs.standby in lockstep.yaml, or make a plan for this organisation.",
      },
    ],
    [
      "from an organisation to itself",
      (plan) => resealed(plan, { source: { orgId: "standby", name: "The standby" } }),
      {
        code: "same-org",
        message: "Source and target are one organisation: The standby",
        hint: "Check orgs.primary and orgs.standby in lockstep.yaml.",
      },
    ],
    [
      "that runs into guards",
      (plan) =>
        resealed(plan, {
          guards: [
            { guard: "max-updates", message: "many" },
            { guard: "protected", message: "allowed" },
            { guard: "max-deletes", message: "more" },
            { guard: "max-updates", message: "again" },
          ],
        }),
      {
        code: "max-updates",
        message: "max-updates: many\nmax-deletes: more\nmax-updates: again",
        hint: `max-updates: ${guardHint("max-updates")}\nmax-deletes: ${guardHint("max-deletes")}`,
      },
    ],
    [
      "that runs into one guard, which the code names already",
      (plan) =>
        resealed(plan, {
          guards: [
            { guard: "max-updates", message: "many" },
            { guard: "max-updates", message: "more" },
          ],
        }),
      {
        code: "max-updates",
        message: "many\nmore",
        hint: guardHint("max-updates"),
      },
    ],
    [
      "that was made for the primary",
      (plan) => resealed(plan, { stack: "primary" }),
      {
        code: "wrong-target",
        message: "The plan was made for the primary, The standby (standby), and apply writes to the standby only",
      },
    ],
  ])("%s", async (_, edit, expected) => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a" });
    const plan = edit(await planBetween(from, to));
    to.log.length = 0;
    const error = await thrown(applyTo(to, plan, files));
    expect(error).toBeInstanceOf(GuardError);
    expect(error).toMatchObject(expected);
    expect(to.log).toEqual([]);
    expect([...files.contents]).toEqual([]);
  });

  it("where the journal could not be written", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a" });
    const plan = await planBetween(from, to);
    const asked: string[] = [];
    const full = { ...files, assertWritable: async (path: string) => void asked.push(path) };
    await applyTo(to, plan, full);
    expect(asked).toEqual(["journal"]);
  });
});

describe("an apply", () => {
  it("carries guards out that are allowed", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a" });
    const plan = resealed(await planBetween(from, to), { guards: [{ guard: "protected", message: "m" }] });
    expect((await applyTo(to, plan, files)).operations.done).toBe(1);
  });

  it("tells what it is doing, and how much is left", async () => {
    const { from, to, files } = orgs();
    const [a, b] = ["a", "b"].map((name) => from.put("items", { name }));
    from.put("items", { name: "c", needs: [{ id: a ?? "" }, { id: b ?? "" }] });
    const told: Progress[] = [];
    to.interfere(({ op, body }, when) => {
      if (op.startsWith("POST") && when === "before" && (body as { name?: string }).name === "b")
        throw refused(400, "no");
    });
    await applyTo(to, await planBetween(from, to), files, { told });
    const said = told.map((each) => (each.event === "operation" ? [each.coordinate, each.outcome, each.left] : []));
    expect(said.slice(0, 2)).toEqual([
      ["item/a", "started", 3],
      ["item/b", "started", 3],
    ]);
    expect(said.slice(2)).toEqual(
      expect.arrayContaining([
        ["item/a", "done", expect.any(Number)],
        ["item/b", "failed", expect.any(Number)],
        ["item/c", "skipped", 0],
      ]),
    );
    expect(told[0]).toMatchObject({ event: "operation", id: "op-0001", action: "create" });
  });

  it("names what failed, why, and everything that was held up by it", async () => {
    const { from, to, files } = orgs();
    const a = from.put("items", { name: "a" });
    const b = from.put("items", { name: "b", needs: [{ id: a }] });
    from.put("items", { name: "c", needs: [{ id: b }, { id: a }] });
    from.put("items", { name: "d" });
    to.interfere(({ body }, when) => {
      if (when === "before" && (body as { name?: string } | undefined)?.name === "a")
        throw refused(400, "bad", "no good");
    });
    const result = await applyTo(to, await planBetween(from, to), files);
    expect(result).toMatchObject({
      operations: { done: 1, failed: 1, skipped: 2, resumed: 0 },
      failures: [
        {
          coordinate: "item/a",
          code: "request-refused",
          message: "no good",
          hint: "Look at it.",
          blocked: ["item/b", "item/c"],
        },
      ],
      verified: false,
      unequal: [],
      undoPlan: "undo",
    });
  });

  it("writes a part alone when only a part differs, and patches only what differs", async () => {
    const { from, to, files } = orgs();
    from.put("docs", { name: "d", text: "a: 2", description: "same" });
    to.put("docs", { name: "d", text: "a: 1", description: "same" });
    from.put("docs", { name: "e", text: "a: 1", description: "new" });
    to.put("docs", { name: "e", text: "a: 1", description: "old" });
    const plan = await planBetween(from, to);
    to.log.length = 0;
    await applyTo(to, plan, files);
    const writes = to.log.filter(({ op }) => !op.startsWith("GET"));
    expect(writes).toMatchObject([
      { op: "PUT /api/v2/docs/{id}/text", body: { text: "a: 2" } },
      { op: "PUT /api/v2/docs/{id}", body: { description: "new" } },
    ]);
    expect(writes[1]?.body).toEqual({ description: "new" });
  });

  it("gives secrets to writes and never to deletes", async () => {
    const { from, to, files } = orgs();
    from.put("teams", { name: "t" });
    to.put("items", { name: "old" });
    const asked: string[] = [];
    const secretsFor = async (coordinate: string): Promise<ReadonlyMap<string, string>> => {
      asked.push(coordinate);
      return new Map([["/pin", "1234"]]);
    };
    await applyTo(to, await planBetween(from, to), files, { secretsFor });
    expect(asked).toEqual(["team/t"]);
    expect([...(to.stored.get("teams")?.values() ?? [])]).toMatchObject([{ name: "t", pin: "1234" }]);
  });

  it("keeps operational state that nobody asked it to change", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a", description: "new", enabled: true });
    to.put("items", { name: "a", description: "old", enabled: false });
    await applyTo(to, await planBetween(from, to), files);
    expect([...(to.stored.get("items")?.values() ?? [])]).toMatchObject([{ description: "new", enabled: false }]);
  });

  it("tells what is not as wanted afterwards", async () => {
    const { from, to, files } = orgs();
    for (const name of ["b", "a"]) from.put("items", { name, description: "new" });
    to.put("items", { name: "gone" });
    const gone = to.put("items", { name: "stays" });
    const plan = await planBetween(from, to);
    to.interfere(({ op }, when) => {
      if (op.startsWith("POST") && when === "after") {
        for (const name of ["a", "b"]) to.change("items", name, { description: "theirs" });
      }
      if (op.startsWith("DELETE") && when === "after")
        to.stored.get("items")?.set(gone, { name: "stays", id: gone, version: 1, selfUri: "" });
    });
    const result = await applyTo(to, plan, files);
    expect(result.verified).toBe(false);
    expect(result.failures).toEqual([]);
    expect(result.unequal).toEqual([
      { coordinate: "item/a", edits: [{ path: "/description", before: "theirs", after: "new" }] },
      { coordinate: "item/b", edits: [{ path: "/description", before: "theirs", after: "new" }] },
      { coordinate: "item/stays", edits: [{ path: "", before: { name: "stays" } }] },
    ]);
  });

  it("tells what is not there afterwards", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a" });
    to.interfere(({ op }, when) => {
      if (op.startsWith("POST") && when === "after") to.stored.get("items")?.clear();
    });
    const result = await applyTo(to, await planBetween(from, to), files);
    expect(result.unequal).toEqual([{ coordinate: "item/a", edits: [{ path: "" }] }]);
  });

  it("does not know kinds of other versions", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a" });
    const plan = await planBetween(from, to);
    await expect(applyTo(to, plan, files, { kinds: new Map() })).rejects.toMatchObject({
      code: "unknown-kind",
      message: "This version of lockstep does not know the kind of item/a",
      hint: "Make a new plan with this version.",
      place: { coordinate: "item/a" },
    });
    expect([...files.contents.keys()]).toEqual([]);
  });

  it("fails what refers to something that has no id", async () => {
    const { from, to, files } = orgs();
    for (const org of [from, to]) org.put("places", { name: "p" });
    const [place] = [...(from.stored.get("places")?.keys() ?? [])];
    from.put("items", { name: "a", home: { id: place ?? "" } });
    const plan = await planBetween(from, to);
    const result = await applyTo(to, resealed(plan, { ids: {} }), files);
    expect(result.failures).toMatchObject([
      {
        coordinate: "item/a",
        code: "unresolved-reference",
        message: "item/a refers to place/p, which is not there",
        hint: "Create place/p in the organisation, or override the field in lockstep.yaml.",
      },
    ]);
  });

  it("stops at once when it is interrupted or broken, with nothing of the next wave begun", async () => {
    for (const error of [new LockstepError("interrupted", "stop", "again"), new TypeError("a defect")]) {
      const { from, to, files } = orgs();
      const a = from.put("items", { name: "a" });
      from.put("items", { name: "b", needs: [{ id: a }] });
      to.interfere(({ op }, when) => {
        if (op.startsWith("POST") && when === "after") throw error;
      });
      expect(await thrown(applyTo(to, await planBetween(from, to), files))).toBe(error);
      expect(to.writes()).toEqual(["POST /api/v2/items"]);
      expect(files.contents.get("journal")).toBe('{"operation":"op-0001","state":"started","id":""}\n');
    }
  });
});

describe("the baseline after an apply", () => {
  it("holds what was equal, written and verified, and nothing else", async () => {
    const { from, to, files } = orgs();
    for (const org of [from, to]) org.put("items", { name: "same" });
    for (const name of ["good", "bad", "failed"]) from.put("items", { name });
    to.put("items", { name: "gone" });
    files.contents.set(
      "baseline",
      ["item/gone", "item/other"]
        .map((coordinate) => `${JSON.stringify({ coordinate, sourceId: "s", targetId: "t", digest: "d" })}\n`)
        .join(""),
    );
    to.interfere(({ op, body }, when) => {
      const name = (body as { name?: string } | undefined)?.name;
      if (op.startsWith("POST") && when === "before" && name === "failed") throw refused(400, "no");
      if (op.startsWith("POST") && when === "after" && name === "bad")
        to.change("items", "bad", { description: "theirs" });
    });
    await applyTo(to, await planBetween(from, to), files);
    const lines = (files.contents.get("baseline") ?? "").trim().split("\n");
    const entries = lines.map((line) => JSON.parse(line) as { coordinate: string; sourceId: string; targetId: string });
    expect(entries.map(({ coordinate }) => coordinate)).toEqual(["item/good", "item/other", "item/same"]);
    const idOf = (org: FakeOrg, name: string): string =>
      [...(org.stored.get("items") ?? [])].find(([, entity]) => entity["name"] === name)?.[0] ?? "";
    expect(entries[0]).toMatchObject({ sourceId: idOf(from, "good"), targetId: idOf(to, "good") });
    expect(entries[2]).toMatchObject({ sourceId: idOf(from, "same"), targetId: idOf(to, "same") });
  });

  it("follows a rename", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "new" });
    to.put("items", { name: "old" });
    files.contents.set(
      "baseline",
      `${JSON.stringify({ coordinate: "item/old", sourceId: "s", targetId: "t", digest: "d" })}\n`,
    );
    const plan = await planBetween(from, to, { renamed: new Map([["item/new", "item/old"]]) });
    const result = await applyTo(to, plan, files);
    expect(result).toMatchObject({ operations: { done: 1 }, verified: true });
    expect(files.contents.get("baseline")).toContain('"item/new"');
    expect(files.contents.get("baseline")).not.toContain('"item/old"');
    const undo = parsePlan(files.contents.get("undo") ?? "", "undo");
    expect(undo.operations).toMatchObject([{ action: "update", coordinate: "item/old", after: { name: "old" } }]);
    await applyTo(to, undo, memoryFiles());
    expect([...(to.stored.get("items")?.values() ?? [])]).toMatchObject([{ name: "old" }]);
  });

  it("is no file where there is nothing to know", async () => {
    const { from, to, files } = orgs();
    await applyTo(to, await planBetween(from, to), files);
    expect([...files.contents.keys()]).toEqual([]);
  });
});
