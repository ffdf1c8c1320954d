import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepIssue, type IssueState } from "../../src/collab/keep-issue.ts";
import { pairKey } from "../../src/collab/marker.ts";
import { postPull, type PostOptions } from "../../src/collab/post-pull.ts";
import type { CodeHost } from "../../src/model/code-host.ts";
import { openGitHub } from "../../src/platform/github/open-github.ts";
import { startGitHub, type GitHubDouble } from "./github-double/start.ts";
import { FULL_TOKEN, type State, type Token } from "./github-double/state.ts";
import { commit, pullOf } from "./sample.ts";

let github: GitHubDouble;
beforeEach(async () => {
  github = await startGitHub({ pulls: [{ number: 7, sha: commit("a") }] });
});
afterEach(async () => {
  const { violations } = await github.state();
  await github.close();
  expect(violations).toEqual([]);
});

const notes: string[] = [];

/** The repository, in which a second of waiting takes a millisecond. */
function host(token = "the-token", apiUrl = github.apiUrl): CodeHost {
  const { signal } = new AbortController();
  const note = (message: string): void => void notes.push(message);
  return openGitHub({
    apiUrl,
    token,
    owner: "acme",
    repo: "contact-centre",
    tool: "lockstep 0",
    signal,
    note,
    second: 1,
  });
}

const OPTIONS: PostOptions = {
  run: { number: 1, attempt: 1 },
  page: "https://github.example.com/acme/contact-centre/actions/runs/1",
  failOn: "never",
  check: false,
};

const post = (more: Partial<PostOptions> = {}, names: readonly string[] = ["Billing"], by = host()) =>
  postPull(by, 7, pullOf(names), { ...OPTIONS, ...more });

const bodies = async (): Promise<string[]> => (await github.state()).comments.map(({ body }) => body);

describe("a pull request", () => {
  it("has one comment, found on whatever page it is, and never in somebody else's text", async () => {
    const forged = `<!-- lockstep:${pairKey(pullOf([]).afterMerge, "")} run=999999.1 head=${commit("f")} -->\nNot ours`;
    const chatter = Array.from({ length: 150 }, (_, at) => ({ issue: 7, body: `Remark ${at}`, user: "somebody" }));
    await github.set({ comments: [{ issue: 7, body: forged, user: "stranger" }, ...chatter] });
    expect(await post()).toBe("created");
    expect(await post({ run: { number: 2, attempt: 1 } })).toBe("updated");
    expect(await post({ run: { number: 1, attempt: 2 } })).toBe("newer-there");
    const own = (await github.state()).comments.filter(({ user }) => user === FULL_TOKEN.login);
    expect(own).toHaveLength(1);
    expect(own[0]?.body).toContain("run=2.1");
    expect((await bodies())[0]).toBe(forged);
  });

  it("is told again when somebody has deleted the comment, and nothing about a head that it does not have any more", async () => {
    expect(await post()).toBe("created");
    await github.set({
      faults: [{ method: "PATCH", path: "/comments/", status: 404, message: "Not Found", times: 1 }],
    });
    expect(await post()).toBe("updated");
    await github.set({ pulls: [{ number: 7, sha: commit("c") }] });
    expect(await post({ check: true, label: "drift" })).toBe("head-moved");
    expect((await github.state()).checks).toEqual([]);
  });

  it("has a check with all notes in batches, and a label while the merge changes something", async () => {
    const names = Array.from({ length: 120 }, (_, at) => `Queue ${at}`);
    await post({ check: true, failOn: "change", label: "changes standby" }, names);
    const { checks, issues, requests } = await github.state();
    expect(checks).toHaveLength(1);
    expect(checks[0]).toMatchObject({ status: "completed", conclusion: "failure", head_sha: commit("a") });
    expect(checks[0]?.output.annotations).toHaveLength(120);
    expect(requests.filter(({ path }) => path.startsWith("/check-runs"))).toHaveLength(3);
    expect(issues[0]?.labels).toEqual(["changes standby"]);
    await post({ label: "changes standby" }, []);
    expect((await github.state()).issues[0]?.labels).toEqual([]);
  });

  it("says what is left out where a comment would be too long", async () => {
    const names = Array.from({ length: 3000 }, (_, at) => `A queue with a rather long name, number ${at}`);
    await post({}, names);
    const [body = ""] = await bodies();
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/\[the full report\]\(<https:\/\/github\.example\.com.*<!-- lockstep:cut \d+ -->\n$/s);
  });

  it("waits for the secondary rate limit, and says so", async () => {
    const limit = { status: 403, message: "You have exceeded a secondary rate limit", headers: { "retry-after": "2" } };
    await github.set({ faults: [{ method: "POST", path: "/comments", times: 2, ...limit }] });
    expect(await post()).toBe("created");
    expect(notes.at(-1)).toBe("GitHub's secondary rate limit is reached; waiting 2 s");
    expect(await bodies()).toHaveLength(1);
  });

  const limited = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102444800" };
  it.each<[string, number, string, object, string, RegExp]>([
    ["a limit that lasts too long", 403, "API rate limit exceeded", limited, "github-rate-limit", /rate limit/],
    ["a refusal", 422, "Validation Failed", {}, "github-refused", /\(422\): Validation Failed/],
    ["a missing repository", 404, "Not Found", {}, "github-not-found", /acme\/contact-centre/],
    ["a dead server", 502, "Bad Gateway", {}, "github-unreachable", /status 502/],
  ])("fails with a clear message: %s", async (_, status, message, headers, code, said) => {
    await github.set({
      faults: [{ method: "GET", path: "/pulls/7", status, message, headers: { ...headers }, times: 9 }],
    });
    await expect(post()).rejects.toMatchObject({ code, message: expect.stringMatching(said) as string });
  });

  it("names the permission that the token lacks, a token that GitHub does not know, and a server that is not there", async () => {
    const { checks: _, ...permissions } = FULL_TOKEN.permissions;
    const tokens: { [token: string]: Token } = {
      reader: { ...FULL_TOKEN, permissions: { pull_requests: "read", contents: "read" } },
      uncheckable: { ...FULL_TOKEN, permissions },
    };
    await github.set({ tokens });
    const lacking = (permission: string) => ({
      code: "github-permission",
      message: expect.stringContaining(`lacks the permission ${permission}`) as string,
    });
    await expect(post({}, [], host("reader"))).rejects.toMatchObject(lacking("pull-requests: write"));
    await expect(post({ check: true }, [], host("uncheckable"))).rejects.toMatchObject(lacking("checks: write"));
    await expect(post({}, [], host("unknown"))).rejects.toMatchObject({ code: "github-login" });
    const gone = host("the-token", "http://127.0.0.1:9/api/v3");
    await expect(post({}, [], gone)).rejects.toMatchObject({ code: "github-unreachable" });
  });
});

describe("the issue of a pair", () => {
  const keep = (number: number, state: Partial<IssueState> = {}) =>
    keepIssue(
      host(),
      { key: "0123456789abcdef", run: { number, attempt: 1 }, head: "" },
      { title: "It differs", text: "Details", drift: "some", ...state },
    );
  const issues = async (): Promise<State["issues"]> => (await github.state()).issues.filter(({ isPull }) => !isPull);

  it("is opened, updated, and closed when everything is in step again", async () => {
    expect(await keep(1, { drift: "none" })).toBe("none-needed");
    expect(await keep(2)).toBe("opened");
    expect(await keep(3, { text: "More" })).toBe("updated");
    expect(await keep(2, { drift: "none" })).toBe("newer-there");
    expect(await keep(4, { drift: "unknown" })).toBe("left");
    expect(await issues()).toMatchObject([{ state: "open", title: "It differs", updates: 1 }]);
    expect(await keep(5, { drift: "none", text: "In step" })).toBe("closed");
    expect(await issues()).toMatchObject([{ state: "closed" }]);
    expect(await keep(6)).toBe("opened");
  });

  it("stays one where runs open it at the same time", async () => {
    await Promise.all([keep(1), keep(2)]);
    expect((await issues()).filter(({ state }) => state === "open")).toHaveLength(1);
  });
});
